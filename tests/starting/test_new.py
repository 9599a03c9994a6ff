"""A project for another programme, made and built as a local analyst would, in an empty home."""

from __future__ import annotations

import json
import math
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import analyst
import pandas as pd
import pytest
import yaml
from book.crawl import lost
from click.testing import CliRunner
from conftest import files

from pfpp_utils import project
from pfpp_utils.cli import main
from pfpp_utils.data import places, tables
from pfpp_utils.publish import plan, records

#: What would show that a page was made for the programme that this repository is about.
TRACES = re.compile(
    r"PfPP|Partnerships for People|Localis|DLUHC|Levelling Up|Ipsos|13 (?:pilot )?places|[Pp]ilots?\b|"
    r"Birmingham|Bradford|Cornwall|Durham|East Sussex|Hackney|Liverpool|Luton|Newcastle|Northumberland|"
    r"Southwark|Sunderland|Wakefield|[Ee]valuation report|WELLBYs? implied|Table [0-9]+ of the report"
)
TEXTS = {".html", ".md", ".csv", ".yml", ".json", ".ipynb", ".css", ".js", ".svg", ".txt", ".inv"}
#: Files of the book builder and of libraries, which name places of their own.
STRANGERS = {"plotly.min.js", "searchindex.js"}


def pfpp(*words: object) -> tuple[int, str, str]:
    before = os.environ.get("PFPP_PROJECT")
    try:
        result = CliRunner().invoke(main, [str(word) for word in words])
    finally:
        os.environ.pop("PFPP_PROJECT", None)
        os.environ.update({"PFPP_PROJECT": before} if before else {})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    analyst.grants(folder)
    analyst.costs(folder)
    return folder


