"""``pfpp new``: a project for another programme."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pfpp_utils.commands import terminal
from pfpp_utils.errors import InputError

if TYPE_CHECKING:
    from pfpp_utils.publish.starting.making import Made


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--programme", metavar="NAME", help="Name of the programme.")
@click.option(
    "--place", "places", multiple=True, metavar="SLUG=NAME", help="A place of it; give one for each."
)
@click.option(
    "--grants", type=click.Path(path_type=Path), metavar="FILE", help="File of grants, of any layout."
)
@click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    metavar="M.yml",
    help="Layout of that file, as for `pfpp spend`.",
)
@click.option(
    "--costs",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Costs: place, what, financial year, amount.",
)
@click.option("--period", metavar="TEXT", help="When the programme ran, such as 2023-25.")
@click.option("--geography", metavar="TEXT", help="Where it ran.  [default: the places]")
@click.option("--source", metavar="TEXT", help="Who published the grants, and when.")
@click.option(
    "--answers", type=click.Path(path_type=Path), metavar="A.yml", help="All of this as a YAML file."
)
@terminal.report
def new(folder: Path, *, answers: Path | None, places: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401
    """Make a project for another programme in FOLDER, which must not exist or be empty.

    It has a data package to fill in, notebooks and a plan of pages, and its book can be built at once. What
    is not given is filled with examples, which `pfpp check` names until they are replaced, and which pages
    mark as illustrative. Nothing is overwritten, and nothing half made is left behind.

    \b
    Example:
      pfpp new my-programme --programme "Warm Homes" --place alder="Alder" --place fell="High Fell" \\
          --grants awards.csv --costs costs.csv
      pfpp --project my-programme check
      pfpp --project my-programme book

    \b
    An answers file says the same:
      programme: Warm Homes
      places: {alder: Alder, fell: High Fell}
      grants: awards.csv
      costs: costs.csv
    """  # noqa: D301 \b keeps the lines of the example apart
    from pfpp_utils.publish.starting import answers as given  # noqa: PLC0415 keeps --help quick
    from pfpp_utils.publish.starting import making  # noqa: PLC0415

    typed = {key: value for key, value in options.items() if value is not None}
    if answers:
        if typed or places:
            found = ", ".join([*(f"--{key}" for key in typed), *(["--place"] if places else [])])
            raise InputError(
                "answers twice", where="the command line", found=found, allowed="--answers alone, or options"
            )
        wanted = given.read(answers)
    else:
        if "programme" not in typed:
            allowed = '--programme "Warm Homes", with --place slug="Name" for each place; or --answers A.yml'
            raise InputError("a programme without a name", where="--programme", found="none", allowed=allowed)
        wanted = given.Answers(places=given.places(places), **typed)
    _tell(making.make(folder, wanted))


def _tell(made: Made) -> None:
    click.echo(f"Made {made.folder}.")
    if made.told:
        click.echo("How the file of grants is read; change data/grants/mapping.yml if that is wrong:")
        for line in made.told:
            click.echo(f"  {line}")
    click.echo(
        f"Awards read: {made.awards:,}, £{made.value:,.2f} in all. Placed in your places: {made.placed:,}."
    )
    if made.placed < made.awards:
        click.echo(f"What the file says of where the others are: {', '.join(made.unplaced)}.")
        click.echo("If one of these is a place of yours, add a row to data/tables/place_areas.csv, such as")
        click.echo("  SLUG,authority,NAME or SLUG,postcode,DISTRICT")
    if not made.placed:
        click.echo(
            "The book needs one award or more in a place. If a column says where, but is among those not"
        )
        click.echo(
            "used, write its heading into data/grants/mapping.yml: Recipient Org:Location:Name: [HEADING]"
        )
    if made.costs is not None:
        click.echo(f"Costs read: £{made.costs:,.2f} in all.")
    if made.examples:
        click.echo(
            f"Still examples: {len(made.examples)} tables or files, which the first command below names."
        )
    folder = shlex.quote(str(made.folder))
    click.echo(f"Next:\n  pfpp --project {folder} check\n  pfpp --project {folder} book")
