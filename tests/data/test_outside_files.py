"""Files from outside: none can run anything or take memory without end, and each fault is named."""

from __future__ import annotations

import json

import nbformat
import pytest
from conftest import make_notebook

from pfpp_utils.data import rows, yaml_lines
from pfpp_utils.data.awards import table, threesixty
from pfpp_utils.errors import LONGEST, InputError
from pfpp_utils.publish import notebook

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{here}: &{here} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, here in zip("abcdefgh", "bcdefghi", strict=True)
)


def read_yaml(folder, text):
    path = folder / "x.yml"
    path.write_text(text)
    return yaml_lines.plain(yaml_lines.read(path, file="x.yml", what="the file"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LAUGHS, r"an alias\n  where:   x\.yml, line 2\n  found:   '\*a'"),
        ("a: &a {b: 1}\nc: {<<: *a}\n", r"an alias\n  where:   x\.yml, line 2"),
        ("a: !!python/object/apply:os.system ['true']\n", "cannot be read.*\n.*\n.*python/object"),
        ("a: !!python/name:os.system\n", "cannot be read"),
        ("[" * 50_000, "nested too deeply"),
        (f"a: {'9' * 5000}\n", "cannot be read"),
        ("a: 2023-99-99\n", "cannot be read"),
        (f"a: {'x' * yaml_lines.LARGEST}\n", r"too large\n.*\n  found:   '1,048,580 bytes'"),
        ("a: nu\0ll\n", "cannot be read"),
    ],
)
def test_a_yaml_file_that_would_run_or_grow_is_refused(tmp_path, text, message):
    with pytest.raises(InputError, match=message):
        read_yaml(tmp_path, text)


def test_a_yaml_file_with_many_keys_is_read_at_once(tmp_path):
    assert len(read_yaml(tmp_path, "".join(f"k{number}: 1\n" for number in range(50_000)))) == 50_000


@pytest.mark.parametrize(
    "text",
    ["[" * 200_000, '{"a":' * 200_000, "[" * 200_000 + "]" * 200_000, '{"grants": [' + '{"a":' * 50_000],
)
def test_json_nested_without_end_is_refused(tmp_path, text):
    path = tmp_path / "grants.json"
    path.write_text(text)
    with pytest.raises(InputError, match=r"grants\.json"):
        table.read([path])


def test_json_may_hold_half_a_character(tmp_path):
    grant = dict.fromkeys(threesixty._NEEDED, "1") | {
        "currency": "GBP", "awardDate": "2020-05-01", "amountAwarded": 5, "title": "A \ud800",
        "recipientOrganization": [{"id": "a", "name": "Half \udc00"}],
        "fundingOrganization": [{"id": "b", "name": "F"}],
    }  # fmt: skip
    path = tmp_path / "grants.json"
    path.write_text(json.dumps({"grants": [grant]}))
    awards = table.read([path]).awards
    assert list(awards["Recipient Org:Name"]) == ["Half ?"]


def test_a_field_without_end_is_refused_and_quoted_in_part(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text('a,b\n"' + "x" * 20_000_000)
    with pytest.raises(InputError) as caught:
        rows.read(path, file="x.csv")
    assert "x.csv, line" in str(caught.value)
    assert len(str(caught.value)) < 2 * LONGEST


def test_a_table_too_large_to_be_read_whole_is_refused_unread(tmp_path):
    path = tmp_path / "x.csv"
    with path.open("wb") as file:
        file.truncate(rows.LARGEST + 1)
    with pytest.raises(InputError, match=r"too large\n  where:   x\.csv"):
        rows.read(path, file="x.csv")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        json.dumps({"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}),
        json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code"}]}),
        json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": 7}),
        '{"nbformat": 4, "cells": [' + '{"a": ' * 50_000,
        "7",
    ],
)
def test_a_notebook_that_is_none_is_refused_by_name(small_project, text):
    (small_project / "notebooks/place.ipynb").write_text(text)
    with pytest.raises(InputError, match=r"notebooks/place\.ipynb"):
        notebook.read(notebook.path_of("place"))


def test_a_notebook_with_an_output_without_end_is_refused_unread(small_project):
    path = notebook.path_of("place")
    with path.open("r+b") as file:
        file.truncate(notebook.LARGEST + 1)
    with pytest.raises(InputError, match=r"notebooks/place\.ipynb.*\n.*more than"):
        notebook.read(path)


def test_a_notebook_that_names_another_kernel_runs_in_ours(small_project):
    from pfpp_utils.publish import execute, plan

    foreign = make_notebook("import sys\nprint(sys.implementation.name)")
    foreign.metadata.kernelspec = {"name": "evil", "display_name": "Evil", "language": "bash"}
    foreign.metadata.papermill = {"parameters": {"place": "south"}, "engine_name": "evil"}
    nbformat.write(foreign, notebook.path_of("place"))
    page = next(one for one in plan.notebooks(plan.load()) if one.name == "place-north")
    (outcome,) = execute.run([page])
    assert outcome.error == ""
    assert notebook.read(execute.output(page)).cells[-1].outputs[0].text == "cpython\n"


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods", "a.json", "a.csv"])
@pytest.mark.parametrize(
    "content",
    [b"<!doctype html><html><body>Not found</body></html>", b"%PDF-1.7\n%\xe2\xe3", b"PK\x03\x04broken", b""],
)
def test_what_is_not_what_its_name_says_is_refused_by_name(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=name.replace(".", r"\.")):
        table.read([path])
    assert [each.name for each in tmp_path.iterdir()] == [name]