@pytest.fixture(scope="module")
def typed(desk, tmp_path_factory):
    """Type the first command, then the two that it says come next, in an empty home; what each said."""
    home = tmp_path_factory.mktemp("home")
    kept = ("PATH", "LANG", "TMPDIR", "LD_LIBRARY_PATH")
    clean = {"HOME": str(home), "COLUMNS": "200"} | {
        name: os.environ[name] for name in kept if name in os.environ
    }
    given = [str(Path(sys.executable).with_name("pfpp")), *analyst.command(Path("warm"), desk)]
    said = []
    for _ in range(3):
        ran = subprocess.run(given, cwd=desk, env=clean, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        said.append(ran.stdout)
        _, _, after = said[0].partition("Next:\n")
        given = shlex.split(after.splitlines()[min(len(said), 2) - 1])
        given[0] = str(Path(sys.executable).with_name("pfpp"))
    return said


@pytest.fixture
def made(typed, desk, monkeypatch):
    """The built project, as the one at hand; not to be changed."""
    monkeypatch.setenv("PFPP_PROJECT", str(desk / "warm"))
    return desk / "warm"


@pytest.fixture
def own(typed, desk, tmp_path, monkeypatch):
    """The project before its book was built, which a test may change."""
    shutil.copytree(desk / "warm", tmp_path / "own", ignore=shutil.ignore_patterns("_build"))
    monkeypatch.setenv("PFPP_PROJECT", str(tmp_path / "own"))
    return tmp_path / "own"


def download(project_folder, page, name):
    (path,) = (project_folder / "_build/book/_static/downloads" / page).glob(f"*-{name}.csv")
    return pd.read_csv(path)


def test_three_commands_lead_from_two_files_to_a_book(typed, made):
    told, checked, built = typed
    assert "'Amount (£)' is Amount Awarded" in told
    assert "amounts are in pounds" in told
    assert f"Placed in your places: {3 * analyst.EACH}." in told
    assert "Otherham" in told
    assert "sound" in checked
    assert "Book built" in built
    pages = plan.load()
    assert all((made / "_build/book" / f"{page.name}.html").is_file() for page in plan.every(pages))


def test_its_book_has_every_file_that_its_pages_load(made):
    assert lost(made / "_build/book") == []
    told = yaml.safe_load((made / "_config.yml").read_text(encoding="utf-8"))["sphinx"]["config"]
    named = {*told["html_js_files"], *told["html_css_files"]}
    assert {path.name for path in (made / "book/_static").iterdir()} == named
    for path in (made / "_build/book").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        loaded = set(re.findall(r'(?:src|href)="_static/([\w.-]+\.(?:js|css))', text))
        assert path.name == "index.html" or loaded >= {*named, "access.js", "access.css", "print.css"}, (
            path.name
        )


def test_nothing_in_project_or_book_speaks_of_the_programme_it_was_made_from(made):
    read = [
        path
        for path in made.rglob("*")
        if path.suffix in TEXTS and path.name not in STRANGERS and not set(path.parts) & {"sphinx", "ipython"}
    ]
    assert len(read) > 100
    assert {path.suffix for path in read} >= {".html", ".csv", ".yml", ".md"}
    found = [
        (str(path.relative_to(made)), trace[0])
        for path in read
        if "_static/vendor" not in str(path)
        for trace in [TRACES.search(path.read_text(encoding="utf-8", errors="replace"))]
        if trace
    ]
    assert found == []
    index = (made / "_build/book/searchindex.js").read_text(encoding="utf-8")
    words = {
        word for word in ("birmingham", "hackney", "wakefield", "pilot", "dluhc") if f'"{word}"' in index
    }
    assert words == set()


def test_the_pages_count_what_the_file_of_grants_holds(made):
    counts = download(made, "spend", "counts").set_index("Place")
    each = analyst.EACH
    assert counts["Awards"].to_dict() == {"All these": 3 * each, "Alder": 2 * each, "High Fell": each}
    raw = pd.read_csv(next((made / "data/grants").glob("*.csv")), skiprows=2, encoding="cp1252", dtype=str)
    raw = raw[raw["Ref"].notna()]
    gbp = raw["Amount (£)"].str.replace(r"[£,]", "", regex=True).astype(int)
    named = raw["Local authority"].str.contains("alder|high fell", case=False, na=False)
    assert counts["Value (GBP)"]["All these"] == gbp[named].sum()
    read = download(made, "spend", "read").set_index("What")["Rows"]
    assert read["Read"] == len(raw) + 1
    assert read["Measured"] == len(raw)
    lost = download(made, "spend", "unplaced").set_index("What the files say of where it is")["Awards"]
    assert lost.to_dict() == {"postcode ZZ4": 2 * each, "Otherham": each, "nothing says where": each}


def test_a_place_that_no_award_names_has_a_page_that_says_so(made):
    assert "No award is placed in Marsh End" in (made / "_build/book/spend-marsh.html").read_text()


def test_a_row_of_place_areas_places_what_was_not(own):
    from pfpp_utils.data.own import register

    with (own / "data/tables/place_areas.csv").open("a") as file:
        file.write(analyst.ADDED)
    assert (register.read().awards["place"] == "Marsh End").sum() == 2 * analyst.EACH


def test_breakeven_follows_from_the_table_of_costs_and_the_case_file(made):
    index = {2019: 81.1085, 2022: 90.5005, 2023: 96.2507}
    cost = 20_000.50 * index[2023] / index[2022] + 15_000 / 1.035
    value = 13_000 * 0.5 * index[2023] / index[2019] * (1 - 0.25) * (1 - 0.15)
    needed = download(made, "breakeven", "illustrative-needed").set_index("Place")
    assert needed["Must benefit"]["Alder"] == math.ceil(cost / value)
    assert needed["Reached"]["Alder"] == 500


def test_what_rests_on_examples_says_so_and_what_does_not_does_not(made):
    evidence, spend = ((made / f"_build/book/{page}.html").read_text() for page in ("evidence", "spend"))
    marked = re.compile(r"(?:Table|Figure) \d+\. Illustrative: ")
    assert len(marked.findall(evidence)) >= 3
    assert not marked.search(spend)
    assert (download(made, "evidence", "illustrative-lines")["Status"] == "ILLUSTRATIVE, not real data").all()


def test_the_front_page_answers_first_and_leads_to_every_place(made):
    front = (made / "_build/book/overview.html").read_text()
    asked = re.findall(r'"pfpp-card-asks">([^<]*)<', front)
    assert asked[0] == "What was tried, and what did it cost?"
    assert len(asked) == 5
    assert "£108,002 in 3 places." in front
    # example rows are no answers, whatever they add up to
    assert re.findall(r'"pfpp-card pfpp-card-(\w+)"', front) == ["firm", "open", "open", "open", "open"]
    for page in ("place-alder", "place-high-fell", "place-marsh"):
        assert f'<th scope="row"><a href="{page}.html">' in front
    assert download(made, "overview", "illustrative-places")["Place"].tolist() == [*analyst.PLACES.values()]
    assert not list((made / "_build/book/_static/figures/overview").glob("*map*"))  # no position is known


def test_the_rubric_rates_the_evidence(made):
    rated = download(made, "evidence", "illustrative-reasons").set_index(["Place", "Step"])["Rating"]
    assert rated["Alder"].tolist() == ["strong", "limited", "limited"]


def test_own_claims_are_settled_in_the_ledger(made):
    settled = records.load("pages").set_index("claim")
    assert settled["status"].to_dict() == {
        "places_of_the_programme": "reproduced",
        "people_who_benefited": "not_reproducible",
    }
    assert settled["page"]["places_of_the_programme"] == "spend"


def test_examples_are_named_until_they_are_replaced(own):
    named = pfpp("check")[1]
    assert "data/tables/results.csv, lines 2 to 7: examples" in named
    path = own / "data/tables/results.csv"
    path.write_text(path.read_text().replace(",true,own_notes", ",,own_notes"))
    case = own / "data/cases/alder.yml"
    case.write_text(case.read_text().replace('"Example assumptions for Alder"', "Alder, as agreed in May"))
    left = pfpp("check")[1]
    assert "results.csv" not in left
    assert "alder.yml" not in left
    assert "marsh.yml: example assumptions" in left


def test_the_project_is_the_one_that_the_command_is_typed_in(own, monkeypatch):
    monkeypatch.delenv("PFPP_PROJECT")
    monkeypatch.chdir(own / "data/tables")
    status, printed, _ = pfpp("plan")
    assert status == 0
    assert "place-high-fell" in printed


def refused(folder, *words):
    """Run the command, which must refuse and leave everything as it was."""
    before = files(folder)
    status, _, said = pfpp("new", *words)
    assert status == 2, said
    assert files(folder) == before
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
    return said


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("keep")
    said = refused(tmp_path, tmp_path / "mine", "--programme", "X", "--place", "Alder")
    assert "the folder is not free" in said
    assert "nothing is ever overwritten" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--place", "Alder"], "--programme"),
        (["--programme", "X"], "a programme without a place"),
        (["--programme", "X", "--place", "Al der=Alder"], "not a slug"),
        (["--programme", "X", "--place", "a=Alder", "--place", "b=Alder"], "two places of one name"),
        (["--programme", "X", "--place", "a=Alder", "--place", "a=Other"], "a place is given twice"),
        (["--programme", "X", "--place", "Alder", "--grants", "nowhere.csv"], "nowhere.csv"),
        (["--programme", "X", "--place", "Alder", "--mapping", "m.yml"], "a mapping without a file"),
        (["--programme", "  ", "--place", "Alder"], "not a name"),
    ],
)
def test_answers_that_cannot_be_used_are_refused(tmp_path, words, told):
    said = refused(tmp_path, tmp_path / "new", *words)
    assert told in said
    assert all(f"\n  {part}:" in said for part in ("where", "found", "allowed"))


