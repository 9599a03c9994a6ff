"""The file of policy areas: the bundled one is complete; what is wrong in another is said with its line."""

import pytest

from pfpp_utils import project
from pfpp_utils.data import policy_rules, tables
from pfpp_utils.errors import InputError

SMALL = """\
areas:
  - {name: Woods, cofog: [5], in: trees, out: roads, also: [Forestry]}
  - {name: Roads, cofog: [4], in: buses, out: trees}
rules:
  - id: bus
    area: Roads
    any: [bus, buses]
"""


@pytest.fixture(scope="module")
def bundled():
    return policy_rules.read()


def test_every_area_has_a_rule(bundled):
    assert {rule.area for rule in bundled.rules} == {area.name for area in bundled.areas}


def test_the_areas_cover_every_function_of_government(bundled):
    assert {division for area in bundled.areas for division in area.cofog} == set(range(1, 11))


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("spend_overlaps", "policy_area"),
        ("illustrative_grants_register_2020-21", "Grant Programme:Policy Area"),
    ],
)
def test_the_areas_of_the_report_and_of_the_illustrative_register_are_known(bundled, table, column):
    names = tables.load(table)[column].str.lower()
    assert not sorted(set(names) - bundled.names.keys())


def test_a_phrase_is_given_once_in_a_rule(bundled):
    for rule in bundled.rules:
        assert len(set(rule.phrases)) == len(rule.phrases), rule.id


def test_every_phrase_can_match(bundled):
    for rule in bundled.rules:
        for phrase in rule.phrases:
            assert rule.words(phrase.replace("*", "")) or rule.unless, (rule.id, phrase)


def test_a_file_of_ones_own_is_read(tmp_path):
    path = tmp_path / "own.yml"
    path.write_text(SMALL)
    found = policy_rules.read(path)
    assert [area.name for area in found.areas] == ["Woods", "Roads"]
    assert found.rules[0].phrases == ("bus", "buses")
    assert (found.rules[0].overrides, found.placeholders) == (False, ())
    assert found.names == {"woods": "Woods", "forestry": "Woods", "roads": "Roads"}


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("area: Roads", "area: Road", 5, "a rule for an unknown area"),
        ("[bus, buses]", "[bus, b*s]", 5, "not of the right kind"),
        ("[bus, buses]", "[]", 5, "not of the right kind"),
        ("    any: [bus, buses]\n", "", 5, "a rule without 'any'"),
        ("id: bus", "id: Bus 1", 5, "not of the right kind"),
        ("    any: [bus", "    odd: 1\n    any: [bus", 5, "unknown key"),
        ("also: [Forestry]", "also: [WOODS]", 2, "an area's name is given twice"),
        ("cofog: [4]", "cofog: [11]", 3, "not of the right kind"),
        ("    area: Roads\n", "    area: Roads\n    area: Woods\n", 5, "a key is given twice"),
        (
            "rules:\n",
            "rules:\n  - {id: bus, area: Woods, any: [tree]}\n",
            6,
            "a rule's id is given twice",
        ),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path, old, new, line, what):
    assert old in SMALL
    path = tmp_path / "own.yml"
    path.write_text(SMALL.replace(old, new))
    with pytest.raises(InputError) as caught:
        policy_rules.read(path)
    assert caught.value.what == what
    assert caught.value.where == f"own.yml, line {line}"


def test_a_file_that_is_absent_or_no_yaml_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        policy_rules.read(tmp_path / "absent.yml")
    path = tmp_path / "own.yml"
    path.write_text("areas: [")
    with pytest.raises(InputError, match="cannot be read"):
        policy_rules.read(path)


def test_the_bundled_file_is_in_the_data_package():
    assert (project.CHECKOUT / "data" / policy_rules.FILE).is_file()
