"""`pfpp qca` as an evaluator meets it: the shape of its JSON, its report, its help, and what it refuses."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from lipset import CONDITIONS, CRISP_CSV, FUZZY_CSV

from pfpp_utils.cli import main

ALL = ("--outcome", "SURV", "--conditions", ",".join(CONDITIONS))
EXPECT = ("--expect", ",".join(f"{name}=1" for name in CONDITIONS))


@pytest.fixture
def qca(tmp_path):
    """Run the command on a file with the text given; returns exit status, what it printed, and the errors."""

    def run(text, *words):
        path = tmp_path / "cases.csv"
        if text is not None:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        result = CliRunner(env={"COLUMNS": "200"}).invoke(main, ["qca", str(path), *words])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    return run


class TestJson:
    @pytest.fixture
    def found(self, qca):
        status, printed, errors = qca(FUZZY_CSV, *ALL, "--incl-cut", "0.7", *EXPECT, "--json")
        assert (status, errors) == (0, "")
        return json.loads(printed)

    def test_keys(self, found):
        described = {"outcome", "conditions", "settings", "remainders", "warnings"}
        assert set(found) == {*described, "truth_table", "necessity", "solutions"}
        assert (found["outcome"], found["conditions"], found["remainders"]) == ("SURV", CONDITIONS, 23)
        expected = dict.fromkeys(CONDITIONS, 1)
        assert found["settings"] == {"incl_cut": 0.7, "n_cut": 1, "negate": False, "expect": expected}

    def test_truth_table(self, found):
        rows = found["truth_table"]
        cases = {"cases", "with_outcome", "without_outcome"}
        assert set(rows[0]) == {*CONDITIONS, *cases, "n", "consistency", "pri", "out", "contradictory"}
        assert sum(row["n"] for row in rows) == 18
        assert [row["out"] for row in rows] == [1, 1, 1, 0, 0, 0, 0, 0, 0]
        assert rows[0]["cases"] == rows[0]["with_outcome"] == ["BE", "CZ", "NL", "UK"]

    def test_necessity(self, found):
        entries = {entry["condition"]: entry for entry in found["necessity"]}
        assert list(entries) == [f"{sign}{name}" for name in CONDITIONS for sign in ("", "~")]
        assert set(entries["~DEV"]) == {"condition", "consistency", "coverage", "ron"}
        assert entries["LIT"]["consistency"] == pytest.approx(0.991, abs=0.0005)
        assert entries["LIT"]["ron"] == pytest.approx(0.509, abs=0.0005)

    def test_models(self, found):
        terms = {
            kind: [model["terms"] for model in found["solutions"][kind]["models"]]
            for kind in found["solutions"]
        }
        assert terms == {
            "conservative": [["DEV*~URB*LIT*STB", "DEV*LIT*IND*STB"]],
            "parsimonious": [["DEV*STB"]],
            "intermediate": [["DEV*LIT*STB"]],
        }
        model = found["solutions"]["conservative"]["models"][0]
        for key in ("raw_coverage", "unique_coverage", "term_consistency", "term_pri"):
            assert list(model[key]) == model["terms"]
            assert all(isinstance(value, float) for value in model[key].values())
        assert model["consistency"] != round(model["consistency"], 3)
        assert model["consistency"] == pytest.approx(0.871, abs=0.0005)

    def test_nothing_divided_by_nothing_is_null(self, qca):
        text = ",A,B,Y\na,1,0.9,1\nb,1,0.8,0\nc,1,0.7,0.4\nd,1,0.1,0\n"
        status, printed, _ = qca(text, "--outcome", "Y", "--conditions", "A,B", "--json")
        assert status == 0
        assert "NaN" not in printed
        absent = next(entry for entry in json.loads(printed)["necessity"] if entry["condition"] == "~A")
        assert absent["coverage"] is None

    def test_negated(self, qca):
        _, printed, _ = qca(CRISP_CSV, *ALL, "--negate", "--json")
        found = json.loads(printed)
        assert (found["outcome"], found["settings"]["negate"]) == ("~SURV", True)
        assert [m["terms"] for m in found["solutions"]["parsimonious"]["models"]] == [["~DEV", "~STB"]]

    def test_frequency_cut_and_warnings(self, qca):
        _, printed, _ = qca(CRISP_CSV, *ALL, "--n-cut", "2", "--json")
        found = json.loads(printed)
        assert [row["out"] for row in found["truth_table"]].count("?") == 3
        assert found["remainders"] == 32 - 6
        named = {warning["name"]: warning["message"] for warning in found["warnings"]}
        assert named["cases_below_n_cut"].endswith("DE, AU, EE.")
        assert "no_expectations" in named

    def test_no_positive_row_gives_empty_models(self, qca):
        status, printed, _ = qca(FUZZY_CSV, *ALL, "--json")
        found = json.loads(printed)
        assert status == 0
        assert [solution["models"] for solution in found["solutions"].values()] == [[], [], []]
        assert "0.904" in next(w["message"] for w in found["warnings"] if w["name"] == "no_positive_row")


def test_byte_order_mark_quoted_header_and_blank_lines_do_no_harm(qca):
    words = (*ALL, "--incl-cut", "0.7", "--json")
    plain = qca(FUZZY_CSV, *words)
    header = '"state, by code"' + FUZZY_CSV
    assert qca(b"\xef\xbb\xbf" + header.encode(), *words) == plain
    assert qca("\n\n" + header.replace("\n", "\r\n\r\n"), *words) == plain


def test_so_many_models_are_listed_as_asked_for(qca):
    ring = (
        ",A,B,C,Y\na,0,0,0,1\nb,0,0,1,1\nc,0,1,0,1\nd,1,0,1,1\ne,1,1,0,1\nf,1,1,1,1\ng,0,1,1,0\nh,1,0,0,0\n"
    )
    words = ("--outcome", "Y", "--conditions", "A,B,C", "--expect", "A=1", "--json")
    both, one = (json.loads(qca(ring, *words, *limit)[1]) for limit in ((), ("--limit", "1")))
    assert [len(solution["models"]) for solution in both["solutions"].values()] == [2, 2, 2]
    assert [len(solution["models"]) for solution in one["solutions"].values()] == [1, 1, 1]
    assert not any(solution["complete"] for solution in one["solutions"].values())
    assert "models_not_all_listed" in [warning["name"] for warning in one["warnings"]]


def test_the_report_is_readable(qca):
    status, printed, _ = qca(CRISP_CSV, *ALL)
    assert status == 0
    assert "Truth table: rows that cases show" in printed
    assert "DEV*~URB*LIT*STB + DEV*LIT*IND*STB  (consistency 1.000, pri 1.000, coverage 1.000)" in printed
    assert "DEV*LIT*IND*STB: coverage raw 0.750, unique 0.500; cases BE, CZ, FR, NL, SE, UK" in printed
    assert "no_expectations: " in printed


def test_help_has_an_example_and_says_what_is_refused(qca):
    status, printed, _ = qca(None, "--help")
    assert status == 0
    assert "pfpp qca lipset.csv --outcome SURV --conditions DEV,URB,LIT,IND,STB" in printed
    assert "condition at exactly 0.5" in " ".join(printed.split())


def changed(old, new):
    assert old in FUZZY_CSV
    return FUZZY_CSV.replace(old, new)


# The file's text, further options, and words that the message must hold.
REFUSED = {
    "absent file": (None, ALL, ["cases.csv", "No such file"]),
    "empty file": ("", ALL, ["cases.csv", "empty"]),
    "header only": (",A,B,Y\n", ALL, ["no cases", "cases.csv"]),
    "not CSV": ('a,"b', ALL, ["not CSV"]),
    "not text": (b"\xff\xfe\x00", ALL, ["not UTF-8"]),
    "ragged": (changed("AU,0.81", "AU,0.81,0.3"), ALL, ["ragged row", "case AU"]),
    "outside": (changed("AU,0.81", "AU,1.81"), ALL, ["outside 0 to 1", "case AU, column DEV", "1.81"]),
    "semicolons": (FUZZY_CSV.replace(",", ";"), ALL, ["separated by semicolons", "by commas", "cases.csv"]),
    "tabs": (FUZZY_CSV.replace(",", "\t"), ALL, ["separated by tabs", "by commas"]),
    "underscore": (changed("AU,0.81", "AU,0_1"), ALL, ["not a number", "case AU, column DEV", "0_1"]),
    "limit": (FUZZY_CSV, (*ALL, "--limit", "0"), ["number of models", "1 or more"]),
    "word": (changed("AU,0.81", "AU,high"), ALL, ["not a number", "case AU, column DEV", "high"]),
    "missing": (changed("AU,0.81", "AU,"), ALL, ["missing membership", "case AU, column DEV"]),
    "half": (changed("AU,0.81", "AU,0.5"), ALL, ["exactly 0.5", "AU in DEV"]),
    "case twice": (changed("\nAU,", "\nBE,"), ALL, ["two cases", "BE"]),
    "nameless case": (changed("\nAU,", "\n,"), ALL, ["without a name", "row 1"]),
    "column twice": (changed("DEV,URB", "URB,URB"), ("--outcome", "SURV", "--conditions", "URB"), ["twice"]),
    "unknown outcome": (FUZZY_CSV, ("--outcome", "X", "--conditions", "DEV"), ["unknown column", "'X'"]),
    "unknown condition": (
        FUZZY_CSV,
        ("--outcome", "SURV", "--conditions", "DEV,X"),
        ["unknown column", "'X'"],
    ),
    "outcome as condition": (FUZZY_CSV, ("--outcome", "SURV", "--conditions", "DEV,SURV"), ["outcome among"]),
    "condition twice": (FUZZY_CSV, ("--outcome", "SURV", "--conditions", "DEV,DEV"), ["given twice"]),
    "no conditions": (FUZZY_CSV, ("--outcome", "SURV", "--conditions", ","), ["no conditions"]),
    "few cases": (
        "\n".join(FUZZY_CSV.splitlines()[:5]),
        ALL,
        ["too many conditions", "5 conditions, 4 cases"],
    ),
    "expectation of a stranger": (FUZZY_CSV, (*ALL, "--expect", "X=1"), ["unknown condition", "'X'"]),
    "expectation unreadable": (FUZZY_CSV, (*ALL, "--expect", "DEV"), ["directional expectation", "'DEV'"]),
    "cut": (FUZZY_CSV, (*ALL, "--incl-cut", "1.5"), ["inclusion cut", "1.5"]),
    "frequency": (FUZZY_CSV, (*ALL, "--n-cut", "0"), ["frequency cut"]),
    "cut not a number": (FUZZY_CSV, (*ALL, "--incl-cut", "x"), ["--incl-cut"]),
    "no outcome": (FUZZY_CSV, ("--conditions", "DEV"), ["--outcome"]),
}


@pytest.mark.parametrize(("text", "words", "said"), REFUSED.values(), ids=REFUSED)
def test_bad_input_ends_with_status_2_and_says_where(qca, text, words, said):
    status, printed, errors = qca(text, *words, "--json")
    assert (status, printed) == (2, "")
    assert all(word in errors for word in said), errors


def test_an_empty_outcome_is_refused(qca):
    text = ",A,B,Y\na,1,0,0\nb,0,1,0.4\nc,1,1,0.2\n"
    status, _, errors = qca(text, "--outcome", "Y", "--conditions", "A,B")
    assert status == 2
    assert "no case has the outcome" in errors
    status, _, errors = qca(text, "--outcome", "Y", "--conditions", "A,B", "--negate")
    assert status == 2
    assert "every case has the outcome" in errors
