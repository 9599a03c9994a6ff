"""Keys of names: what they drop, what they keep; names that name nobody."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.methods.organisation_names import is_common, key, names_nobody

SAME = [
    ("Clinks", "CLINKS", "Clinks Ltd.", "clinks limited", "The Clinks CIC", "  Clinks  "),
    ("HM Revenue & Customs", "HM REVENUE AND CUSTOMS"),
    ("St. Mary's Trust", "Saint Mary\u2019s Trust", "ST MARYS TRUST"),
    ("Brighton Energy Co-op", "Brighton Energy Co-operative", "Brighton Energy Cooperative Limited"),
    ("Théâtre Sans Frontières", "Theatre sans Frontieres"),
    (
        "Wakefield Council",
        "City of Wakefield Council",
        "Wakefield Metropolitan District Council",
        "WAKEFIELD MDC",
    ),
    ("London Borough of Harrow", "Harrow Council", "HARROW COUNCIL LONDON", "LB Harrow"),
    ("Royal Borough of Windsor and Maidenhead", "WINDSOR & MAIDENHEAD BOROUGH COUNCIL."),
    ("West Midlands Travel Limited", "WEST MIDLANDS TRAVEL LTD t/a National Express", "West Midlands Travel"),
    ("York NHS Foundation Trust", "York NHSFT", "York NHS FT", "York NHS Trust"),
    ("KINGSWOOD TRANSPORT (DIESEL)", "Kingswood Transport (Petrol)", "Kingswood Transport - Diesel"),
    ("Portsmouth Area Rape Crisis Service (PARCS)", "Portsmouth Area Rape Crisis Service"),
]
DIFFERENT = [
    ("Newcastle City Council", "Newcastle Borough Council"),
    ("Durham County Council", "Durham City Council"),
    ("Hartfield Parish Council", "Hartfield Council"),
    ("City of London Police", "City of London"),
    ("MS Society - Brent Branch", "MS Society"),
    ("Community Transport (Swadlincote)", "Community Transport"),
    ("Leicester City Council", "Leicestershire County Council"),
    ("Limited Editions", "Editions"),
]
NOBODY = [
    "", "   ", "-", "n/a", "N/A", "NA", "None", "redacted", "REDACTED", "[Redacted]",
    "Redacted - personal data",
    "Individual", "Individual 12", "individuals", "Private individual", "Name withheld", "unknown",
    "Not known", "TBC", "various", "Various recipients", "Anonymous", "0", "000", "123456", "Placeholder",
    "Recipient 3",
]  # fmt: skip
SOMEBODY = [
    "1927",
    "Anonymous Theatre Company",
    "Redacted Records Ltd",
    "Private Parts CIC",
    "Who?",
    "Individual Care",
]


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_forms_of_one_name_have_one_key(names):
    assert len({key(name) for name in names}) == 1


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_tells_names_apart_stays_in_the_key(one, other):
    assert key(one) != key(other)


@pytest.mark.parametrize("name", NOBODY)
def test_names_of_nobody(name):
    assert names_nobody(name)


@pytest.mark.parametrize("name", SOMEBODY)
def test_names_of_somebody(name):
    assert not names_nobody(name)


@given(st.text(alphabet=string.ascii_letters + string.digits + " .,&'()-/", max_size=40))
def test_key_has_no_letter_case_and_only_words(name):
    found = key(name)
    assert found == key(name.upper())
    assert found == " ".join(found.split())
    assert set(found) <= set(string.ascii_lowercase + string.digits + " ")


def test_a_common_name_is_one_without_any_other_word():
    assert is_common(key("The Village Hall"))
    assert is_common(key("All Saints Primary School"))
    assert not is_common(key("Chilham Village Hall"))
