"""``pfpp breakeven``: how many people must benefit to meet a cost."""

from __future__ import annotations

import json
from pathlib import Path

import click

from pfpp_utils.commands import terminal
from pfpp_utils.errors import InputError


@click.command()
@click.argument("case_file", required=False, type=click.Path(path_type=Path), metavar="[CASE.yml]")
@click.option("--cost", metavar="GBP", multiple=True, help="Cost that benefits must meet, in pounds.")
@click.option(
    "--value", metavar="GBP", multiple=True, help="Value of one outcome for one person for a year, in pounds."
)
@click.option(
    "--deadweight",
    metavar="SHARE",
    multiple=True,
    help="Share that would have come about anyway.  [default: 0]",
)
@click.option(
    "--optimism-bias", metavar="SHARE", multiple=True, help="Share for expecting too much.  [default: 0]"
)
@click.option(
    "--ob-convention",
    multiple=True,
    type=click.Choice(["benefits", "divide", "cost"]),
    help="Benefits x (1 - bias), benefits / (1 + bias), or cost x (1 + bias).  [default: benefits]",
)
@click.option(
    "--rounding",
    multiple=True,
    type=click.Choice(["up", "nearest"]),
    help="To whole people, each time.  [default: up]",
)
@click.option("--conversion", metavar="SHARE", multiple=True, help="Share of the people reached who benefit.")
@click.option(
    "--duration",
    metavar="YEARS",
    multiple=True,
    help="Years that the outcome lasts, whole or not.  [default: 1]",
)
@click.option(
    "--discount",
    multiple=True,
    type=click.Choice(["standard", "health", "lower-rate", "none"]),
    help="Green Book schedule for later years; year 0 is undiscounted.  [default: standard]",
)
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
@terminal.report
def breakeven(case_file: Path | None, *, as_json: bool, **given: tuple[str, ...]) -> None:
    """Say how many people must benefit to meet a cost.

    \b
    Either from numbers (a share may be typed as 0.2 or 7/37):
      pfpp breakeven --cost 314000 --value 14500 --deadweight 0.2 --optimism-bias 0.2
    or from a case file with several outcomes, ranges and sources:
      pfpp breakeven data/cases/cornwall.yml --json

    The methods page of the book has the formulas. Arithmetic is exact: a quotient of 30 is 30 people.
    """  # noqa: D301 \b keeps the lines of the example apart
    from pfpp_utils.data import typed_case  # noqa: PLC0415 keeps --help quick
    from pfpp_utils.publish import appraisals  # noqa: PLC0415

    for name, texts in given.items():  # which of two numbers is meant, nobody can tell
        if len(texts) > 1:
            what, found = "an option is given twice", ", ".join(texts)
            raise InputError(what, where=typed_case.option(name), found=found, allowed="each option once")
    typed = {name: texts[0] for name, texts in given.items() if texts}
    if case_file and typed:
        found = ", ".join(typed_case.option(field) for field in typed)
        what, allowed = "a case file and numbers too", "a case file alone, or options alone"
        raise InputError(what, where="the command line", found=found, allowed=allowed)
    if case_file:
        from pfpp_utils.data import cases  # noqa: PLC0415 loads what typed numbers do not need

        results = appraisals.ranged(cases.read(case_file))
    else:
        results = appraisals.plain(typed_case.case(typed))
    terminal.say(json.dumps(results, indent=2) if as_json else appraisals.sentence(results))
