"""When two headers are the same, and what unit and year one states."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.data.awards import columns, headers

BLANKS = st.text(" \u00a0\n\t\u2009", max_size=3)


@given(
    name=st.sampled_from(columns.PUBLISHED), before=BLANKS, after=BLANKS, inner=BLANKS, upper=st.booleans()
)
def test_case_and_blanks_of_any_kind_make_no_difference(name, before, after, inner, upper):
    written = before + name.replace(" ", " " + inner).replace(":", ": ") + after
    assert headers.key(written.upper() if upper else written) == headers.key(name)


def test_canonical_columns_differ_in_their_keys():
    assert len({headers.key(name) for name in columns.PUBLISHED}) == len(columns.PUBLISHED)


@pytest.mark.parametrize(
    ("header", "key", "unit"),
    [
        ("£ Awarded", "awarded", None),
        ("Amount (£)", "amount", None),
        ("Amount (£m)", "amount", "million"),
        ("Amount £ million", "amount", "million"),
        ("Scheme value, GBP millions", "scheme value,", "million"),
        ("Value in thousands of pounds", "value", "thousand"),
        ("Total £000s", "total", "thousand"),
        ("£\u2019000", "£", "thousand"),
        ("(£ 000)", "£", "thousand"),
        ("Value (£k)", "value", "thousand"),
        ("Value (£,000)", "value", "thousand"),
        ("Spend (in millions)", "spend", "million"),
        ("Spend (£bn)", "spend", "billion"),
        ("Grant_Award_Name__c", "grant award name c", None),
        ("Amount Awarded\u200b*", "amount awarded", None),
        ("Beneficiary Location:0:Name", "beneficiary location:name", None),
        ("Marketing £mk", "marketing mk", None),
        ("Milk", "milk", None),
        ("Thousand Islands grant", "thousand islands grant", None),
        ("ONS Region*", "ons region", None),
    ],
)
def test_units_are_no_part_of_a_name(header, key, unit):
    assert (headers.key(header), headers.unit(header)) == (key, unit)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("GGIS_Grant_Awards_2016_to_2017 ", ["2016-17"]),
        ("government-grant-awards-2016-17", ["2016-17"]),
        ("2018/2019 grant", ["2018-19"]),
        ("grants-2022-to-2023", ["2022-23"]),
        ("Portfolio grant 18/19 (£)", ["2018-19"]),
        ("1999-00 and 2009-10", ["2009-10"]),
        ("2099-00", ["2099-00"]),
        ("NPO 2018-22", []),
        ("2018-19 to 2021-22", ["2018-19", "2021-22"]),
        ("paid on 05/06/2014", []),
        ("ACE_NPO_2018_12082020_0", []),
        ("CRF_investment_data_published_020421", []),
    ],
)
def test_financial_years_are_found_and_nothing_else(text, years):
    assert headers.years(text) == years


def test_a_year_in_the_header_of_an_amount_can_be_left_out():
    assert headers.undated("Grant value for 2013/14 (£000)") == "grant value"
    assert headers.undated("Amount") == "amount"
