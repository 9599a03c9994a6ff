"""Engines: where a table of awards is held, and the one lazy form in which every measure takes it.

A measure is written once, over Narwhals, and runs where the table is: in pandas or Polars in memory, in
DuckDB on a relation or on Parquet files, or in Spark (``book/decisions/0015-portable-measures.md``).
"""

from __future__ import annotations

import tempfile
import warnings
from importlib import import_module
from os import PathLike, fspath
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import uuid4

import duckdb
import narwhals as nw
import pandas as pd

from pfpp_utils.errors import Failure, InputError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: A pandas or Polars frame, a DuckDB relation, a PySpark frame, what :func:`open` returns, or a Parquet path.
Awards: TypeAlias = Any

#: How much DuckDB may hold in memory, for a process below 1.5 GiB (beyond, it goes on in the folder for
#: temporary files); rows come in any order.
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "1300MiB",
    "preserve_insertion_order": False,
}

#: For a Spark inside this process: no web page, no other machine, and few parts, as its cores are few.
LOCAL: dict[str, bool | float | int | str | None] = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
}


def open(source: str | PathLike[str], *, spark: str | None = None) -> nw.LazyFrame[Any]:
    """Open Parquet files for the measures: with DuckDB in this process, or with Spark.

    Parameters
    ----------
    source
        Path of a Parquet file, or a pattern such as ``"awards/*.parquet"``.
    spark
        Address of Spark: ``"spark://host:7077"`` for a cluster, which must see `source` under the same path,
        or ``"local[2]"`` for two cores of this machine. None runs DuckDB.

    Returns
    -------
    narwhals.LazyFrame
        A table that all measures take. Nothing is read until one is asked for.

    Raises
    ------
    InputError
        If `source` cannot be read as Parquet, Spark is not installed, or its address is none.
    Failure
        If Spark does not start.
    """
    return nw.from_native(_duckdb(fspath(source)) if spark is None else _spark(fspath(source), spark))


def lazy(awards: Awards) -> nw.LazyFrame[Any]:
    """Bring a table, held wherever, into the form in which the measures are written.

    Parameters
    ----------
    awards
        A pandas or Polars frame, a DuckDB relation, a PySpark frame, what :func:`open` returns, or the path
        of a Parquet file.

    Returns
    -------
    narwhals.LazyFrame
        The same rows, in the same engine.

    Raises
    ------
    InputError
        If it is none of these, or the file cannot be read as Parquet.
    """
    if isinstance(awards, str | PathLike):
        return open(awards)
    try:
        return nw.from_native(awards).lazy()
    except TypeError as error:
        allowed = "a pandas, Polars or PySpark frame, a DuckDB relation, or the path of a Parquet file"
        raise InputError("not a table", where="awards", found=type(awards), allowed=allowed) from error


def collect(frame: nw.LazyFrame[Any]) -> pd.DataFrame:
    """Run what has been asked for, and bring the result into memory.

    Parameters
    ----------
    frame
        A result small enough for memory.

    Returns
    -------
    pandas.DataFrame
        Its rows, in no particular order, numbered from 0.
    """
    return frame.collect().to_pandas().reset_index(drop=True)


def _duckdb(source: str) -> duckdb.DuckDBPyRelation:
    spill = Path(tempfile.gettempdir()) / f"duckdb-{uuid4().hex}"  # made only if needed, and then removed
    connection = duckdb.connect(config=SETTINGS | {"temp_directory": str(spill)})
    try:
        return connection.read_parquet(source)
    except duckdb.Error as error:
        raise _unreadable(source, error) from None


def _spark(source: str, address: str) -> DataFrame:
    session = _session(address)
    try:
        return session.read.parquet(source)
    except _faults() as error:
        raise _unreadable(source, error) from None


def _session(address: str) -> SparkSession:
    if not address.startswith(("spark://", "local", "yarn", "k8s://")):
        allowed = "spark://host:7077, or local[2] for two cores of this machine"
        raise InputError("not an address of Spark", where="spark", found=address, allowed=allowed)
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", "PySpark does not yet fully support pandas"
        )  # results come by Arrow
        builder = _installed("pyspark.sql").SparkSession.builder.appName("pfpp").master(address)
        try:
            return builder.config(map=LOCAL if address.startswith("local") else {}).getOrCreate()
        except _faults() as error:
            raise Failure(f"Spark at {address} does not start: {_first_lines(error)}") from None


def _faults() -> tuple[type[Exception], ...]:
    return _installed("pyspark.errors").PySparkException, _installed("py4j.protocol").Py4JError


def _installed(module: str) -> ModuleType:
    try:
        return import_module(module)
    except ImportError as error:
        allowed = "an environment with pip install 'pfpp-utils[spark]', and Java 17 or newer"
        what = "Spark is not installed"
        raise InputError(what, where="spark", found=error.name, allowed=allowed) from error


def _unreadable(source: str, error: Exception) -> InputError:
    found = _first_lines(error)
    return InputError("cannot be read as Parquet", where=source, found=found, allowed="Parquet files")


def _first_lines(error: Exception) -> str:
    return " ".join(str(error).splitlines()[:2])