COSTS = "place,what,year,amount_gbp\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (COSTS + "alder,Staff,2023-24,100\nnowhere,Staff,2023-24,1\n", "costs.csv, row 3"),
        (COSTS + "alder,Staff,sometime,100\n", "not a financial year"),
        (COSTS + "alder,Staff,2031-32,100\n", "a year whose prices are not known"),
        (COSTS + "alder,Staff,2023-24,lots\n", "not an amount"),
        (COSTS + "alder,Staff,2023-24,€100\n", "not an amount"),
        (COSTS + "Total,,,100\n", "a place without a cost"),
        ("a,b\n1,2\n", "not a table of costs"),
    ],
)
def test_costs_that_cannot_be_used_are_refused_with_their_row(tmp_path, text, told):
    (tmp_path / "costs.csv").write_text(text)
    words = ["--programme", "X", "--place", "alder=Alder", "--costs", tmp_path / "costs.csv"]
    assert told in refused(tmp_path, tmp_path / "new", *words)


def test_grants_without_an_amount_are_answered_with_how_a_mapping_says_it(tmp_path):
    (tmp_path / "grants.csv").write_text("Who,How much\nRiverside Arts,100\n")
    words = ["--programme", "X", "--place", "Alder", "--grants", tmp_path / "grants.csv"]
    said = refused(tmp_path, tmp_path / "new", *words)
    assert "['Who', 'How much']" in said
    assert "Amount Awarded: [HEADING]" in said
    mapping = tmp_path / "m.yml"
    mapping.write_text("columns:\n  Amount Awarded: [How much]\n  Recipient Org:Name: [Who]\nunit: pounds\n")
    status, printed, _ = pfpp("new", tmp_path / "new", *words[:6], "--mapping", mapping)
    assert status == 0
    assert "nothing says where" in printed


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Supplier;Amount;Area\nA;1.000,50;Alder\n", "1 rows: "),
        ("Supplier,Amount,Area\n", "no row below the headings"),
        ("Supplier,Amount,Amount,Area\nA,1,2,Alder\n", "two columns are the same"),
        ("", "the file is empty"),
    ],
)
def test_grants_that_hold_no_award_are_refused(tmp_path, text, told):
    (tmp_path / "grants.csv").write_text(text)
    words = ["--programme", "X", "--place", "Alder", "--grants", tmp_path / "grants.csv"]
    said = refused(tmp_path, tmp_path / "new", *words)
    assert told in said
    assert "grants.csv" in said or "Amount" in said


