"""Making a project for another programme: everything beside, checked, then moved into place."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import yaml

from pfpp_utils import project
from pfpp_utils.data import tables
from pfpp_utils.data.own import costed_cases, examples, register
from pfpp_utils.errors import InputError
from pfpp_utils.publish import faults, markup
from pfpp_utils.publish.starting import costs, grants, plan, rows
from pfpp_utils.publish.starting.answers import Answers

TEMPLATE = Path(__file__).parents[1] / "template"
#: Tables that a new project starts with as they are.
COPIED = ("unit_values", "outline")
#: What MyST takes for a comment, or for the end of a block, where a line begins with it.
_BEGINNING = re.compile(r"^(?=[%+])")


@dataclass(frozen=True)
class Made:
    """A new project.

    Attributes
    ----------
    folder
        Where it is.
    told
        How the columns of the file of grants were taken.
    awards, placed
        How many awards were read, and how many are in a place.
    value
        Of all awards, in pounds.
    unplaced
        What the file says of where the others are, with how many.
    costs
        Total of the table of costs, in pounds; None if it holds examples.
    examples
        What is still an example.
    """

    folder: Path
    told: tuple[str, ...]
    awards: int
    placed: int
    value: float
    unplaced: tuple[str, ...]
    costs: float | None
    examples: tuple[str, ...]


def make(folder: Path, answers: Answers) -> Made:
    """Make a project, whole or not at all.

    Parameters
    ----------
    folder
        Where; it must not exist, or be empty.
    answers
        What it is to be.

    Returns
    -------
    Made
        The project, and what a person should know of it.

    Raises
    ------
    InputError
        If the folder is not empty or cannot be written, or a file cannot be used; nothing is left behind.
    """
    _require_free(folder)
    beside = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.new-"))
        kept = _fill(beside, answers)
        with _at(beside):
            made = _look(folder, kept)
        beside.chmod(0o755)
        beside.rename(folder)  # takes the place of an empty folder, and fails on any other
    except OSError as error:
        where, allowed = str(folder), "a folder that does not exist or is empty, where you may write"
        raise InputError(
            "the project cannot be written", where=where, found=str(error), allowed=allowed
        ) from error
    finally:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)
    return made


def _require_free(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        found = "a file" if folder.is_file() else f"{len(list(folder.iterdir()))} files or folders in it"
        allowed = "a folder that does not exist or is empty; nothing is ever overwritten"
        raise InputError("the folder is not free", where=str(folder), found=found, allowed=allowed)


def _fill(folder: Path, answers: Answers) -> grants.Kept:
    for room in ("data/tables", "data/cases", "notebooks", "book/_static"):
        (folder / room).mkdir(parents=True)
    kept = grants.keep(answers, folder / "data")
    table = costs.read(answers.costs, answers.places) if answers.costs else None
    written = rows.tables(answers, table)
    by_year = costed_cases.by_year(pd.DataFrame(written["costs"]))
    first = max(int(year[:4]) for year in by_year["year"])
    _put_data(folder / "data", answers, written)
    for slug, name in answers.places.items():
        own = by_year[by_year["place"] == slug]
        (folder / f"data/cases/{slug}.yml").write_text(_case(name, own, first), encoding="utf-8")
    _put_programme(folder / "data/programme.yml", answers, kept, first)
    _put_book(folder, answers)
    return kept


def _put_data(data: Path, answers: Answers, written: dict[str, rows.Rows]) -> None:
    package = json.loads((TEMPLATE / "datapackage.json").read_text(encoding="utf-8"))
    package["title"] = f"{answers.programme}, as data"
    package["description"] = (
        f"The tables behind the evaluation of {answers.programme}. Every row names its source."
    )
    text = json.dumps(package, indent=1, ensure_ascii=False) + "\n"
    (data / "datapackage.json").write_text(text, encoding="utf-8")
    for resource in package["resources"]:
        path = data / resource["path"]
        if resource["name"] in COPIED:
            shutil.copyfile(TEMPLATE / path.name, path)
        else:
            names = [field["name"] for field in resource["schema"]["fields"]]
            path.write_text(_csv(names, written[resource["name"]]), encoding="utf-8")


def _csv(names: list[str], listed: rows.Rows) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(listed)
    return text.getvalue()


def _case(name: str, own: pd.DataFrame, price_year: int) -> str:
    """Write a case file whose costs are those of the table, and whose assumptions are examples."""
    first = min(int(year[:4]) for year in own["year"])
    listed = "".join(
        f"  - cost: {costed_cases.name(year)} # of data/tables/costs.csv\n    amount_gbp: {gbp:.2f}\n"
        f"    price_year: {year[:4]}\n    first_year: {int(year[:4]) - first}\n"
        for year, gbp in zip(own["year"], own["amount_gbp"].astype(float), strict=True)
    )
    case = f"{examples.CASE} assumptions for {name}"
    return _filled("case.yml", {"case": _quoted(case), "price_year": str(price_year), "costs": listed})


def _put_programme(path: Path, answers: Answers, kept: grants.Kept, price_year: int) -> None:
    texts = {
        "name": _quoted(answers.programme),
        "period": _quoted(answers.period),
        "geography": _quoted(_geography(answers)),
        "price_year": str(price_year),
        "grants": _quoted(kept.file),
        "mapping": f"  mapping: {_quoted(kept.mapping)}\n" if kept.mapping else "",
        "source": _quoted(kept.source),
        "example": "  example: true # invented awards\n" if kept.example else "",
    }
    path.write_text(_filled("programme.yml", texts), encoding="utf-8")


def _put_book(folder: Path, answers: Answers) -> None:
    """Write all but the data: settings, notebooks, plan and prose."""
    prose = {"name": _marked(answers.programme)}
    config = {
        "title": _quoted(answers.programme),
        "author": _quoted(f"the evaluators of {answers.programme}"),
        "year": str(date.today().year),
    }
    settings = _filled("_config.yml", config)
    (folder / "_config.yml").write_text(settings, encoding="utf-8")
    (folder / "README.md").write_text(_filled("README.md", prose), encoding="utf-8")
    (folder / ".gitignore").write_text(_filled("gitignore", {}), encoding="utf-8")
    (folder / "notebooks/plan.yml").write_text(plan.write(answers.places), encoding="utf-8")
    for path in sorted((TEMPLATE / "notebooks").glob("*.ipynb")):
        shutil.copyfile(path, folder / "notebooks" / path.name)
    for path in sorted((TEMPLATE / "book").glob("*.md")):
        (folder / "book" / path.name).write_text(_filled(f"book/{path.name}", prose), encoding="utf-8")
    told = yaml.safe_load(settings)["sphinx"]["config"]
    for name in [*told["html_js_files"], *told["html_css_files"]]:  # what every page loads
        shutil.copyfile(_static() / name, folder / "book/_static" / name)


def _static() -> Path:
    """Styles and scripts: packed into an installed package, and in a checkout those of its own book."""
    packed = TEMPLATE / "_static"
    return packed if packed.is_dir() else project.CHECKOUT / "book/_static"


def _look(folder: Path, kept: grants.Kept) -> Made:
    """Check the project as `pfpp check` does, and see what its grants come to."""
    if found := faults.every():
        listed = "\n".join(f"    {fault}" for fault in found)
        allowed = "files and names for which the project is sound"
        raise InputError(
            f"the project would not be sound:\n{listed}", where=str(folder), found=found[0], allowed=allowed
        )
    read = register.read(require=False)
    awards, assembled = read.awards, read.assembled
    lost = assembled.unplaced.head(register.MOST) if assembled else pd.DataFrame({"reason": [], "awards": []})
    names = tuple(
        f"{reason} ({count:,})" for reason, count in zip(lost["reason"], lost["awards"], strict=True)
    )
    placed = int(awards["place"].notna().sum())
    value = float(awards["amount_gbp"].sum())
    costed = tables.load("costs").query("example.isna()")["amount_gbp"]
    total = float(costed.sum()) if len(costed) else None
    return Made(folder, kept.told, len(awards), placed, value, names, total, tuple(examples.remaining()))


@contextmanager
def _at(folder: Path) -> Iterator[None]:
    """Let another project be the one at hand for a while."""
    before = os.environ.get("PFPP_PROJECT")
    os.environ["PFPP_PROJECT"] = str(folder)
    try:
        yield
    finally:
        os.environ.pop("PFPP_PROJECT")
        if before is not None:
            os.environ["PFPP_PROJECT"] = before


def _filled(name: str, texts: dict[str, str]) -> str:
    """Fill in a template; nothing that is filled in is looked at again."""
    text = (TEMPLATE / name).read_text(encoding="utf-8")
    return re.sub(r"\{\{([a-z_]+)\}\}", lambda found: texts[found[1]], text)


def _quoted(text: str) -> str:
    """Write a text so that YAML reads it as that text."""
    return json.dumps(text, ensure_ascii=False)


def _marked(text: str) -> str:
    """Write a text so that Markdown shows it as it is."""
    return _BEGINNING.sub(r"\\", markup.plain(text))


def _geography(answers: Answers) -> str:
    names = [*answers.places.values()]
    return answers.geography or " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
