"""The measures on a real Spark inside this machine: the same digits as everywhere else."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from random import Random

import narwhals as nw
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from spend_measures import COLUMNS, MEASURES, table, values

from pfpp_utils.errors import Failure, InputError
from pfpp_utils.methods import engines, spend

ADDRESS = "local[2]"
SCHEMA = pa.schema([*((column, pa.string()) for column in COLUMNS), ("amount_gbp", pa.float64())])


def drawn(awards):
    """So many awards, with names in several scripts, missing ones, repayments and sums beyond a billion."""
    random = Random(5)
    names = ["Ely", "ely", "Ynys Môn", "Łódź", 'O\'Brien "& Co"', "金額", " ", None]
    texts = [[random.choice(names) for _ in COLUMNS[1:]] for _ in range(awards)]
    return table([(*text, random.choice([random.randint(-(10**6), 10**9), 10**13 + 1])) for text in texts])


@pytest.fixture(scope="module")
def spark():
    """Spark; without it the tests fail in continuous integration, and are skipped elsewhere."""
    java = shutil.which("java", path=os.path.join(os.environ.get("JAVA_HOME", ""), "bin")) or shutil.which(
        "java"
    )
    if missing := [name for name, found in (("pyspark", find_spec("pyspark")), ("java", java)) if not found]:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no Spark: install {' and '.join(missing)}")
    from pyspark.sql import SparkSession

    settings = engines.LOCAL | {"spark.sql.shuffle.partitions": "2"}
    session = SparkSession.builder.master(ADDRESS).config(map=settings).getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def folder(spark, tmp_path_factory):
    """Awards in two Parquet files, which Spark reads in an order of its own."""
    path = tmp_path_factory.mktemp("awards")
    awards = pa.Table.from_pandas(drawn(600), schema=SCHEMA, preserve_index=False)
    for part, start in enumerate((0, 350)):
        pq.write_table(awards.slice(start, 350), path / f"{part}.parquet")
    return path


@pytest.mark.parametrize("measure", MEASURES)
def test_spark_agrees_to_the_last_digit(measure, folder):
    found = MEASURES[measure](engines.open(folder / "*.parquet", spark=ADDRESS))
    assert values(found) == values(MEASURES[measure](drawn(600)))
    assert values(found) == values(MEASURES[measure](engines.open(folder / "*.parquet")))


def test_a_frame_of_spark_will_do(spark, folder):
    frame = spark.read.parquet(str(folder))
    assert engines.lazy(frame).implementation is nw.Implementation.PYSPARK
    assert values(spend.summarise(frame)) == values(spend.summarise(drawn(600)))


@pytest.mark.parametrize("amount", [None, float("nan"), float("inf")])
def test_an_amount_that_is_none_is_refused_with_its_award(spark, tmp_path, amount):
    awards = drawn(5).assign(amount_gbp=[1.0, 2.0, amount, 3.0, 4.0])
    pq.write_table(pa.Table.from_pandas(awards, schema=SCHEMA, preserve_index=False), tmp_path / "a.parquet")
    with pytest.raises(InputError, match="missing amount\n  where:   awards, award A2\n"):
        spend.value_by(engines.open(tmp_path / "a.parquet", spark=ADDRESS))


@pytest.mark.parametrize("text", [None, "award,amount_gbp\nA1,5\n"])
def test_what_is_no_parquet_is_refused(spark, tmp_path, text):
    path = Path(tmp_path / "awards.parquet")
    if text:
        path.write_text(text)
    with pytest.raises(InputError, match="Parquet"):
        engines.open(path, spark=ADDRESS)


def test_spark_opens_no_port_to_other_machines(spark):
    assert spark.sparkContext.uiWebUrl is None
    assert spark.conf.get("spark.driver.bindAddress") == "127.0.0.1"


def test_an_address_that_spark_cannot_use_is_a_failure(spark):
    spark.stop()  # the last test: a running Spark would be used whatever the address
    with pytest.raises(Failure, match="does not start"):
        engines.open("awards.parquet", spark="local[many]")