def test_answers_can_be_a_file(tmp_path, desk):
    (tmp_path / "a.yml").write_text(
        f"programme: 'Homes: warm'\nplaces: {json.dumps(analyst.PLACES)}\ncosts: costs.csv\nperiod: 2022-24\n"
    )
    shutil.copy(desk / "costs.csv", tmp_path)
    assert pfpp("new", tmp_path / "made", "--answers", tmp_path / "a.yml")[0] == 0
    os.environ["PFPP_PROJECT"] = str(tmp_path / "made")
    try:
        assert places.labels() == analyst.PLACES
        assert tables.package()["title"] == "Homes: warm, as data"
    finally:
        del os.environ["PFPP_PROJECT"]
    (tmp_path / "a.yml").write_text("programme: X\nplaces: {}\n")
    assert "a.yml, line 2" in refused(tmp_path, tmp_path / "other", "--answers", tmp_path / "a.yml")


def test_a_name_is_data_and_not_markup(tmp_path):
    name = 'A <b>& "C": {x} #1 *'
    status, _, said = pfpp("new", tmp_path / "made", "--programme", name, "--place", 'p=P "q": *s*')
    assert status == 0, said
    config, read_me = ((tmp_path / "made" / file).read_text() for file in ("_config.yml", "README.md"))
    assert json.dumps(name, ensure_ascii=False) in config
    assert "<b>" not in read_me.replace("\\<b\\>", "")


def test_costs_that_have_parted_from_a_case_file_are_named(own):
    path = own / "data/tables/costs.csv"
    path.write_text(path.read_text().replace("20000.5", "30000.5"))
    status, _, said = pfpp("check")
    assert status == 2
    assert "costs differ from table costs\n  where:   data/cases/alder.yml, costs" in said
    assert "costs of 2022-23: 30,000.50" in said


def test_a_file_that_is_gone_is_named_with_its_line(own):
    next((own / "data/grants").glob("*.csv")).unlink()
    status, _, said = pfpp("check")
    assert status == 2
    assert "data/programme.yml, line" in said


def test_no_award_in_any_place_is_answered_with_what_the_file_says(own):
    from pfpp_utils.data.own import register
    from pfpp_utils.errors import InputError

    (own / "data/tables/place_areas.csv").write_text("place,kind,value\nalder,authority,Elsewhere\n")
    with pytest.raises(InputError, match="no award belongs to any place") as caught:
        register.read()
    assert "Otherham" in caught.value.found
    assert "place_areas.csv" in caught.value.where


