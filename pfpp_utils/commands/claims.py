"""``pfpp claims``: the claims of a report, and the numbers of a text as a start for another ledger."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pfpp_utils.commands import terminal
from pfpp_utils.errors import InputError

if TYPE_CHECKING:
    from pfpp_utils.methods.number_scan import Found


STATUSES = ("reproduced", "rounded", "inconsistent", "derived", "not_reproducible")


@click.group(invoke_without_command=True)
@click.option("--status", type=click.Choice(STATUSES), help="Only claims with this verdict.")
@click.option(
    "--section", metavar="S", help="Only claims of this section and those within it, such as 4 or 4.1.2."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.pass_context
@terminal.report
def claims(context: click.Context, status: str | None, section: str | None, *, as_json: bool) -> None:
    """Print what the report claims in numbers, and what became of each claim.

    The verdicts are those that the pages recorded when they were last run, or, where they were not run
    here, those of the committed notebooks. JSON has for each claim: id, section, statement, published,
    recomputed, status, conflicts_with (a list), page, cell and note.

    Exit status 2 if the section has no claim, or records and claims do not fit together.
    """
    if context.invoked_subcommand:
        if status or section or as_json:
            found = context.invoked_subcommand
            raise InputError(
                "options before a further verb", where="pfpp claims", found=found, allowed="none"
            )
        return
    from pfpp_utils.publish import records  # noqa: PLC0415 keeps --help quick

    chosen = records.choose(records.load(records.available()), status=status, section=section)
    if as_json:
        terminal.say_json(chosen)
        return
    for one in chosen:
        sides = f"{one['published'] or 'not printed'} | {one['recomputed'] or 'not recomputed'}"
        terminal.say(f"{one['section']:<11}  {one['status']:<16}  {sides}  {one['statement']} [{one['id']}]")
    terminal.console().print(f"{len(chosen)} claims.")


@claims.command()
@click.argument("report", type=click.Path(path_type=Path), metavar="REPORT.txt")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@terminal.report
def scan(report: Path, *, as_json: bool) -> None:
    """List every number of a plain text with its section, as a start for its ledger.

    REPORT.txt is text in UTF-8. Sections are read from headings that begin with # or are numbered in
    bold, and from plain numbered ones (4.1.3 Title) that go on from the one before. Printed are the
    section, the passage in it, the number as printed, what it comes to with a guess at its unit and
    kind, and the words around it. What a number claims, if anything, is for a person to say.

    Found are digits, sums of money, percents, number words, parts such as half and 7/13, ordinals,
    ranges (each end), dates, numbers within names and references, and the words all, both, none,
    neither, no, most, majority, once, twice and dozen. Words without a number of their own, such as
    several, many, each or monthly, are not. Neither are numbers of headings, list items and footnotes.

    Exit status 2 if the file is missing or no text.
    """
    from pfpp_utils.data import document_text  # noqa: PLC0415 keeps --help quick
    from pfpp_utils.methods.number_scan import scan as find  # noqa: PLC0415
    from pfpp_utils.methods.passages import passages  # noqa: PLC0415

    found = find(passages(document_text.read(report)))
    if as_json:
        terminal.say_json([_as_json(one) for one in found])
        return
    for one in found:
        means = " ".join(filter(None, [one.qualifier.replace("exactly", ""), _number(one.value), one.unit]))
        where = f"{one.section or '(before any heading)'}, passage {one.paragraph}"
        terminal.say(f"{where}: {one.printed} [{one.kind}{': ' + means if means else ''}]  {one.context}")
    sections = len({one.section for one in found})
    terminal.console().print(f"{len(found)} numbers in {sections} sections.")


@claims.command()
@click.argument("report", type=click.Path(path_type=Path), metavar="REPORT.txt")
@terminal.report
def compare(report: Path) -> None:
    """Say where the numbers of the report's text and the ledger of claims have parted.

    REPORT.txt is the report as text in UTF-8, as for scan. Every number in it must belong to a claim, or to
    the reviewed list of numbers that claim nothing, and as often as it stands in its passage.

    Exit status 2 if they differ, naming each number with both counts, or if the file is missing or no text.
    """
    from pfpp_utils.data import document_text, tables  # noqa: PLC0415 keeps --help quick
    from pfpp_utils.methods import coverage  # noqa: PLC0415
    from pfpp_utils.methods.number_scan import scan as find  # noqa: PLC0415
    from pfpp_utils.methods.passages import passages  # noqa: PLC0415

    found = list(find(passages(document_text.read(report))))
    known = coverage.accounts(tables.load("claims"), tables.load("numbers_without_claim"))
    coverage.require_complete(found, known)
    click.echo(f"All {len(found)} numbers are accounted for, each as often as it stands in its passage.")


def _as_json(one: Found) -> dict[str, Any]:
    value = None if one.value is None else float(one.value)
    whole = value is not None and value.is_integer()
    return {**one._asdict(), "value": int(value) if value is not None and whole else value}


def _number(value: Fraction | None) -> str:
    return "" if value is None else f"{float(value):,.2f}".removesuffix(".00")
