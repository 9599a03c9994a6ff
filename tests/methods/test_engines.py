"""The measures give the same digits wherever the awards are held, and the right ones."""

from __future__ import annotations

import sys
from fractions import Fraction

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from spend_measures import COLUMNS, MEASURES, rows, table, values

from pfpp_utils.errors import InputError
from pfpp_utils.methods import amounts, concentration, engines, spend

SCHEMA = pa.schema([*((column, pa.string()) for column in COLUMNS), ("amount_gbp", pa.float64())])
AWARDS = table(
    [
        ("Luton", "BEIS", "P1", "Net zero", "R1", "council", 10),
        ("Luton", "BEIS", "P2", "Net zero", None, "council", 20),
        (None, "DfE", "P3", "Schools", "R2", None, -5),
    ]
)


def arrow(awards):
    return pa.Table.from_pandas(awards, schema=SCHEMA, preserve_index=False)


def relation(awards):
    return duckdb.connect().from_arrow(arrow(awards))


def polars(awards):
    return pytest.importorskip("polars").from_arrow(arrow(awards))


@pytest.fixture(scope="module")
def parquet(tmp_path_factory):
    path = tmp_path_factory.mktemp("awards") / "awards.parquet"

    def write(awards):
        pq.write_table(arrow(awards), path, row_group_size=7)
        return path

    return write


@pytest.mark.parametrize("held", [relation, polars, lambda awards: awards.astype(object)])
@settings(max_examples=8)
@given(rows=rows)
def test_engines_agree_to_the_last_digit(held, rows):
    awards = table(rows)
    for name, measure in MEASURES.items():
        assert values(measure(held(awards))) == values(measure(awards)), name


@settings(max_examples=3)
@given(rows=rows)
def test_parquet_files_agree_too(parquet, rows):
    awards = table(rows)
    path = parquet(awards)
    for measure in MEASURES.values():
        assert values(measure(engines.open(path))) == values(measure(str(path))) == values(measure(awards))


@settings(max_examples=40)
@given(rows=rows)
def test_counts_and_sums_are_those_made_by_hand(rows):
    for row in spend.summarise(relation(table(rows))).itertuples():
        place = None if pd.isna(row.place) else row.place
        mine = [each for each in rows if each[0] == place]
        assert row.awards == len(mine)
        assert (row.funders, row.grants, row.recipients) == tuple(
            len({each[column] for each in mine} - {None}) for column in (1, 2, 4)
        )
        assert row.value_gbp == float(Fraction(sum(each[-1] for each in mine), 100))


@settings(max_examples=6)
@given(rows=rows)
def test_the_order_of_awards_does_not_matter(rows):
    for measure in MEASURES.values():
        assert values(measure(table(rows[::-1]))) == values(measure(table(rows)))


def test_amounts_that_floating_point_adds_up_wrongly_come_out_to_the_penny():
    cents = table([("Luton", "BEIS", "P1", "Net zero", "R1", "council", 10)] * 100_000)
    assert sum(cents["amount_gbp"]) != 10_000
    for held in (cents, relation(cents)):
        assert spend.value_by(held, "place")["value_gbp"].tolist() == [10_000]


@pytest.mark.parametrize("kind", ["int64", "Int64", "int32"])
def test_whole_pounds_stay_whole(kind):
    awards = AWARDS.assign(amount_gbp=pd.array([3, 4, 5], dtype=kind))
    for held in (awards, duckdb.connect().from_arrow(pa.Table.from_pandas(awards))):
        table = spend.summarise(held, [])
        assert (table["value_gbp"].item(), table["value_gbp"].dtype) == (12, "int64")


def test_decimal_amounts_are_as_good():
    awards = duckdb.connect().sql("select 'x' as funder, 0.1::decimal(18, 2) as amount_gbp from range(30)")
    assert spend.value_by(awards)["value_gbp"].tolist() == [3]


@pytest.mark.parametrize("amount", [None, np.nan, np.inf, -np.inf])
def test_an_amount_that_is_none_is_refused_with_its_award(amount, parquet):
    awards = AWARDS.assign(amount_gbp=[0.1, amount, 0.2])
    for measure in MEASURES.values():
        with pytest.raises(InputError, match="missing amount\n  where:   awards, row 1\n"):
            measure(awards)
        with pytest.raises(InputError, match="missing amount\n  where:   awards, award A1\n"):
            measure(parquet(awards))


def test_rows_are_named_as_the_frame_numbers_them():
    awards = AWARDS.assign(amount_gbp=[0.1, None, 0.2]).set_axis([10, 20, 30])
    with pytest.raises(InputError, match="awards, row 20"):
        spend.require(awards, [])


