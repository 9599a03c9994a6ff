"""Spend mapping of any files of awards: ``pfpp spend``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pfpp_utils.commands import terminal
from pfpp_utils.errors import InputError


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--place", metavar="NAME", help="Measure one place: a pilot, a local authority or a county.")
@click.option("--year", metavar="YEAR", help="Keep the awards of one financial year, such as 2016-17.")
@click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    metavar="M.yml",
    help="Layout of files that none is known for.",
)
@click.option(
    "--save", type=click.Path(path_type=Path), metavar="AWARDS.parquet", help="Keep the measured awards."
)
@click.option(
    "--spark", metavar="ADDRESS", help="Measure saved awards with Spark: spark://host:7077 or local[2]."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with nothing rounded, for programs.")
@terminal.report
def spend(
    files: tuple[Path, ...],
    place: str | None,
    year: str | None,
    mapping: Path | None,
    save: Path | None,
    spark: str | None,
    *,
    as_json: bool,
) -> None:
    """Count grants and recipients, and measure size, concentration and overlap, in all and place by place.

    FILE is a register of awards: the Government Grants Register of any year (xlsx, ods, csv), 360Giving
    (JSON, csv, xlsx), the Arts Council's workbooks, or any other table with a mapping file. Every row is
    accounted for: what was read is what was measured and what was set aside. A FILE that ends in .parquet
    holds awards that --save kept, of any size.

    \b
    Examples:
      pfpp spend government-grant-awards-2016-17.xlsx --place Wakefield
      pfpp spend grants.csv --mapping my-layout.yml --json
      pfpp spend register-*.xlsx --save awards.parquet
      pfpp spend awards.parquet --spark local[2]

    \b
    A mapping file says what the columns mean:
      name: council-grants
      title: Grants of the council
      columns:
        Recipient Org:Name: [Supplier, Payee]
        Amount Awarded: [Amount paid]
      unit: pounds
      constants: {Funding Org:Name: Example Council, Currency: GBP}
      date_order: dmy

    Awards are placed by the recipient's address, with the official files that `pfpp data list` names; without
    them only all awards together are measured. The address may be a head office: what may be one is counted
    apart.
    """  # noqa: D301 \b keeps the lines of the example apart
    from pfpp_utils.data import spend_mapping, tables  # noqa: PLC0415 keeps --help quick
    from pfpp_utils.data.external import years  # noqa: PLC0415

    if tables.has("places"):
        allowed = "`pfpp book spend`, which measures the grants that data/programme.yml names"
        what = "a project of one's own measures its grants on its page"
        raise InputError(what, where="pfpp spend", found=", ".join(map(str, files)), allowed=allowed)
    if year is not None:
        years.check(year, where="--year")
    wrong = save is not None and save.suffix.lower() != ".parquet"
    _refuse(wrong, "awards are saved as Parquet", f"--save {save}, which does not end in .parquet")
    saved = [path for path in files if path.suffix.lower() == ".parquet"]
    if saved:
        _refuse(len(files) > 1, "one file of saved awards at a time", ", ".join(map(str, files)))
        _refuse(
            bool(mapping or save or year),
            "saved awards are measured as they are",
            "--mapping, --save or --year",
        )
        found = spend_mapping.of_saved(saved[0], place=place, spark=spark)
    else:
        _refuse(
            bool(spark), "Spark measures saved awards", "--spark without a .parquet file: --save them first"
        )
        found = spend_mapping.of_files(files, place=place, year=year, mapping=mapping, save=save)
    if as_json:
        terminal.say_json(found)
    else:
        _print(found)


def _refuse(wrong: bool, what: str, found: str) -> None:
    if wrong:
        raise InputError(what, where="the command line", found=found, allowed="see pfpp spend --help")


def _print(found: dict[str, Any]) -> None:
    for file in found["files"]:
        terminal.console().print(
            terminal.text(f"{file['file']} ({file['layout']}, {file['year'] or 'year not known'})")
        )
        _line("read", file["rows_read"], file["value_read"])
        for aside in file["set_aside"]:
            _line(f"set aside: {aside['reason']}", aside["rows"], aside["value"])
        _line("measured", file["awards"], file["value"])
        for mended in file["repaired"]:
            terminal.console().print(
                terminal.text(f"  {mended['count']:>9,} times     read as meant: {mended['what']}")
            )
        for doubt in file["suspicious"]:
            _line(f"in doubt, kept: {doubt['kind']}, {doubt['field']}", doubt["rows"], doubt["value"])
        for agreed in file["checks"]:
            terminal.console().print(terminal.text(f"  {agreed}"))
        for warning in file["warnings"]:
            terminal.console().print(terminal.text(f"  warning: {warning}"))
    if lost := found["not_placed"]:
        share = f" ({lost['share']:.1%} of the value)" if lost["share"] is not None else ""
        _line(f"not placed{share}", lost["awards"], lost["value"])
    for note in found["notes"]:
        terminal.console().print(terminal.text(note))
    measures = {"All": found["measures"]["all"]} | found["measures"]["places"]
    for row in found["turnover"]:
        if row["matched_by"] == "code, then title":
            ended = f"{row['from_year']} to {row['to_year']}: {row['end']} of {row['before']} grants ended"
            terminal.console().print(terminal.text(f"{ended}, {row['begin']} of {row['after']} began"))
    from rich.table import Table  # noqa: PLC0415 slow to load

    table = Table("Place", "Awards", "Grants", "Recipients", "Funders", "Value (GBP)", "Under 100k", box=None)
    for column in table.columns[1:]:
        column.justify = "right"
    for place, row in measures.items():
        counts = (f"{row[name]:,}" for name in ("awards", "grants", "recipients", "funders"))
        table.add_row(terminal.text(place), *counts, f"{row['value']:,.0f}", f"{row['share_under_100k']:.0%}")
    terminal.console().print(table)


def _line(what: str, rows: int, value: float) -> None:
    terminal.console().print(terminal.text(f"  {rows:>9,} rows  GBP {value:>18,.2f}  {what}"), soft_wrap=True)
