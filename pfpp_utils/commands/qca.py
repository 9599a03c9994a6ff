"""``pfpp qca``: which combinations of conditions go with an outcome."""

from __future__ import annotations

import json
from pathlib import Path

import click

from pfpp_utils.commands import terminal


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.csv")
@click.option("--outcome", required=True, metavar="NAME", help="Column of the outcome.")
@click.option(
    "--conditions", required=True, metavar="A,B,C", help="Columns of the conditions, in this order."
)
@click.option(
    "--incl-cut", type=float, default=1.0, show_default=True, help="Consistency that makes a row positive."
)
@click.option(
    "--n-cut", type=int, default=1, show_default=True, help="Cases that a row needs to count as observed."
)
@click.option(
    "--expect", default="", metavar="A=1,B=0", help="What should help: presence (1) or absence (0)."
)
@click.option("--limit", type=int, default=1000, show_default=True, help="Models of a kind to list at most.")
@click.option("--negate", is_flag=True, help="Analyse the absence of the outcome.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with nothing rounded, for programs.")
@terminal.report
def qca(
    file: Path,
    outcome: str,
    conditions: str,
    incl_cut: float,
    n_cut: int,
    expect: str,
    limit: int,
    *,
    negate: bool,
    as_json: bool,
) -> None:
    """Find which combinations of conditions go with an outcome: crisp and fuzzy QCA.

    FILE.csv is comma-separated and has one row a case: its name in the first column, whose header
    may be empty, then memberships from 0 (fully out) to 1 (fully in). Printed are the truth table,
    necessity, and all tied models of the conservative, parsimonious and intermediate solutions.
    Only rows that cases show are printed; the remainders are counted.

    \b
    Example:
      pfpp qca lipset.csv --outcome SURV --conditions DEV,URB,LIT,IND,STB \\
          --incl-cut 0.7 --expect DEV=1,URB=1,LIT=1,IND=1,STB=1

    At most --limit models of a kind are listed, and no more than have 30,000 terms in all. The
    search ends after 4 seconds with what it has found, and a warning says so; only then does the
    result depend on the speed of the machine.

    Refused, with exit status 2: columns separated by semicolons or tabs; a membership that is
    missing, not a number or outside 0 to 1; a condition at exactly 0.5; an unknown or repeated
    column; the outcome among the conditions; cases without a name or with the same; as many
    conditions as cases, or more than 15; an outcome that no case or every case has (above 0.5); an
    expectation of an unknown condition.

    \b
    Warnings, by name:
      constant_condition     a condition that never varies
      skewed_condition       a condition on one side of 0.5 for every case
      many_conditions        more than one condition for three cases
      outcome_at_half        cases at exactly 0.5 in the outcome
      contradictory_rows     the same combination, but not the same outcome
      cases_below_n_cut      cases set aside, in rows with fewer than --n-cut
      no_positive_row        no row reaches --incl-cut, so there are no models
      no_negative_row        every row reaches it: nothing to tell it from
      model_ambiguity        several models are tied
      models_not_all_listed  more than --limit are tied, or the search took too long
      no_expectations        without --expect, intermediate equals conservative
    """  # noqa: D301 \b keeps the lines of the example apart
    from pfpp_utils.data import rows  # noqa: PLC0415
    from pfpp_utils.methods.qca import analysis, case_file, memberships, report, solutions  # noqa: PLC0415

    read = rows.read(file, file=file.name, encoding="utf-8-sig")
    frame = case_file.table([read.header, *read.cells], file=file.name)
    names = [name.strip() for name in conditions.split(",") if name.strip()]
    sets = memberships.check(frame, outcome=outcome, conditions=names, negate=negate)
    expected = solutions.read_expectations([item for item in expect.split(",") if item.strip()], names)
    found = analysis.analyse(sets, incl_cut=incl_cut, n_cut=n_cut, expect=expected, limit=limit)
    terminal.say(json.dumps(found.as_dict(), indent=2, allow_nan=False) if as_json else report.write(found))
