"""Charity and company numbers and identifiers, as publishers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.methods.organisation_numbers import charity, company, identifier


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1109305", ("GB-CHC-1109305",)),
        (" 1109305 ", ("GB-CHC-1109305",)),
        ("01109305", ("GB-CHC-1109305",)),
        ("1109305-0", ("GB-CHC-1109305",)),
        ("1109305.0", ("GB-CHC-1109305",)),
        ("206286", ("GB-CHC-206286",)),
        ("SC038213", ("GB-SC-SC038213",)),
        ("SCO38213", ("GB-SC-SC038213",)),
        ("NIC100514", ("GB-NIC-100514",)),
        ("NIC101161/ XT36011", ("GB-NIC-101161", "GB-REV-XT36011")),
        ("IP29399R", ("GB-COH-IP29399R",)),
        ("30318R", ("GB-COH-IP30318R",)),
        *(
            (text, ())
            for text in ("", "0", "N/A", "none", "JAGSFO", "40000", "1111111", "9999999", "SP-G16-A08-07")
        ),
    ],
)
def test_charity_numbers(text, expected):
    assert charity(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6825798", ("GB-COH-06825798",)),
        ("06825798", ("GB-COH-06825798",)),
        ("6825798.0", ("GB-COH-06825798",)),
        ("82932", ("GB-COH-00082932",)),
        ("NI27394", ("GB-COH-NI027394",)),
        ("ni 027394", ("GB-COH-NI027394",)),
        ("SC022223", ("GB-COH-SC022223",)),
        ("RC000631", ("GB-COH-RC000631",)),
        ("CIO1163977", ("GB-CHC-1163977",)),
        ("GB 945680393", ("vat:GB945680393",)),
        *(
            (text, ())
            for text in ("", "0", "00000000", "99999999", "12345678", "1", "DST017", "BIS084", "n/a")
        ),
    ],
)
def test_company_numbers(text, expected):
    assert company(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GB-CHC-1109305", ("GB-CHC-1109305",)),
        ("gb-coh-82932", ("GB-COH-00082932",)),
        ("GB-NIC-100514", ("GB-NIC-100514",)),
        ("GB-SC-SC038213", ("GB-SC-SC038213",)),
        ("GB-EDU-133871", ("GB-EDU-133871",)),
        ("GB-COH-unknown", ()),
        ("GB 108260441", ("vat:GB108260441",)),
        ("GB108260442", ()),  # check digits
        ("GB9217153620", ()),
        ("IP25241R", ("GB-COH-IP25241R",)),
        *(
            (text, ())
            for text in ("4018569", "1109305", "SC022223", "E5104X", "YOT001", "DfT_BS2", "NOR", "")
        ),
    ],
)
def test_only_identifiers_that_say_whose_they_are_count(text, expected):
    assert identifier(text) == expected


@given(st.integers(1_000_000, 1_299_999).filter(lambda n: len(set(str(n))) > 1))
def test_a_charity_number_is_read_alike_from_its_column_and_from_an_identifier(number):
    assert charity(str(number)) == identifier(f"GB-CHC-{number}") == (f"GB-CHC-{number}",)


@given(st.text(max_size=12))
def test_any_text_gives_identifiers_or_nothing(text):
    for read in (charity, company, identifier):
        assert all("-" in found or found.startswith("vat:") for found in read(text))
