"""360Giving JSON, flattened."""

from __future__ import annotations

import json

import pytest

from pfpp_utils.data.awards import columns, readings, threesixty
from pfpp_utils.errors import InputError

GRANT = {
    "id": "360G-x-1",
    "title": "Repairs",
    "description": "Of a roof, up to Â£500",
    "currency": "GBP",
    "amountAwarded": 3239.340,
    "awardDate": "05/06/2014",
    "recipientOrganization": [
        {"id": "GB-CHC-1", "name": "Trust", "charityNumber": "1", "addressLocality": "Leeds"}
    ],
    "fundingOrganization": [{"id": "GB-CHC-2", "name": "Funder"}],
    "beneficiaryLocation": [{"name": "Leeds", "geoCode": "E08000035"}, {"name": "York", "latitude": 53.9}],
    "extra": None,
}


def read(folder, content):
    path = folder / "t.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    (body,) = readings.read(path).bodies
    return body


@pytest.mark.parametrize("wrap", [lambda grants: {"grants": grants, "version": "1.4"}, lambda grants: grants])
def test_packages_and_lists_end_in_canonical_columns(tmp_path, wrap):
    body = read(tmp_path, wrap([GRANT, GRANT | {"id": "360G-x-2"}]))
    assert list(body.cells.columns) == list(columns.CANONICAL)
    row = body.cells.iloc[0]
    assert (row["Identifier"], row["Amount Awarded"], row["Award Date"]) == (
        "360G-x-1",
        "3239.34",
        "05/06/2014",
    )
    assert (row["Recipient Org:Name"], row["Recipient Org:City"]) == ("Trust", "Leeds")
    assert row["Beneficiary Location:Name"] == "Leeds; York"
    assert (row["file"], row["sheet"]) == ("t.json", "")
    assert body.cells["row"].tolist() == [1, 2]
    assert (body.layout.name, body.header_row, body.rows) == ("threesixtygiving", 0, 2)


def test_what_is_not_taken_is_named(tmp_path):
    body = read(tmp_path, [GRANT])
    assert body.unused == ("beneficiaryLocation.latitude",)
    assert "Grant Programme:Title" in body.lacking
    assert body.columns["Recipient Org:City"] == "recipientOrganization.addressLocality"


def test_double_encoded_text_is_mended_and_listed(tmp_path):
    body = read(tmp_path, [GRANT])
    assert body.cells.loc[0, "Description"] == "Of a roof, up to £500"
    assert body.repaired[["row", "column"]].to_records(index=False).tolist() == [(1, "Description")]


def test_amounts_are_exact_as_written(tmp_path):
    text = json.dumps([GRANT]).replace("3239.34", "12345678901234567890.10")
    assert read(tmp_path, text).cells.loc[0, "Amount Awarded"] == "12345678901234567890.10"


def test_a_person_has_no_name(tmp_path):
    person = {key: value for key, value in GRANT.items() if key != "recipientOrganization"}
    body = read(tmp_path, [person | {"recipientIndividual": {"id": "360G-x-p1", "name": "A Person"}}])
    row = body.cells.iloc[0]
    assert row["Recipient Org:Type"] == "Individual"
    assert "A Person" not in row.dropna().tolist()
    assert "recipientIndividual.name" in body.unused


def test_what_grantnav_adds_from_the_postcode_is_second_to_the_publishers_own(tmp_path):
    added = GRANT | {"additional_data": {"recipientDistrictGeoCode": "E07000001"}}
    own = {**GRANT["recipientOrganization"][0], "location": [{"geoCode": "E08000035"}]}
    body = read(tmp_path, [added, added | {"recipientOrganization": [own]}])
    assert body.cells["Recipient Org:Location:Geographic Code"].tolist() == ["E07000001", "E08000035"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ('{"grants": [', "not JSON"),
        ('[{"id": NaN}]', "not JSON"),
        ('{"grants": []}', "no grants"),
        ('{"features": []}', "no grants"),
        ('{"grants": {"id": 1}}', "no grants"),
        ("[1, 2]", "not a grant"),
        ('[{"id": "1", "amount": 5}]', "not the 360Giving standard"),
        ("[" * 100_000, "nested too deeply"),
        (json.dumps([GRANT | {"x": json.loads("[" * 50 + '"y"' + "]" * 50)}]), "nested too deeply"),
    ],
)
def test_what_is_no_such_json_says_so(tmp_path, content, what):
    with pytest.raises(InputError, match=what) as caught:
        read(tmp_path, content)
    assert "t.json" in caught.value.where


@pytest.mark.parametrize(
    ("grant", "found", "where"),
    [
        (5, "5", "t.json, grant 2 of 3"),
        ({**GRANT, "x": {"y": {"z": {"a": 1}}}}, "x.y.z.a", "t.json, grant 2"),
    ],
)
def test_the_position_of_a_bad_grant_is_said(tmp_path, monkeypatch, grant, found, where):
    monkeypatch.setattr(threesixty, "DEEPEST", 3)
    with pytest.raises(InputError) as caught:
        read(tmp_path, [GRANT, grant, GRANT])
    assert (caught.value.where, caught.value.found) == (where, found)


def test_a_grant_without_what_the_standard_requires_is_listed_by_its_position(tmp_path):
    bare = {key: value for key, value in GRANT.items() if key not in {"amountAwarded", "fundingOrganization"}}
    body = read(tmp_path, [GRANT, bare, GRANT, bare | {"fundingOrganization": []}])
    assert body.notes == (
        "2 of 4 grants lack 'amountAwarded', which the standard requires: 2, 4",
        "2 of 4 grants lack 'fundingOrganization', which the standard requires: 2, 4",
    )


def test_json_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "t.json"
    path.write_bytes(json.dumps([GRANT | {"title": "café"}], ensure_ascii=False).encode("cp1252"))
    with pytest.raises(InputError, match="not JSON"):
        readings.read(path)


def test_huge_json_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(threesixty, "LARGEST", 10)
    with pytest.raises(InputError, match="too large"):
        read(tmp_path, [GRANT])


def test_a_real_export_is_read_whole(external):
    (body,) = readings.read(external / "360giving/grantnav-sample-power-to-change.json").bodies
    assert body.rows == 870
    assert body.cells[["Identifier", "Amount Awarded", "Recipient Org:Name"]].notna().all().all()