def test_a_claim_about_an_unknown_quantity_is_answered_with_those_that_are_known(own):
    from pfpp_utils.errors import InputError
    from pfpp_utils.publish.own import claims

    path = own / "data/tables/claims.csv"
    path.write_text(path.read_text().replace(",places,overview", ",villages,overview"))
    with pytest.raises(InputError, match="does not compute") as caught:
        claims.claims({"places": (3, "places"), "awards": (1, "awards")}, strand="spend")
    assert caught.value.found == "villages"
    assert "awards, places" in caught.value.allowed


def test_the_repository_itself_is_no_new_project():
    assert not tables.has("places")
    assert project.root() == project.CHECKOUT


def test_tables_without_a_row_make_pages_that_say_so(own):
    for name in (
        "results",
        "evidence_lines",
        "evidence_line_sources",
        "memberships",
        "claims",
        "policy_words",
    ):
        path = own / f"data/tables/{name}.csv"
        path.write_text(path.read_text().splitlines()[0] + "\n")
    path = own / "data/tables/places.csv"
    text = path.read_text().replace("alder,Alder,,,", "alder,Alder,,-1.5,54.25")
    path.write_text(text.replace("high_fell,High Fell,,,", "high_fell,High Fell,,-2.5,54.5"))
    names = ("evidence", "configurations", "place-alder", "reproduction-ledger", "overview")
    status, _, said = pfpp("run", *names)
    assert status == 0, said
    assert "no case yet" in (own / "_build/pages/configurations.ipynb").read_text()
    assert "no row yet" in (own / "_build/pages/evidence.ipynb").read_text()
    assert "nothing to settle" in (own / "_build/pages/reproduction-ledger.ipynb").read_text()
    front = (own / "_build/pages/overview.ipynb").read_text()
    assert "No result can be compared with a target yet." in front
    assert (
        "Map of 2 places, each group from north to south. Place of the programme: High Fell, Alder." in front
    )


def test_an_installed_package_brings_all_that_a_new_project_needs(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=project.CHECKOUT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    (wheel,) = tmp_path.glob("*.whl")
    shutil.unpack_archive(wheel, tmp_path / "installed", "zip")
    clean = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(tmp_path / "installed")}
    words = ["new", "made", "--programme", "X", "--place", "Alder"]
    code = f"import sys; from pfpp_utils import cli; print(cli.__file__); sys.argv[1:] = {words}; cli.main()"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=clean, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert str(tmp_path / "installed") in ran.stdout
    assert (tmp_path / "made/book/_static/pfpp.css").is_file()


def test_spend_of_a_project_of_ones_own_is_on_its_page(own):
    status, _, said = pfpp("spend", *(own / "data/grants").glob("*.csv"))
    assert status == 2
    assert "pfpp book spend" in said


def test_the_commands_of_the_walk_through_can_be_typed(tmp_path, monkeypatch):
    page = (project.CHECKOUT / "book/your-programme.md").read_text(encoding="utf-8")
    block = re.search(r"\n    (pfpp new .*?)\n\n", page, re.DOTALL)[1]
    typed = [shlex.split(line) for line in block.replace("\\\n", " ").splitlines()]
    assert [words[:4] for words in typed[1:]] == [
        ["pfpp", "--project", "warm-homes", "check"],
        ["pfpp", "--project", "warm-homes", "book"],
    ]
    analyst.grants(tmp_path).rename(tmp_path / "grants.csv")
    (tmp_path / "costs.csv").write_text(COSTS + "alder,Staff,2023-24,1\nHigh Fell,Staff,2023-24,2\n")
    monkeypatch.chdir(tmp_path)
    status, _, said = pfpp(*typed[0][1:])
    assert status == 0, said
    row = "alder,postcode,ZZ1\n"
    assert row.strip() in page
    with (tmp_path / "warm-homes/data/tables/place_areas.csv").open("a") as file:
        file.write(row)
    status, said, _ = pfpp(*typed[1][1:])
    assert status == 0
    assert "alder.yml: example assumptions" in said
