"""Amounts: what is read, exact to the penny, and what is given back with a reason."""

from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfpp_utils.data.awards import amounts


def read(*texts, **options):
    return amounts.read(pd.Series(texts, dtype="string"), **options)


def one(text, **options):
    return read(text, **options).pounds.tolist()[0]


def reason(text, **options):
    found = read(text, **options)
    assert found.pounds.isna().all()
    return found.reason.tolist()[0]


@pytest.mark.parametrize(
    ("text", "pounds"),
    [
        ("25000", 25_000),
        ("25000.0", 25_000),
        ("1,234.50", 1_234.5),
        ("£ 1 234", 1_234),
        ("£1\u00a0234\u202f567.89", 1_234_567.89),
        ("£1,000", 1_000),
        ("GBP 1,000.10", 1_000.1),
        ("1000 gbp", 1_000),
        ("£5 GBP", 5),
        ("(500)", -500),
        ("(£1,500.25)", -1_500.25),
        ("-500", -500),
        ("-£500", -500),
        ("£-500", -500),
        ("\u2212500", -500),
        ("-2,442,056,000", -2_442_056_000),
        ("0", 0),
        ("£0.00", 0),
        (".5", 0.5),
        ("500k", 500_000),
        ("£2 million", 2_000_000),
        ("1.25bn", 1_250_000_000),
        ("1.2E+06", 1_200_000),
        ("1e-1", 0.1),
        ("0.30000000000000004", 0.3),
        ("1234.5600000000001", 1_234.56),
        ("9999999999999.99", 9_999_999_999_999.99),
    ],
)
def test_an_amount_is_read(text, pounds):
    assert one(text) == pounds
    assert read(text).reason.isna().all()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "no amount"),
        ("", "no amount"),
        ("-", "no amount"),
        ("\u2013", "no amount"),
        ("n/a", "no amount"),
        ("N/A ", "no amount"),
        ("TBC", "no amount"),
        ("nan", "no amount"),
        ("redacted", "amount redacted"),
        ("[REDACTED]", "amount redacted"),
        ("Withheld", "amount redacted"),
        ("€20", "other currency"),
        ("20 EUR", "other currency"),
        ("US$ 1,000", "other currency"),
        ("1.5m", "amount ambiguous"),
        ("1.234", "amount ambiguous"),
        ("(-5)", "amount unreadable"),
        ("5-", "amount unreadable"),
        ("(5", "amount unreadable"),
        ("1,23", "amount unreadable"),
        ("12,34,567", "amount unreadable"),
        ("1.234,56", "amount unreadable"),
        ("1.234.567", "amount unreadable"),
        ("1 23", "amount unreadable"),
        ("1'000", "amount unreadable"),
        ("500\u00b9", "amount unreadable"),
        ("\u0661\u0662", "amount unreadable"),
        ("500-600", "amount unreadable"),
        ("500; 600", "amount unreadable"),
        ("up to 500", "amount unreadable"),
        ("c. 500", "amount unreadable"),
        ("5%", "amount unreadable"),
        ("£", "amount unreadable"),
        (".", "no amount"),
        ("TRUE", "amount unreadable"),
        ("inf", "amount unreadable"),
        ("=B2*2", "amount unreadable"),
        ("2016-04-01", "amount unreadable"),
        ("10000000000000", "amount unreadable"),
        ("1e99", "amount unreadable"),
        ("\ufffd500", "amount unreadable"),
    ],
)
def test_what_is_no_amount_in_pounds_has_a_reason(text, why):
    assert reason(text) == why


@pytest.mark.parametrize(
    ("text", "unit", "pounds"),
    [
        ("1,234", 1_000, 1_234_000),
        ("0.0015", 1_000, 1.5),
        ("1234.56789", 1_000, 1_234_567.89),
        ("2.5", 1_000_000, 2_500_000),
        ("1.5m", 1_000_000, 1_500_000),
        ("500k", 1_000, 500_000),
        ("3 million", 1_000, 3_000_000),
        ("3 thousand", 1_000_000, 3_000),
    ],
)
def test_the_unit_multiplies_exactly_and_never_twice(text, unit, pounds):
    assert one(text, unit=unit) == pounds


@pytest.mark.parametrize(("text", "unit"), [("1.5m", 1_000), ("500k", 1_000_000)])
def test_a_letter_at_odds_with_the_unit_is_not_read(text, unit):
    assert reason(text, unit=unit) == "amount ambiguous"


@pytest.mark.parametrize("proof", ["3239.34", "0.500", "1,234.567", "1234.567", "1,234,567", "2.5"])
def test_another_value_shows_that_the_dot_marks_decimals(proof):
    assert read("1.234", proof).pounds[0] == 1.23


