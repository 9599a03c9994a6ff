"""Case files: what they may hold, the cases they span, and the line and field of whatever is wrong."""

from __future__ import annotations

from fractions import Fraction

import jsonschema
import pytest
import yaml

from pfpp_utils import project
from pfpp_utils.data import cases, yaml_lines
from pfpp_utils.errors import InputError
from pfpp_utils.methods.appraisal import appraise
from pfpp_utils.methods.distributions import Interval, ThreePoint
from pfpp_utils.methods.inputs import of_ranges
from pfpp_utils.methods.quantities import Money
from pfpp_utils.publish import appraisals

BUNDLED = sorted((project.CHECKOUT / "data/cases").glob("*.yml"))
CASE = """\
case: North
price_year: 2022
costs:
  - cost: grant
    amount_gbp: 1000
    price_year: 2022
outcomes:
  - outcome: work
    unit_value:
      value_gbp: 100
      price_year: 2022
      source: A source
      licence: OGL
      shareable: true
    additionality: {deadweight: 0.2}
  - outcome: skills
    unit_value: {value_gbp: 10, price_year: 2022, source: A source, licence: OGL, shareable: true}
    share: 0.5
"""


@pytest.fixture
def read(tmp_path):
    def read(text=CASE, **files):
        for name, content in files.items():
            (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
        path = tmp_path / "north.yml"
        path.write_text(text, encoding="utf-8")
        return cases.read(path)

    return read


def test_a_plain_case(read):
    case = read().case()
    assert [outcome.name for outcome in case.outcomes] == ["work", "skills"]
    assert case.costs[0].amount == Money(1000, 2022)
    assert (case.schedule.name, case.convention, case.rounding) == ("standard", "benefits", "up")
    assert not case.distributional_weights
    result = appraise(case)
    assert result.net_value_per_beneficiary == Money(85, 2022)  # 100 x 0.8 + 10 x 0.5
    assert (result.beneficiaries, result.npsv, result.reach) == (12, None, None)  # 11.76


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_bundled_cases_obey_the_schema_and_are_in_order_from_worst_to_best(path):
    jsonschema.Draft202012Validator.check_schema(cases.schema())
    jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), cases.schema())
    file = cases.read(path)
    worst, central, best = (appraise(file.case(view)) for view in ("worst", "central", "best"))
    known = ("npsv",) if file.case().beneficiaries else ()
    for name in (*known, "net_value_per_beneficiary"):
        low, middle, high = (getattr(each, name).gbp for each in (worst, central, best))
        assert low < middle < high
    assert worst.beneficiaries > central.beneficiaries > best.beneficiaries
    assert worst.reach > central.reach > best.reach
    if known:
        assert worst.bcr < central.bcr < best.bcr
    assert appraisals.publishable(file) == appraisals.ranged(file)


def test_the_illustrative_case_says_so_and_uses_every_field():
    text = (project.CHECKOUT / "data/cases/illustrative.yml").read_text(encoding="utf-8")
    raw = yaml.safe_load(text)
    assert "illustrative" in raw["case"].lower()

    def keys(node):
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        own = set(node) if isinstance(node, dict) else set()
        return own.union(*map(keys, inner))

    fields = {
        key
        for node in [cases.schema(), *cases.schema()["$defs"].values()]
        for inner in (node, node.get("else", {}), node.get("then", {}))
        for key in inner.get("properties", {})
    }
    assert fields - keys(raw) <= {"value_table", "source", "deadweight"}


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_every_range_points_the_right_way(path):
    """The net value at the worst end of one assumption is never above that at its best."""
    file = cases.read(path)
    assert len(file.spreads) > 5
    for field, spread in file.spreads.items():
        worst, best = (appraise(file.case(given={field: spread.at(view)})) for view in ("worst", "best"))
        assert worst.npsv is None or worst.npsv.gbp <= best.npsv.gbp, field
        assert worst.reach >= best.reach, field
        assert spread.low == spread.high or worst.npsv != best.npsv or worst.reach != best.reach, field


