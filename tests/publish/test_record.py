"""What made the book: fingerprints that follow the files, and a page that lists them."""

from __future__ import annotations

import re
from importlib import metadata

from pfpp_utils.publish import plan, record


def test_a_fingerprint_is_that_of_the_content(tmp_path):
    for name, text in (("a", "one"), ("b", "two"), ("c", "one")):
        (tmp_path / name).write_text(text)
    first, second, third = (tmp_path / name for name in "abc")
    assert record.digest([first]) == record.digest([third]) == "7692c3ad3540"  # sha256sum of "one"
    assert record.digest([first, second]) != record.digest([second, first])


def test_the_foot_names_version_and_data(small_project):
    version = metadata.version("pfpp-utils")
    made = f"Made by pfpp-utils {version} from data package 1.2.3 ({record.data_digest()})."
    assert record.line() == made


def test_the_data_fingerprint_follows_every_table_and_the_schemas(small_project):
    seen = {record.data_digest()}
    for path in ("tables/pilots.csv", "tables/reach.csv", "datapackage.json"):
        with (small_project / "data" / path).open("a") as file:
            file.write("\n")
        seen.add(record.data_digest())
    assert len(seen) == 4


def test_the_page_lists_every_run_and_the_versions(executed_project):
    text = record.markdown(plan.load())
    source = record.digest([executed_project / "notebooks/place.ipynb"])
    for name in ("north", "south"):
        row = rf"\| \[place-{name}\]\(place-{name}\) \| place \| place \\= {name} \| {source} \| (\d+\.\d) \|"
        assert float(re.search(row, text).group(1)) > 0
    assert f"| pandas | {metadata.version('pandas')} |" in text
    assert record.line() in text
