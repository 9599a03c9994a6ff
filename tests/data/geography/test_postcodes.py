"""Postcodes: how people write them, what is wrong with them, and where they lie."""

import gzip

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_gazetteer import POSTCODES

from pfpp_utils.data.geography.postcodes import Postcodes, normalise
from pfpp_utils.errors import InputError

LIVE = Postcodes.of(POSTCODES)


def one(text):
    return normalise(pd.Series([text], dtype="string")).iloc[0]


@pytest.mark.parametrize(
    ("text", "postcode", "repaired"),
    [
        ("SE1 8NJ", "SE1 8NJ", False),
        (" se18nj ", "SE1 8NJ", False),
        ("EC1A  1BB", "EC1A 1BB", False),
        ("LS26 OUE", "LS26 0UE", True),
        ("1 South Place, London EC2M 2RB", "EC2M 2RB", True),
    ],
)
def test_usual_form(text, postcode, repaired):
    found = one(text)
    assert (found["postcode"], found["repaired"]) == (postcode, repaired)
    assert pd.isna(found["fault"])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        *[(None, "missing"), ("", "missing"), (" , ", "missing")],
        *[("AA1 1AA", "placeholder"), ("ZZ99 3WZ", "placeholder"), ("n/a", "placeholder")],
        *[("redacted", "redacted"), ("[REDACTED]", "redacted")],
        *[
            ("Pontypridd", "malformed"),
            ("EC2M", "malformed"),
            ("BD10 8D", "malformed"),
            ("CW7 2FO", "malformed"),
        ],
        ("W1A 1AA or E1 6AN", "malformed"),
    ],
)
def test_faults(text, fault):
    found = one(text)
    assert found["fault"] == fault
    assert pd.isna(found["postcode"])
    assert not found["repaired"]


@pytest.mark.parametrize("text", ["BT9 5NF", "JE2 3AB", "GY1 1AA", "IM1 1AA", "BFPO 57"])
def test_postcodes_outside_great_britain(text):
    assert one(text)["fault"] == "outside Great Britain"


@given(st.from_regex(r"[A-PR-UWYZ][A-HK-Y]?[1-9][0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}", fullmatch=True))
def test_normalising_twice_is_normalising_once(text):
    once = one(text)["postcode"]
    assert pd.isna(once) or one(once)["postcode"] == once


@given(st.text(max_size=12))
def test_every_text_has_a_postcode_or_a_fault(text):
    found = one(text)
    assert pd.notna(found["postcode"]) or pd.notna(found["fault"])


def test_authority_of_a_live_postcode_and_of_no_other():
    found = LIVE.authority(pd.Series(["SE1 8NJ", "SE1 8ZZ", None], index=[5, 6, 7], dtype="string"))
    assert found.fillna("").to_dict() == {5: "E09000028", 6: "", 7: ""}


def test_a_sector_places_only_where_all_of_it_lies_in_one_authority():
    found = LIVE.sector_authority(pd.Series(["E8 1ZZ", "SE1 8ZZ", "E8 2ZZ"], dtype="string"))
    assert found.fillna("").tolist() == ["E09000012", "E09000028", ""]
    split = pd.concat([POSTCODES, pd.DataFrame({"pc": ["E81EC"], "ltla21_code": ["E09000028"]})])
    assert Postcodes.of(split).sector_authority(pd.Series(["E8 1ZZ"], dtype="string")).isna().all()


def test_a_compressed_file_is_read(tmp_path):
    path = tmp_path / "postcodes.csv.gz"
    path.write_bytes(gzip.compress(POSTCODES.to_csv(index=False).encode()))
    found = Postcodes.read(path).authority(pd.Series(["E8 1EA"], dtype="string"))
    assert found.tolist() == ["E09000012"]


def test_a_file_without_the_columns_is_refused(tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("postcode,council\nE8 1EA,Hackney\n")
    with pytest.raises(InputError, match="not a table of postcodes") as caught:
        Postcodes.read(path)
    assert "ltla21_code" in str(caught.value)