def test_a_value_can_be_put_for_a_field(read):
    file = read()
    field = "outcomes[work].additionality.deadweight"
    assert appraise(file.case(given={field: Fraction(1, 2)})).by_outcome["work"] == Money(50, 2022)
    with pytest.raises(InputError, match=r"north\.yml, deadweight"):
        file.case(given={field: Fraction(2)})


def test_the_bundled_value_has_the_range_of_its_source(read):
    text = CASE.replace("share: 0.5", "share: 0.5\ndeflator: December 2025")
    text = text.replace("unit_value: {value_gbp: 10, price_year: 2022, source: A source, licence: OGL,"
                        " shareable: true}", "unit_value: wellby")  # fmt: skip
    spread = read(text).spreads["outcomes[skills].unit_value.value_gbp"]
    assert (spread.low, spread.central, spread.high) == (10_000, 13_000, 16_000)
    assert "HM Treasury" in spread.source


HEADER = "unit_value,value_gbp,low_gbp,high_gbp,price_year,unit,source,url,vintage,licence,shareable\n"
BANK = HEADER + "banked,50,40,,2022,one job,A value bank,,2018,CC BY-NC-ND 4.0,false\n"
OWN = CASE.replace("unit_value: {value_gbp: 10, price_year: 2022, source: A source, licence: OGL,"
                   " shareable: true}", "unit_value: banked") + "value_table: bank.csv\n"  # fmt: skip


def test_a_value_of_ones_own_table_that_must_not_be_shared_is_computed_with_and_not_published(read):
    file = read(OWN, bank=BANK)
    assert appraise(file.case()).by_outcome["skills"] == Money(50, 2022)
    spread = file.spreads["outcomes[skills].unit_value.value_gbp"]
    assert (spread.low, spread.high) == (40, 50)
    results = appraisals.ranged(file)
    assert results["publishable"] is False
    assert "Not for publication" in appraisals.sentence(results)
    with pytest.raises(InputError) as caught:
        appraisals.publishable(file)
    assert caught.value.where == "unit_value banked"
    assert caught.value.found == "A value bank: CC BY-NC-ND 4.0"


def test_ones_own_table_is_read_like_the_bundled_one(read):
    with pytest.raises(InputError, match=r"bank\.csv, line 2, column shareable"):
        read(OWN, bank=BANK.replace(",false", ",no"))
    with pytest.raises(InputError, match=r"bank\.csv, line 1"):
        read(OWN, bank=BANK.replace(",licence", ",terms"))
    with pytest.raises(InputError, match=r"(?s)outcomes\[skills\]\.unit_value.*'banked'.*allowed: .*wellby"):
        read(OWN, bank=HEADER)
    assert read(OWN.replace("banked", "wellby") + "deflator: December 2025", bank=BANK).case()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("0.2", (0.2, 0.2, 0.2)),
        ("{central: 0.2, source: said}", (0.2, 0.2, 0.2)),
        ("{low: 0.1, high: 0.4}", (0.1, 0.25, 0.4)),
        ("{low: 0.1, central: 0.3, high: 0.4}", (0.1, 0.3, 0.4)),
        ("{count: 7, of: 37}", (7 / 37,) * 3),
    ],
)
def test_the_ways_to_give_a_share(read, given, expected):
    spread = read(CASE.replace("deadweight: 0.2", f"deadweight: {given}")).spreads[
        "outcomes[work].additionality.deadweight"
    ]
    assert tuple(map(float, (spread.low, spread.central, spread.high))) == expected
    assert spread.counts == ((7, 37) if "count" in given else None)
    assert spread.source == ("said" if "said" in given else "")
    assert (spread.at("worst"), spread.at("best")) == (spread.high, spread.low)


