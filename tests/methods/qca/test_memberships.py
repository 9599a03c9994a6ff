"""Bad input: every fault is refused with its place, or named in a warning."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pytest

from pfpp_utils.data import rows
from pfpp_utils.errors import InputError
from pfpp_utils.methods.qca import case_file
from pfpp_utils.methods.qca.analysis import analyse
from pfpp_utils.methods.qca.memberships import check

GOOD = {"A": [1, 0, 1, 0, 1, 0], "B": [0.9, 0.1, 0.2, 0.8, 0.7, 0.3], "Y": [1, 0, 0.2, 0.4, 0.9, 0.1]}
CASES = ["ash", "bay", "cedar", "elm", "fir", "gorse"]


def frame(**columns):
    return pd.DataFrame({**GOOD, **columns}, index=CASES)


def with_cell(value):
    return frame(B=[0.9, value, 0.2, 0.8, 0.7, 0.3])


def checked(given, outcome="Y", conditions=("A", "B"), **options):
    return check(given, outcome=outcome, conditions=list(conditions), **options)


def test_good_input_is_taken_as_it_is():
    sets = checked(frame())
    assert sets.cases == tuple(CASES)
    assert sets.x.tolist() == [list(row) for row in zip(GOOD["A"], GOOD["B"], strict=True)]
    assert sets.y.tolist() == GOOD["Y"]


def test_negation_turns_the_outcome_round():
    sets = checked(frame(), negate=True)
    assert sets.outcome == "~Y"
    assert sets.y == pytest.approx(1 - np.array(GOOD["Y"]))


def parse(content, file):
    """Read the content of a file as `pfpp qca` does."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / file
        path.write_bytes(content)
        read = rows.read(path, file=file, encoding="utf-8-sig")
    return case_file.table([read.header, *read.cells], file=file)


PLAIN = b'"case, by name",A,Y\nash,1,.5\n'


@pytest.mark.parametrize("content", [PLAIN, b"\xef\xbb\xbf" + PLAIN, b"\r\n \n" + PLAIN, PLAIN + b"\n,,\n"])
def test_a_file_is_read_with_or_without_byte_order_mark_and_blank_lines(content):
    read = parse(content, file="f.csv")
    assert read.to_dict("index") == {"ash": {"A": "1", "Y": ".5"}}


@pytest.mark.parametrize("written", ["0", "1", "1.", ".25", "+0.25", " 0.25 ", "2.5e-1", "1e0", 0.25, 1])
def test_numbers_are_read_as_written(written):
    assert checked(with_cell(written)).x[1, 1] == float(written)