@pytest.mark.parametrize("other", ["5,000", "9.876", "500", "text", None])
def test_no_other_value_shows_what_the_dot_means(other):
    assert read("1.234", other).reason[0] == "amount ambiguous"


def test_a_comma_is_doubtful_where_commas_mark_decimals():
    assert read("1,234", "12,5").reason.tolist() == ["amount ambiguous", "amount unreadable"]
    assert read("1,234", "12,5", "3,000.10").pounds.tolist()[0] == 1_234


@pytest.mark.parametrize(
    ("currency", "is_pounds"),
    [
        ("GBP", True),
        ("gbp ", True),
        ("£", True),
        (None, True),
        ("EUR", False),
        ("USD", False),
        ("Rupees", False),
    ],
)
def test_the_currency_of_the_row_decides(currency, is_pounds):
    found = read("100", currency=pd.Series([currency], dtype="string"))
    assert found.reason.tolist() == [pd.NA if is_pounds else "other currency"]
    assert found.pounds.notna().tolist() == [is_pounds]


def test_an_empty_amount_in_another_currency_is_no_amount():
    assert reason("n/a", currency=pd.Series(["EUR"])) == "no amount"


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        ("500", pd.NA),
        ("-500.25", pd.NA),
        ("0.30000000000000004", pd.NA),
        ("1,000", "amount with separators"),
        ("(500)", "amount in brackets read as negative"),
        ("1.2E+06", "amount in scientific notation"),
        ("500k", "amount with a word or letter for its unit"),
        ("0.005", "fraction of a penny rounded"),
        ("1,000.001", "fraction of a penny rounded"),
    ],
)
def test_what_was_done_to_read_an_amount_is_said(text, repair):
    assert read(text).repair.tolist() == [repair]


@pytest.mark.parametrize(
    ("text", "pounds"), [("0.005", 0.01), ("2.675", 2.68), ("-0.005", -0.01), ("1.0049", 1.0)]
)
def test_fractions_of_a_penny_are_rounded_half_up(text, pounds):
    assert read(text, "0.5").pounds[0] == pounds


def test_the_index_is_kept():
    found = amounts.read(pd.Series(["1", "x"], index=[7, 3]))
    assert all(series.index.tolist() == [7, 3] for series in found)
    assert found.pounds[7] == 1


def test_nothing_gives_nothing():
    assert [len(series) for series in read()] == [0, 0, 0]


pennies = st.integers(-(10**15) + 1, 10**15 - 1)
WAYS = {
    "plain": "{:.2f}".format,
    "separators": "{:,.2f}".format,
    "pound sign": "£{:,.2f}".format,
    "spaces": lambda value: f"{value:,.2f}".replace(",", " "),
    "brackets": lambda value: f"({-value:,.2f})" if value < 0 else f"{value:,.2f}",
    "scientific": "{:.15E}".format,
}


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(pennies, st.sampled_from(sorted(WAYS))), min_size=1, max_size=20))
def test_every_amount_is_read_to_the_penny_however_it_is_written(values):
    found = read(*(WAYS[way](Decimal(penny) / 100) for penny, way in values))
    assert found.pounds.tolist() == [penny / 100 for penny, _ in values]
    assert amounts.pennies(found.pounds) == sum(penny for penny, _ in values)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 6)), min_size=5, max_size=30),
    st.sampled_from([1, 1_000, 1_000_000]),
)
def test_units_and_rounding_are_those_of_exact_fractions(values, unit):
    texts = [f"{Decimal(digits).scaleb(-places):f}" for digits, places in values]
    exact = [Fraction(digits, 10**places) * unit * 100 for digits, places in values]
    pounds = read(*texts, "0.5", unit=unit).pounds[:-1]
    assert pounds.tolist() == [int(value + Fraction(1, 2)) / 100 for value in exact]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(max_size=12), min_size=20, max_size=50))
def test_every_text_has_an_amount_or_a_reason_never_both(texts):
    found = read(*texts)
    assert (found.pounds.notna() ^ found.reason.notna()).all()
    assert found.repair[found.pounds.isna()].isna().all()


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(alphabet="0123456789,. -()£+", min_size=1, max_size=10), min_size=20, max_size=50))
def test_what_is_read_has_the_digits_that_are_written(texts):
    for text, pounds in zip(texts, read(*texts).pounds, strict=True):
        if pd.notna(pounds):
            written = Decimal("".join(c for c in text if c in "0123456789.") or "0")
            assert abs(Decimal(repr(abs(pounds))) - written) <= Decimal("0.005")


def test_a_sum_has_no_rounding_error():
    assert amounts.pennies(pd.Series([0.1] * 10 + [None])) == 100
    assert amounts.pennies(pd.Series([9_999_999_999_999.99] * 5_000)) == 999_999_999_999_999 * 5_000