BAD = {
    "an unknown key": ("price_year: 2022\ncosts", "year: 2022\ncosts", 1, "'year'", "price_year"),
    "a field left out": ("    amount_gbp: 1000\n", "", 4, "a cost without 'amount_gbp'", "'amount_gbp'"),
    "no outcome": (CASE[CASE.index("outcomes") :], "outcomes: []\n", 1, "outcomes", "one outcome or more"),
    "a negative cost": ("1000", "-1000", 4, "costs[grant].amount_gbp", "-1000", "pounds, 0 or more"),
    "a negative value": ("value_gbp: 100", "value_gbp: -1", 10, "outcomes[work].unit_value.value_gbp", "-1"),
    "a share above 1": (
        "deadweight: 0.2", "deadweight: 20", 15, "outcomes[work].additionality.deadweight", "20",
        "from 0 to 1",
    ),
    "a share in words": ("deadweight: 0.2", "deadweight: some", 15, "'some'", "from 0 to 1"),
    "not a number": ("deadweight: 0.2", "deadweight: .nan", 15, "outcomes[work].additionality.deadweight"),
    "a range upside down": (
        "deadweight: 0.2", "deadweight: {low: 0.3, high: 0.1}", 15, "wrong order", "rising order",
    ),
    "half a range": ("deadweight: 0.2", "deadweight: {low: 0.3}", 15, "a range without 'high'"),
    "more counted than observed": ("deadweight: 0.2", "deadweight: {count: 8, of: 7}", 15, "observed"),
    "half a count": ("deadweight: 0.2", "deadweight: {count: 8}", 15, "a range without 'of'"),
    "an empty range": ("amount_gbp: 1000", "amount_gbp: {}", 5, "a range without 'central'"),
    "two thirds of a range": (
        "deadweight: 0.2", "deadweight: {central: 0.3, high: 0.4}", 15, "not a range", "low and high",
    ),
    "a key given twice": ("case: North", "case: North\ncase: South", 1, "given twice", "'case'"),
    "not YAML": ("case: North", "case: [North", None, "cannot be read", "YAML in UTF-8"),
    "no licence": ("      licence: OGL\n", "", 10, "a unit value without 'licence'"),
    "deadweight in value and conversion": (
        "share: 0.5", "share: 0.5\nconversion: {rate: 0.5, deadweight: 0.2}", None,
        "deadweight is taken off twice", "conversion.deadweight and outcomes[work].additionality",
        "one of the two places",
    ),
    "deadweight as share and reference case": (
        "deadweight: 0.2", "deadweight: 0.2, reference: {impact: 0.1}", None, "deadweight is taken off twice",
        "outcomes[work].additionality.deadweight and outcomes[work].additionality.reference",
    ),
    "mixed price bases": (
        "price_year: 2022\n      source", "price_year: 2019\n      source", None,
        "mixed price bases without a deflator", "outcomes[work].unit_value", "2019 and 2022",
    ),
    "a year outside the deflator": (
        "price_year: 2022\ncosts", "price_year: 2030\ndeflator: December 2025\ncosts", 1,
        "price_year", "2030", "2019 to 2024",
    ),
    "a cost of a year outside the deflator": (
        "price_year: 2022\noutcomes", "price_year: 2030\ndeflator: December 2025\noutcomes", 4,
        "costs[grant].amount_gbp", "2030", "2019 to 2024",
    ),
    "a deflator with years in quotes": (
        "price_year: 2022\ncosts",
        'price_year: 2022\ndeflator: {vintage: own, source: us, index: {"2021": 1, 2022: 2}}\ncosts',
        3, "deflator.index", "'2021'", "calendar years such as 2022",
    ),
    "a year with a decimal point": ("price_year: 2022\ncosts", "price_year: 2022.0\ncosts", 1, "price_year"),
    "an octal number": ("1000", "0100000", 4, "costs[grant].amount_gbp", "'0100000'", "pounds, 0 or more"),
    "a sexagesimal number": ("1000", "190:20:30", 4, "costs[grant].amount_gbp", "'190:20:30'"),
    "a sexagesimal number with a point": ("1000", "20:30.5", 4, "costs[grant].amount_gbp", "'20:30.5'"),
    "a hexadecimal number": ("1000", "0x10", 4, "costs[grant].amount_gbp", "'0x10'"),
    "deadweight in the conversion only at its worst": (
        "share: 0.5", "share: 0.5\nconversion: {rate: 0.5, deadweight: {low: 0, central: 0, high: .6}}", 19,
        "deadweight is taken off twice", "conversion.deadweight and outcomes[work].additionality",
    ),
    "a cost uplifted twice only at its worst": (
        "costs:\n  - cost: grant",
        "optimism_bias: {rate: {low: 0, central: 0, high: 0.3}, convention: cost}\n"
        "costs:\n  - cost: grant\n    optimism_bias: 0.2", 3,
        "a cost is uplifted twice", "optimism_bias and costs[grant].optimism_bias",
    ),
    "a reference case that does better only at its worst": (
        "deadweight: 0.2", "displacement: 0.5, reference: {impact: {low: 0, central: 0.1, high: 0.9}}", 15,
        "the reference case does better", "outcomes[work].additionality",
    ),
    "an unknown deflator": ("price_year: 2022\ncosts", "price_year: 2022\ndeflator: June 1999\ncosts", None,
                            "'June 1999'", "December 2025"),
    "an unknown schedule": ("case: North", "case: North\ndiscount: brisk", 1, "discount", "standard, health"),
    "a name given twice": ("outcome: skills", "outcome: work", None, "outcomes", "'work'", "each name once"),
    "a profile that adds up to less": (
        "amount_gbp: 1000", "amount_gbp: 1000\n    profile: [0.5, 0.4]", None, "costs[grant].profile",
        "sum 1",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", BAD)
def test_bad_input_is_named_with_its_field_and_what_is_allowed(read, fault):
    old, new, line, *parts = BAD[fault]
    assert old in CASE
    with pytest.raises(InputError) as caught:
        read(CASE.replace(old, new))
    assert caught.value.where.startswith("north.yml" + (f", line {line}" if line else ""))
    assert [part for part in parts if part not in str(caught.value)] == []


@pytest.mark.parametrize(
    ("written", "pounds"),
    [("1e5", 100_000), ("1.5E3", 1500), ("10_000", 10_000), ("0.5", 0.5), (".5", 0.5), ("0", 0), ("+7", 7)],
)
def test_numbers_are_read_as_people_write_them(read, written, pounds):
    assert read(CASE.replace("1000", written)).case().costs[0].amount == Money(pounds, 2022)


def test_a_truth_value_is_no_number_of_a_case(read):
    assert not [field for field in read().spreads if field.endswith("shareable")]


def test_only_the_ends_of_a_range_make_an_interval(read):
    text = CASE.replace("deadweight: 0.2", "deadweight: {low: 0.1, high: 0.4}")
    text = text.replace("share: 0.5", "share: {low: 0.1, central: 0.5, high: 0.6}")
    assert of_ranges(read(text).spreads) == {
        "outcomes[work].additionality.deadweight": Interval(0.1, 0.4),
        "outcomes[skills].share": ThreePoint(0.1, 0.5, 0.6),
    }


def test_a_file_whose_value_must_not_be_shared_is_refused_with_line_and_outcome(read):
    made = read(CASE.replace("shareable: true}", "shareable: false}"))
    with pytest.raises(InputError) as caught:
        made.require_shareable()
    assert caught.value.where == "north.yml, line 17, outcomes[skills].unit_value"
    assert caught.value.found == "A source: OGL"
    assert "pfpp breakeven CASE.yml" in caught.value.allowed
    read().require_shareable()


def test_a_case_that_is_not_there_or_no_mapping(read, tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        cases.read(tmp_path / "nowhere.yml")
    for text in ("", "- one\n- two\n", "north\n"):
        with pytest.raises(InputError, match=r"north\.yml, line 1"):
            read(text)


def test_plain_leaves_the_lines_out_at_any_depth():
    raw = {"a": [{"b": {"c": 1, yaml_lines.LINE: 3}, yaml_lines.LINE: 2}], yaml_lines.LINE: 1}
    assert yaml_lines.plain(raw) == {"a": [{"b": {"c": 1}}]}
    assert yaml_lines.line_of(["a", 0, "b", "c"], raw) == 3
