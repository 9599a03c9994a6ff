"""Recipients of real awards matched into organisations: the figures that the book shows."""

import json

import pandas as pd
import pytest

from pfpp_utils.methods.organisations import match

RECIPIENT = {
    "Name": "recipient_name",
    "Charity Number": "charity_number",
    "Company Number": "company_number",
    "Identifier": "recipient_identifier",
    "Postal Code": "postcode",
}


@pytest.fixture(scope="module")
def register(external):
    path = external / "register/government-grant-awards-2016-17.xlsx"
    sheet = pd.read_excel(path, dtype="string")
    columns = {f"Recipient Org:{name}": column for name, column in RECIPIENT.items()}
    awards = sheet[list(columns)].rename(columns=columns)
    return awards.assign(file=path.name, amount_gbp=sheet["Amount Awarded"].astype(float))


@pytest.fixture(scope="module")
def matched(register):
    return match(register)


def test_names_and_organisations(register, matched):
    assert (len(register), register["recipient_name"].nunique(), len(matched.organisations)) == (
        3351,
        2028,
        2013,
    )
    assert matched.organisations["value_gbp"].sum() == 3_920_986_733
    assert matched.awards["recipient"].notna().all()


def test_ways_of_matching(register, matched):
    ways = matched.ways.set_index("matched_by")["awards"].to_dict()
    assert register[["charity_number", "company_number"]].notna().any(axis=1).sum() == 792
    assert ways == {
        "number": 785, "identifier": 766, "name": 1797, "similar name": 3, "decision": 0, "not named": 0,
    }  # fmt: skip


def test_no_two_spellings_are_joined_that_are_two_organisations(matched):
    """All organisations with several spellings, each read by a person: 15 of 15 are one organisation."""
    several = matched.organisations.query("spellings > 1")
    assert len(several) == 15
    joined = set(several["names"])
    assert "Merseytravel | Mersey Travel" in joined
    assert "Manchester Metrolpolitan University | Manchester Metropolitan University" in joined


def test_transport_for_london_is_one_organisation_at_two_postcodes(register, matched):
    mine = matched.awards["recipient"].eq("name:transport for london")
    assert register.loc[mine, "postcode"].nunique() == 2
    assert mine.sum() == 8


def test_traps_are_kept_apart(matched):
    ids = matched.awards.drop_duplicates("organisation").set_index("organisation")["recipient"]
    for one, other in [
        ("Community Transport Newcastle", "NEWCASTLE COMMUNITY TRANSPORT"),
        ("HARLOW COMMUNITY TRANSPORT", "Harrow Community Transport"),
        ("AGE UK", "AGE UK YORK"),
        ("Derbyshire PCC", "Derbyshire Police"),
    ]:
        assert ids[one] != ids[other]


def test_a_file_in_the_360giving_standard(external):
    path = external / "360giving/grantnav-sample-power-to-change.json"
    grants = json.loads(path.read_text())["grants"]
    recipients = pd.DataFrame([grant["recipientOrganization"][0] for grant in grants])
    names = {"id": "recipient_identifier", "name": "recipient_name", "postalCode": "postcode"}
    more = {"charityNumber": "charity_number", "companyNumber": "company_number"}
    awards = recipients.rename(columns=names | more).assign(
        amount_gbp=[grant["amountAwarded"] for grant in grants], file=path.name
    )
    found = match(awards)
    counted = (len(awards), awards["recipient_name"].nunique(), len(found.organisations))
    assert counted == (870, 720, 703)
    assert found.ways.set_index("matched_by")["awards"].to_dict()["number"] == 776
    assert found.review["reason"].value_counts().to_dict() == {
        "one number, different names": 10,
        "one name, several numbers": 3,
        "alike, but not enough": 1,
    }