@pytest.mark.parametrize("column", ["amount_gbp", "recipient"])
def test_a_missing_column_is_named_by_every_engine(column, parquet):
    for held in (AWARDS, relation(AWARDS).select(*(name for name in SCHEMA.names if name != column))):
        with pytest.raises(InputError) as caught:
            spend.summarise(held.drop(columns=column) if isinstance(held, pd.DataFrame) else held)
        assert caught.value.found == [column]


def test_amounts_as_text_are_refused():
    with pytest.raises(InputError, match="text"):
        spend.value_by(AWARDS.assign(amount_gbp="12"))


def test_sums_too_large_to_be_exact_are_refused():
    limit = amounts.MOST_PENCE // 100
    spend.value_by(AWARDS.assign(amount_gbp=[limit, 0, 0]), "policy_area")
    with pytest.raises(InputError, match="too much"):
        spend.value_by(AWARDS.assign(amount_gbp=[limit, limit, 0]), "policy_area")


def test_columns_may_be_called_what_the_engines_use_themselves():
    awkward = {"place": "pence", "recipient_type": "key1", "policy_area": "Grant Programme:Policy Area x"}
    renamed = duckdb.connect().from_arrow(arrow(AWARDS).rename_columns(awkward))
    found = spend.summarise(renamed, list(awkward.values()))
    assert values(found)[1] == values(spend.summarise(AWARDS, list(awkward)))[1]


@pytest.mark.parametrize("column", COLUMNS[1:])
def test_a_column_may_be_empty(column, parquet):
    awards = AWARDS.assign(**{column: None})
    for name, measure in MEASURES.items():
        assert values(measure(parquet(awards))) == values(measure(awards)), name


def test_no_awards_give_empty_tables():
    for name, measure in MEASURES.items():
        if name != "share":
            assert values(measure(relation(AWARDS[:0]))) == values(measure(AWARDS[:0])), name


def test_the_work_is_done_by_the_engine_that_holds_the_awards():
    frame = engines.lazy(relation(AWARDS))
    assert frame.implementation is nw.Implementation.DUCKDB
    assert engines.lazy(AWARDS).implementation is nw.Implementation.PANDAS


@pytest.mark.parametrize("found", [3, None, ["a"], {"amount_gbp": [1]}])
def test_what_is_no_table_is_refused(found):
    with pytest.raises(InputError, match="not a table"):
        spend.summarise(found)


@pytest.mark.parametrize("text", [None, "award,amount_gbp\nA1,5\n"])
def test_what_is_no_parquet_is_refused(tmp_path, text):
    path = tmp_path / "awards.parquet"
    if text:
        path.write_text(text)
    with pytest.raises(InputError, match="Parquet"):
        engines.open(path)


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:7077", "remote"])
def test_what_is_no_address_of_spark_is_refused(address):
    with pytest.raises(InputError, match="not an address"):
        engines.open("awards.parquet", spark=address)


def test_without_spark_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(InputError, match=r"pfpp-utils\[spark\]"):
        engines.open("awards.parquet", spark="local[2]")


def test_what_goes_beyond_memory_goes_to_disk_and_is_removed(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setitem(engines.SETTINGS, "memory_limit", "120MiB")
    path = tmp_path / "awards.parquet"
    named = "'a recipient with a long name ' || i as recipient, 'P' as programme, 'F' as funder"
    duckdb.sql(f"select {named}, 0.1 as amount_gbp from range(1000000) t(i)").write_parquet(str(path))
    assert spend.summarise(path, [])[["recipients", "value_gbp"]].to_numpy().tolist() == [
        [1_000_000, 100_000]
    ]
    assert list(tmp_path.iterdir()) == [path]


def test_repaid_holders_are_left_out_and_counted_when_asked():
    awards = pd.DataFrame({"recipient": ["a", "b", "c", None], "amount_gbp": [3.0, 1.0, -2.0, 9.0]})
    found = concentration.measure(awards, {"recipients": "recipient"}, strict=False)
    assert values(found)[1] == [["recipients", 2, 6250, 1.6, 0.25, 1]]


def test_concentration_of_each_place_is_that_of_its_awards_alone():
    awards = AWARDS.assign(amount_gbp=[1.0, 3.0, 2.0])
    found = concentration.measure(awards, {"programmes": "programme", "funders": "funder"}, by="place")
    assert values(found[["place", "kind", "holders", "hhi"]])[1] == [
        ["Luton", "programmes", 2, 6250],
        ["Luton", "funders", 1, 10_000],
        [None, "programmes", 1, 10_000],
        [None, "funders", 1, 10_000],
    ]


def test_a_place_where_nothing_is_left_has_no_concentration():
    awards = AWARDS.assign(amount_gbp=[1.0, 3.0, -2.0])
    found = concentration.measure(awards, {"funders": "funder"}, by="place", strict=False)
    assert found["holders"].tolist() == [1, 0]
    assert found["left_out"].tolist() == [0, 1]
    assert found.iloc[1][["hhi", "effective_number", "gini"]].isna().all()
