"""The ``pfpp`` command: its verbs are in :mod:`pfpp_utils.commands`, which load what they need when run."""

from __future__ import annotations

import atexit
import gc
import os
from pathlib import Path

import click

from pfpp_utils.commands import breakeven, check, claims, data, gate, lab, new, pages, qca, serve, spend
from pfpp_utils.project import CHECKOUT


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--project",
    type=click.Path(file_okay=False, path_type=Path),
    help="Work on the project in this folder.  [default: the one you are in, or the checkout]",
)
@click.version_option(package_name="pfpp-utils")
def main(project: Path | None) -> None:
    """Run the evaluation's notebooks and build the book from them.

    \b
    A usual day:
      pfpp plan                              which pages there are
      pfpp run building_understanding        run one notebook's pages again
      pfpp book breakeven                    run its pages again and rebuild the book
      pfpp serve                             read the book at a local address
      pfpp lab                               edit the notebooks in JupyterLab
      pfpp gate                              nothing in the book that must not be published
      pfpp check                             data, plan and notebooks: every fault
      pfpp data list                         official files: which there are, and which are held
      pfpp spend register.xlsx               map the grants in a register, place by place
      pfpp breakeven data/cases/cornwall.yml what a pilot must achieve to be worth its cost
      pfpp claims --status inconsistent      which published numbers do not hold
      pfpp new FOLDER --programme NAME ...   a project for another programme

    Exit status: 0 all well; 1 a page or the book failed; 2 something you supplied cannot be used.
    """  # noqa: D301 \b keeps the lines of the example apart
    atexit.register(gc.freeze)  # Python need not look for garbage in all that was loaded, only to end
    if project := project or _around():
        os.environ["PFPP_PROJECT"] = str(project.resolve())
    if external := os.environ.get("PFPP_EXTERNAL"):  # pages are run in another folder than this
        os.environ["PFPP_EXTERNAL"] = str(Path(external).resolve())


def _around() -> Path | None:
    """Find the project that the working directory is in, if that is another than the checkout."""
    if os.environ.get("PFPP_PROJECT"):
        return None
    here, marks = Path.cwd(), ("data/datapackage.json", "notebooks/plan.yml")
    found = next(
        (one for one in (here, *here.parents) if all((one / mark).is_file() for mark in marks)), None
    )
    return None if found == CHECKOUT else found


for verb in (
    pages.plan,
    pages.run,
    pages.book,
    serve.serve,
    lab.lab,
    check.check,
    check.normalise,
    gate.gate,
    data.data,
    spend.spend,
    claims.claims,
    qca.qca,
    breakeven.breakeven,
    new.new,
):
    main.add_command(verb)


if __name__ == "__main__":
    main()
