"""The value table: the WELLBY as the guidance has it, and no value that must not be shared."""

from __future__ import annotations

import shutil

import pytest

from pfpp_utils import project
from pfpp_utils.data import tables, validation
from pfpp_utils.data.unit_values import Bank
from pfpp_utils.errors import InputError
from pfpp_utils.methods.quantities import Money


def test_the_wellby_with_its_source_and_range():
    wellby = tables.load("unit_values").set_index("unit_value").loc["wellby"]
    assert wellby[["low_gbp", "value_gbp", "high_gbp", "price_year"]].tolist() == [
        10_000,
        13_000,
        16_000,
        2019,
    ]
    value = Bank().value("wellby", "unit_value")
    assert value.value == Money(13_000, 2019)
    assert (value.vintage, value.licence) == ("July 2021", "Open Government Licence v3.0")
    assert value.source.startswith("HM Treasury, Wellbeing Guidance")
    assert value.shareable


def test_every_bundled_value_says_where_it_comes_from_and_may_be_shared():
    frame = tables.load("unit_values")
    assert frame["shareable"].all()
    assert frame[["source", "vintage", "licence", "unit"]].notna().all(axis=None)
    assert (frame["low_gbp"] <= frame["value_gbp"]).all()
    assert (frame["value_gbp"] <= frame["high_gbp"]).all()


def test_a_value_that_must_not_be_shared_cannot_be_bundled(tmp_path, monkeypatch):
    shutil.copytree(project.data(), tmp_path / "data")
    path = tmp_path / "data/tables/unit_values.csv"
    path.write_text(path.read_text().replace(",true", ",false"))
    monkeypatch.setenv("PFPP_PROJECT", str(tmp_path))
    found = [str(problem) for problem in validation.problems()]
    assert len(found) == 1
    assert "unit_values.csv, line 2, column shareable: found 'false'" in found[0]


def test_an_unknown_value_is_answered_with_the_known():
    with pytest.raises(InputError, match=r"(?s)'hope'.*allowed: wellby"):
        Bank().value("hope", "unit_value")