# What is wrong, and words that the message must hold: what, where or which.
REFUSED = {
    "above 1": (lambda: checked(with_cell(1.2)), ["outside 0 to 1", "case bay, column B", "1.2"]),
    "below 0": (lambda: checked(with_cell(-0.1)), ["outside 0 to 1", "case bay, column B"]),
    "infinite": (lambda: checked(with_cell(np.inf)), ["not a number", "inf"]),
    "a word": (lambda: checked(with_cell("high")), ["not a number", "case bay, column B", "high"]),
    "decimal comma": (lambda: checked(with_cell("0,4")), ["not a number", "0,4"]),
    "missing": (lambda: checked(with_cell(None)), ["missing membership", "case bay, column B"]),
    "empty": (lambda: checked(with_cell(" ")), ["missing membership"]),
    "half": (lambda: checked(with_cell("0.5")), ["exactly 0.5", "bay in B"]),
    "unknown condition": (lambda: checked(frame(), conditions=["A", "C"]), ["unknown column", "'C'"]),
    "unknown outcome": (lambda: checked(frame(), outcome="Z"), ["unknown column", "'Z'"]),
    "outcome among conditions": (lambda: checked(frame(), conditions=["A", "Y"]), ["outcome among", "'Y'"]),
    "condition twice": (lambda: checked(frame(), conditions=["A", "A"]), ["condition given twice"]),
    "no conditions": (lambda: checked(frame(), conditions=[]), ["no conditions"]),
    "column twice": (
        lambda: checked(frame().set_axis(["A", "A", "Y"], axis=1), conditions=["A"]),
        ["column twice", "'A'"],
    ),
    "reserved name": (lambda: checked(frame(n=GOOD["A"]), conditions=["n"]), ["cannot stand in a term"]),
    "unfit name": (lambda: checked(frame(**{"~C": GOOD["A"]}), conditions=["~C"]), ["cannot stand"]),
    "case twice": (lambda: checked(frame().rename({"bay": "ash"})), ["two cases", "ash"]),
    "case without name": (lambda: checked(frame().rename({"bay": ""})), ["without a name", "row 2"]),
    "as many conditions as cases": (lambda: checked(frame().iloc[:2]), ["too many conditions", "2 cases"]),
    "nobody has the outcome": (lambda: checked(frame(Y=0.4)), ["no case has the outcome", "0 of 6"]),
    "everybody has it": (lambda: checked(frame(Y=0.6)), ["every case has the outcome"]),
    "nobody lacks it": (lambda: checked(frame(Y=0.6), negate=True), ["no case has", "~Y"]),
    "unknown case": (lambda: checked(frame()).without("oak"), ["unknown case", "oak"]),
    "inclusion cut of 0": (lambda: analyse(checked(frame()), incl_cut=0), ["inclusion cut"]),
    "inclusion cut above 1": (lambda: analyse(checked(frame()), incl_cut=1.01), ["inclusion cut"]),
    "inclusion cut not a number": (lambda: analyse(checked(frame()), incl_cut=float("nan")), ["inclusion"]),
    "frequency cut of 0": (lambda: analyse(checked(frame()), n_cut=0), ["frequency cut"]),
    "underscore": (lambda: checked(with_cell("0_1")), ["not a number", "case bay, column B", "0_1"]),
    "infinity in words": (lambda: checked(with_cell("infinity")), ["not a number", "infinity"]),
    "figures of another script": (lambda: checked(with_cell("\u0660.\u0661")), ["not a number"]),
    "no columns": (lambda: checked(frame()[[]]), ["unknown column", "allowed: a table with columns"]),
    "no models to be listed": (lambda: analyse(checked(frame()), limit=0), ["number of models", "1 or more"]),
    "no rows": (lambda: parse(b",A\n, \n", file="f.csv"), ["no cases", "f.csv"]),
    "blank lines only": (lambda: parse(b"\n\n", file="f.csv"), ["empty", "f.csv"]),
    "ragged row": (lambda: parse(b",A\nx,1,2\n", file="f.csv"), ["ragged", "case x", "2 cells"]),
    "semicolons": (lambda: parse(b";A;Y\nx;0,2;1\n", file="f.csv"), ["separated by semicolons", "';A;Y'"]),
    "tabs": (lambda: parse(b"\tA\tY\nx\t1\t1\n", file="f.csv"), ["separated by tabs", "by commas"]),
    "one column": (lambda: parse(b"A\nx\n", file="f.csv"), ["only one column", "'A'"]),
}


@pytest.mark.parametrize(("faulty", "words"), REFUSED.values(), ids=REFUSED)
def test_is_refused(faulty, words):
    with pytest.raises(InputError) as caught:
        faulty()
    assert all(word in str(caught.value) for word in words), caught.value


def test_sixteen_conditions_are_refused():
    names = [f"C{number}" for number in range(16)]
    many = pd.DataFrame({name: [1, 0] * 20 for name in [*names, "Y"]})
    with pytest.raises(InputError, match="at most 15"):
        check(many, outcome="Y", conditions=names)


WARNED = {
    "constant_condition": (frame(A=0.9), {}, "A never varies: every case has membership 0.9"),
    "skewed_condition": (frame(A=[0.9, 0.8, 1, 1, 1, 1]), {}, "A is above 0.5"),
    "many_conditions": (frame().iloc[:5], {}, "5 cases are few for 2 conditions, which make 4 rows"),
    "outcome_at_half": (frame(Y=[1, 0, 0.5, 0.4, 0.9, 0.5]), {}, "cedar, gorse"),
    "contradictory_rows": (frame(Y=[1, 0, 0, 0, 0, 0]), {}, "ash with, fir without"),
    "cases_below_n_cut": (frame(), {"n_cut": 2}, "cedar, elm"),
    "no_positive_row": (
        frame(Y=[0.6, 0, 0.2, 0.4, 0.4, 0.1]),
        {},
        "cut of 1; the highest consistency is 0.667",
    ),
    "no_negative_row": (frame(), {"incl_cut": 0.01}, "nothing to tell it from"),
    "model_ambiguity": (frame(B=GOOD["A"]), {"incl_cut": 0.6}, "2 parsimonious models are tied"),
    "no_expectations": (frame(), {}, "equals the conservative"),
}


@pytest.mark.parametrize("name", WARNED)
def test_is_warned_of_by_name(name):
    given, options, words = WARNED[name]
    messages = {warning.name: warning.message for warning in analyse(checked(given), **options).warnings}
    assert name in messages, messages
    assert words in messages[name]


def test_a_sound_analysis_warns_of_nothing():
    larger = pd.concat([frame(Y=GOOD["A"]), frame(Y=GOOD["A"]).rename(str.upper)])
    assert analyse(checked(larger), expect={0: True}).warnings == []


def test_more_models_than_listed_is_warned_of():
    warnings = analyse(checked(frame(B=GOOD["A"])), incl_cut=0.6, limit=1).warnings
    assert "models_not_all_listed" in [warning.name for warning in warnings]
