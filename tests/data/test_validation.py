"""Every fault of the data package, each with table, row, column, value and rule."""

from __future__ import annotations

import json

import pytest
from conftest import add_table

from pfpp_utils.data.validation import Problem, problems, require_sound
from pfpp_utils.errors import InputError

PILOTS = ["pilot,place,funding_gbp", "north,North,100000", "south,South,50000"]
REACH = ["pilot,people,kind", "north,37,reached", "north,50,target", "south,12.5,reached"]


def write(project, name, lines):
    (project / f"data/tables/{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def changed(lines, line, text):
    return [*lines[: line - 1], text, *lines[line:]]


def only(found):
    assert len(found) == 1, found
    return found[0]


def test_a_sound_package_has_none(small_project):
    assert problems() == []
    require_sound()


@pytest.mark.parametrize(
    ("table", "line", "text", "column", "value", "rule"),
    [
        ("pilots", 2, "north,North,lots", "funding_gbp", "lots", "type is integer"),
        ("pilots", 3, "south,South,-1", "funding_gbp", "-1", "minimum is 0"),
        ("pilots", 3, "south,South,400001", "funding_gbp", "400001", "maximum is 400000"),
        ("reach", 4, "south,1,hoped", "kind", "hoped", "enum is ['reached', 'target']"),
        ("reach", 4, "west,1,reached", "pilot", "west", "pilots.pilot"),
        ("reach", 2, "north,37,reached,9", None, "9", "extra cell"),
        ("reach", 2, "north,37", "kind", "", "missing cell"),
    ],
    ids=["type", "minimum", "maximum", "enum", "foreign key", "extra cell", "missing cell"],
)
def test_a_rule_for_a_cell(small_project, table, line, text, column, value, rule):
    write(small_project, table, changed({"pilots": PILOTS, "reach": REACH}[table], line, text))
    problem = only(problems())
    assert (problem.table, problem.row, problem.column or None, problem.value) == (table, line, column, value)
    assert rule.lower() in problem.rule.lower()


@pytest.mark.parametrize(
    ("constraint", "rows", "line", "value", "rule"),
    [
        ({"required": True}, ["1,a", "2,"], 3, "", "required"),
        ({"unique": True}, ["1,a", "2,b", "3,a"], 4, "a", "the same as in the row"),
        ({"pattern": "[a-z]+"}, ["1,a", "2,B"], 3, "B", "pattern is [a-z]+"),
    ],
    ids=["required", "unique", "pattern"],
)
def test_a_constraint(small_project, constraint, rows, line, value, rule):
    fields = {"id": {"type": "integer"}, "code": {"type": "string", "constraints": constraint}}
    add_table(small_project, "codes", fields, "\n".join(["id,code", *rows]) + "\n")
    problem = only(problems())
    assert (problem.table, problem.row, problem.column, problem.value) == ("codes", line, "code", value)
    assert rule in problem.rule


def test_a_key_that_occurs_twice(small_project):
    write(small_project, "pilots", [*PILOTS, "south,South again,1"])
    problem = only(problems())
    assert (problem.table, problem.row, problem.column, problem.value) == ("pilots", 4, "pilot", "south")
    assert "key" in problem.rule.lower()


def test_a_key_that_occurs_twice_is_one_fault_even_if_it_must_be_unique(small_project):
    fields = {"code": {"type": "string", "constraints": {"unique": True}}, "note": {"type": "string"}}
    add_table(small_project, "codes", fields, "code,note\na,x\na,y\n")
    path = small_project / "data/datapackage.json"
    package = json.loads(path.read_text())
    package["resources"][-1]["schema"]["primaryKey"] = ["code"]
    path.write_text(json.dumps(package))
    problem = only(problems())
    assert (problem.row, problem.column, problem.value) == (3, "code", "a")
    assert "key" in problem.rule


def test_a_row_too_short_is_one_fault_whatever_stands_under_its_columns(small_project):
    write(small_project, "reach", changed(REACH, 2, "37"))
    assert only(problems()).rule == "Missing Cell"


def test_a_reference_to_the_table_itself_names_the_table(small_project):
    fields = {"code": {"type": "string"}, "parent": {"type": "string"}}
    add_table(small_project, "codes", fields, "code,parent\na,\nb,c\n")
    path = small_project / "data/datapackage.json"
    package = json.loads(path.read_text())
    target = {"resource": "", "fields": ["code"]}
    package["resources"][-1]["schema"]["foreignKeys"] = [{"fields": ["parent"], "reference": target}]
    path.write_text(json.dumps(package))
    assert only(problems()).rule == "must occur in codes.code"


@pytest.mark.parametrize(
    ("header", "column", "rule"),
    [
        ("pilot,people", "kind", "missing column"),
        ("pilot,people,kind,year", "year", "extra column"),
        ("pilot,people,sort", "kind", ""),
        ("pilot,pilot,kind", "people", ""),
    ],
    ids=["missing", "extra", "renamed", "twice"],
)
def test_columns_that_are_not_those_of_the_schema(small_project, header, column, rule):
    row = ",".join(["north", "37", "reached", "9"][: header.count(",") + 1])
    write(small_project, "reach", [header, row])
    found = problems()
    assert any(
        (problem.table, problem.row) == ("reach", 1)
        and column in f"{problem.column} {problem.rule}"
        and rule in problem.rule.lower()
        for problem in found
    ), found


def test_an_absent_file(small_project):
    (small_project / "data/tables/pilots.csv").unlink()
    found = problems()
    assert {problem.table for problem in found} == {"pilots"}, found
    assert "No such file" in str(found[0])


def test_a_file_that_is_not_utf8(small_project):
    (small_project / "data/tables/pilots.csv").write_bytes(
        "\n".join(PILOTS).replace("South", "Süd").encode("latin-1")
    )
    found = problems()
    assert {problem.table for problem in found} == {"pilots"}, found
    assert found[0].row == 3
    assert "UTF-8" in found[0].rule


def test_all_faults_are_reported_and_not_the_first_only(small_project):
    write(small_project, "pilots", ["pilot,place,funding_gbp", "north,North,-1", "south,South,lots"])
    write(small_project, "reach", changed(REACH, 3, "west,many,hoped"))
    assert {(problem.table, problem.row, problem.column) for problem in problems()} == {
        ("pilots", 2, "funding_gbp"),
        ("pilots", 3, "funding_gbp"),
        ("reach", 3, "pilot"),
        ("reach", 3, "people"),
        ("reach", 3, "kind"),
    }
    with pytest.raises(InputError, match="5 faults") as caught:
        require_sound()
    assert all(str(problem) in str(caught.value) for problem in problems())


def test_a_schema_that_makes_no_sense_is_bad_input(small_project):
    path = small_project / "data/datapackage.json"
    package = json.loads(path.read_text())
    package["resources"][0]["schema"]["fields"][2]["type"] = "integr"
    path.write_text(json.dumps(package))
    with pytest.raises(InputError, match=r"data/datapackage\.json"):
        require_sound()


@pytest.mark.parametrize("text", ["{}", "[]", '{"resources": [{}]}', "{"])
def test_a_description_that_is_none_is_bad_input(small_project, text):
    (small_project / "data/datapackage.json").write_text(text)
    with pytest.raises(InputError, match=r"data/datapackage\.json"):
        require_sound()


@pytest.mark.parametrize("value", ["True", "1"])
def test_validation_accepts_no_boolean_that_loading_refuses(small_project, value):
    add_table(
        small_project,
        "flags",
        {"id": {"type": "integer"}, "flag": {"type": "boolean"}},
        f"id,flag\n1,{value}\n",
    )
    problem = only(problems())
    assert (problem.table, problem.row, problem.column, problem.value) == ("flags", 2, "flag", value)


def test_a_problem_is_one_line():
    problem = Problem("reach", 3, "kind", "hoped", "constraint enum")
    assert str(problem) == "data/tables/reach.csv, line 3, column kind: found 'hoped'; rule: constraint enum"
    assert str(Problem("reach", None, None, "", "absent")) == "data/tables/reach.csv: found ''; rule: absent"
