"""Recipients matched into organisations: what joins, what is kept apart, what is listed for review."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods.organisations import match

COLUMNS = ["recipient_name", "charity_number", "company_number", "recipient_identifier", "postcode", "file"]


def awards(*rows, **more):
    """Awards of a pound each: name, then charity and company number, identifier, postcode, file."""
    padded = [(*row, *[None] * (len(COLUMNS) - len(row))) for row in rows]
    return pd.DataFrame(padded, columns=COLUMNS, dtype="string").assign(amount_gbp=1.0, **more)


def groups(found):
    """Positions of the awards of each organisation."""
    return sorted(sorted(rows) for rows in found.awards.groupby("recipient").indices.values())


def partition(found):
    return {frozenset(rows) for rows in found.awards.groupby("recipient").groups.values()}


def reasons(found):
    return found.review["reason"].tolist()


def test_a_charity_number_joins_names_that_agree():
    found = match(
        awards(
            ("Meadow Well Connected", "1070839"),
            ("Meadow Well Connected Centre", "1070839"),
            ("Meadow Well", "01070839"),
        )
    )
    assert found.awards["recipient"].unique().tolist() == ["GB-CHC-1070839"]
    assert set(found.awards["matched_by"]) == {"number"}


def test_initials_agree_with_the_name():
    found = match(awards(("RCJA", "1070839"), ("Royal Courts of Justice Advice", "1070839")))
    assert found.awards["recipient"].nunique() == 1


def test_a_number_shared_by_different_names_joins_nothing_and_is_nobodys_id():
    found = match(awards(("Gardens for All", None, "5135926"), ("OrganicLea Ltd", None, "05135926")))
    assert found.awards["recipient"].tolist() == ["name:gardens for all", "name:organiclea"]
    assert set(found.awards["matched_by"]) == {"name"}
    assert reasons(found) == ["one number, different names"]


@pytest.mark.parametrize("number", ["0", "N/A", "99999999", "00000000", "unknown", "TBC", "n/a"])
def test_placeholder_numbers_join_nothing(number):
    found = match(awards(("Kent Alpha", number, number, number), ("Kent Beta", number, number, number)))
    assert found.awards["recipient"].nunique() == 2
    assert not len(found.review)


def test_a_charity_number_in_both_columns_is_a_charity_number():
    found = match(awards(("Food Matters", "1126120", "1126120"), ("Food Matters", "1126120", "4123456")))
    assert found.awards["recipient"].unique().tolist() == ["GB-CHC-1126120"]


def test_a_name_joins_what_has_no_number_to_what_has_one():
    found = match(awards(("Clinks", "1074546"), ("CLINKS LTD",), ("Clinks", None, "03562176")))
    assert found.awards["recipient"].unique().tolist() == ["GB-CHC-1074546"]
    assert found.awards["matched_by"].tolist() == ["number", "name", "number"]
    assert found.organisations["names"].tolist() == ["Clinks | CLINKS LTD"]


def test_one_name_with_contradicting_numbers_stays_apart():
    found = match(awards(("Safeline", "1070854"), ("Safeline", "1126120"), ("Safeline",), ("SAFELINE",)))
    assert groups(found) == [[0], [1], [2, 3]]
    assert reasons(found) == ["one name, several numbers"] * 2


def test_a_charity_and_a_company_of_one_name_in_different_areas_stay_apart():
    rows = (
        ("Breathing Space", "1070854", None, None, "CF10 1AA"),
        ("Breathing Space", None, "9301671", None, "DL6 1EG"),
    )
    assert groups(match(awards(*rows))) == [[0], [1]]
    assert groups(match(awards(rows[0], (*rows[1][:4], "CF11 2BB")))) == [[0, 1]]


def test_a_common_name_joins_at_one_postcode_only():
    church = "St Mary's Church"
    found = match(
        awards(
            (church, None, None, None, "N1 2AB"),
            ("ST MARYS CHURCH", None, None, None, "n1 2ab"),
            (church, None, None, None, "CV1 3CD"),
            (church,),
        )
    )
    assert groups(found) == [[0, 1], [2], [3]]
    assert found.awards["recipient"].tolist()[::2] == [
        "name:st marys church, N1 2AB",
        "name:st marys church, CV1 3CD",
    ]
    assert set(reasons(found)) == {"one common name, several places"}


def test_placeholder_postcodes_are_no_place():
    found = match(awards(("St Mary's Church", None, None, None, "AA1 1AA"), ("St Mary's Church",)))
    assert found.awards["recipient"].nunique() == 1


def test_a_publishers_own_identifier_joins_within_its_file_only():
    same = (
        ("Manor Transport", None, None, "GGIS_ID_1", None, "a"),
        ("Manor Transport Group", None, None, "GGIS_ID_1", None, "a"),
    )
    assert groups(match(awards(*same))) == [[0, 1]]
    assert match(awards(*same)).awards["matched_by"].tolist() == ["identifier", "identifier"]
    other = (*same[1][:5], "b")
    assert groups(match(awards(same[0], other))) == [[0], [1]]


def test_a_vat_number_joins_and_is_called_identifier():
    rows = (
        ("Manchester Metropolitan University", None, None, "GB 108260441"),
        ("Manchester Met", None, None, "GB108260441"),
    )
    found = match(awards(*rows))
    assert found.awards["recipient"].unique().tolist() == ["vat:GB108260441"]
    assert set(found.awards["matched_by"]) == {"identifier"}


SLIP = [("Manchester Metropolitan University",), ("Manchester Metrolpolitan University",)]
OTHERS = [(f"{place} University",) for place in ("Kent", "Essex", "Leeds", "York", "Durham", "Warwick")]


def test_a_slip_of_the_pen_is_joined():
    found = match(awards(*SLIP, SLIP[0], *OTHERS))
    assert groups(found)[0] == [0, 1, 2]
    assert found.awards["matched_by"].tolist()[:3] == ["name", "similar name", "name"]
    assert found.awards["recipient"][1] == "name:manchester metropolitan university"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ([("1070854",), ("1126120",)], "alike, different numbers"),
        ([(None, None, None, "M15 6BH"), (None, None, None, "SO17 1BJ")], "alike, different postcode areas"),
    ],
)
def test_a_slip_with_evidence_against_it_is_listed(more, reason):
    found = match(awards(*[(*name, *rest) for name, rest in zip(SLIP, more, strict=True)], *OTHERS))
    assert groups(found)[:2] == [[0], [1]]
    assert reasons(found) == [reason]


def test_a_chain_whose_ends_are_not_alike_is_not_joined():
    names = ["Metropolitan Transportation", "Metropolitan Transportaation", "Metropolitan Transpportaation"]
    chain = [*names, "Metropolitan Trranspportaation"]
    found = match(awards(*[(name,) for name in chain], *OTHERS))
    assert found.awards["recipient"].nunique() == len(chain) + len(OTHERS)
    assert "a chain of likenesses" in reasons(found)
    assert groups(match(awards(*[(name,) for name in names[:2]], *OTHERS)))[0] == [0, 1]


def test_the_unnamed_are_no_organisation():
    names = ["Redacted", "redacted", "Individual 1", "", None, "N/A"]
    found = match(awards(*[(name, "1070854") for name in names]))
    assert found.awards[["recipient", "organisation"]].isna().all(axis=None)
    assert set(found.awards["matched_by"]) == {"not named"}
    assert not len(found.organisations)
    assert not len(found.review)


def test_decisions_overrule_the_method():
    rows = awards(("Harlow Transport",), ("Harlow Community Transport",), *SLIP, *OTHERS)
    decisions = pd.DataFrame(
        [
            ("Harlow Transport Ltd", "HARLOW COMMUNITY TRANSPORT", "same"),
            (SLIP[0][0], SLIP[1][0], "different"),
        ],
        columns=["name_a", "name_b", "decision"],
    )
    found = match(rows, decisions)
    assert groups(found)[:3] == [[0, 1], [2], [3]]
    assert sorted(found.awards["matched_by"][:2]) == ["decision", "name"]
    assert not len(found.review)


def test_a_decision_on_one_name_joins_all_that_bear_it():
    rows = awards(("Safeline", "1070854"), ("Safeline", "1126120"))
    found = match(
        rows, pd.DataFrame([("Safeline", "Safeline", "same")], columns=["name_a", "name_b", "decision"])
    )
    assert found.awards["recipient"].unique().tolist() == ["GB-CHC-1070854"]
    assert not len(found.review)


def test_decisions_that_contradict_each_other_are_refused():
    rows = awards(("Alpha Kent",), ("Beta Kent",), ("Gamma Kent",))
    pairs = [("Alpha Kent", "Beta Kent", "same"), ("Beta Kent", "Gamma Kent", "same")]
    wrong = [*pairs, ("Alpha Kent", "Gamma Kent", "different")]
    with pytest.raises(InputError, match="kept apart"):
        match(rows, pd.DataFrame(wrong, columns=["name_a", "name_b", "decision"]))


@pytest.mark.parametrize(
    "row", [("a", "b", "maybe"), ("Clinks", "CLINKS LTD", "different"), ("a", "b", None)]
)
def test_a_decision_that_is_none_is_refused(row):
    with pytest.raises(InputError, match="not a decision"):
        match(awards(("Clinks",)), pd.DataFrame([row], columns=["name_a", "name_b", "decision"]))


def test_missing_columns_are_named():
    with pytest.raises(InputError) as caught:
        match(pd.DataFrame({"recipient_name": ["Clinks"]}))
    assert caught.value.allowed == "amount_gbp"


def test_no_awards_give_no_organisations():
    found = match(awards())
    assert (len(found.awards), len(found.organisations), len(found.review)) == (0, 0, 0)
    assert found.ways["awards"].sum() == 0


def test_the_ways_add_up_to_all_awards_and_pounds():
    rows = awards(("Clinks", "1074546"), ("CLINKS",), ("Redacted",)).assign(amount_gbp=[5.0, 2.5, -1.0])
    ways = match(rows).ways.set_index("matched_by")
    assert ways["awards"].to_dict() == {
        "number": 1, "identifier": 0, "name": 1, "similar name": 0, "decision": 0, "not named": 1,
    }  # fmt: skip
    assert ways["value_gbp"].sum() == 6.5
    assert ways["share_of_awards"].sum() == pytest.approx(1)


NAMES = [
    "Clinks", "CLINKS LTD", "Clinks Kent", "St Mary's Church", "Saint Marys Church", "Redacted", "",
    *(name for (name,) in SLIP), "Kent County Council", "Leeds City Council", "Leeds Council", "RCJA",
    "Royal Courts of Justice Advice",
]  # fmt: skip
row = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from([None, None, "1074546", "1126120", "0"]),
    st.sampled_from([None, None, "6825798", "1126120", "99999999"]),
    st.sampled_from([None, "GGIS_ID_1", "GB108260441", "4018569"]),
    st.sampled_from([None, "N1 2AB", "CV1 3CD", "AA1 1AA"]),
    st.sampled_from(["a", "b"]),
)


@settings(max_examples=40)
@given(st.lists(row, max_size=14), st.randoms(use_true_random=False))
def test_order_changes_nothing(rows, random):
    table = awards(*rows)
    shuffled = table.loc[random.sample(list(table.index), len(table))]
    one, other = match(table), match(shuffled)
    pd.testing.assert_frame_equal(one.awards, other.awards.sort_index())
    pd.testing.assert_frame_equal(one.organisations, other.organisations)
    pd.testing.assert_frame_equal(one.review, other.review)
    pd.testing.assert_frame_equal(one.ways, other.ways)


@settings(max_examples=40)
@given(st.lists(row, max_size=14))
def test_awards_keep_their_rows_and_ids_are_one_to_an_organisation(rows):
    table = awards(*rows)
    found = match(table)
    assert list(found.awards.index) == list(table.index)
    assert found.awards["recipient"].isna().tolist() == found.awards["matched_by"].eq("not named").tolist()
    assert found.organisations["recipient"].is_unique
    assert set(found.awards["recipient"].dropna()) == set(found.organisations["recipient"])
    assert found.organisations["awards"].sum() == found.awards["recipient"].notna().sum()
    assert found.ways["awards"].sum() == len(table)


@settings(max_examples=40)
@given(st.lists(row, min_size=1, max_size=12), row)
def test_one_more_award_never_splits_what_a_number_joined(rows, extra):
    named = [(name, "1074546", None, None, None, None) for name, *_ in rows]
    before = match(awards(*named))
    after = match(awards(*named, (extra[0], "1182345", *extra[2:])))
    for group in partition(before):
        assert after.awards["recipient"][list(group)].nunique() == 1


@settings(max_examples=40)
@given(st.lists(row, min_size=1, max_size=12))
def test_awards_of_one_charity_number_and_agreeing_names_are_one(rows):
    known = {"Clinks", "CLINKS LTD", "Clinks Kent"}
    table = awards(*rows)
    found = match(table).awards["recipient"]
    mine = table["recipient_name"].isin(known) & table["charity_number"].eq("1074546")
    assert found[mine.fillna(False)].nunique() <= 1
