"""What is held of the official files, and whether it is as it must be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pfpp_utils.data.external import catalogue, contents, files, provenance, record, years
from pfpp_utils.data.external.source import Item, Source


@dataclass(frozen=True)
class Holding:
    """A file that is held.

    Attributes
    ----------
    item
        What it is.
    path
        Where it lies.
    """

    item: Item
    path: Path

    @property
    def edition(self) -> str:
        """Name of its edition by its checksum; empty if that is not known."""
        known = self.item.editions()
        checksum = record.checksum(self.path) if known else ""
        return next((each.edition for each in known if each.sha256 == checksum), "")

    def faults(self) -> list[str]:
        """List everything about it that is not as it must be, a sentence each."""
        try:
            found = contents.faults(self.path, self.item)
            noted = provenance.read(self.path)
            if noted and noted.get("sha256") != record.checksum(self.path):
                found.append(f"it was changed since it was downloaded on {noted.get('downloaded')}")
        except OSError as error:
            found = [f"it cannot be read: {error.strerror}"]
        return found


def of(source: Source) -> list[Holding]:
    """Files held of a source.

    Parameters
    ----------
    source
        From :func:`pfpp_utils.data.external.catalogue.load`.

    Returns
    -------
    list of Holding
        Sorted by path; of every year.
    """
    found = files.held(Item(source))
    return [
        Holding(Item(source, years.in_name(path.name) if source.yearly else None), path) for path in found
    ]


def faults() -> list[str]:
    """List every fault of the official files that are held.

    Returns
    -------
    list of str
        File, source and what is wrong: a file that does not look as it must, or two files of one source.
    """
    found = []
    for source in catalogue.load():
        holdings = of(source)
        found += [
            f"{_short(each.path)} ({each.item.label}): {fault}"
            for each in holdings
            for fault in each.faults()
        ]
        labels = [each.item.label for each in holdings]
        for label in [] if source.several else sorted({each for each in labels if labels.count(each) > 1}):
            paths = ", ".join(_short(each.path) for each in holdings if each.item.label == label)
            found.append(f"{paths}: {labels.count(label)} files could be meant by {label}; one is allowed")
    return found


def describe(source: Source) -> dict[str, Any]:
    """Describe a source and what is held of it, for programs.

    Parameters
    ----------
    source
        From :func:`pfpp_utils.data.external.catalogue.load`.

    Returns
    -------
    dict
        `name`, `what`, `publisher`, `licence`, `page`, `yearly`, `get` (``govuk``, ``url`` or ``by_hand``)
        and `held`: for each file `name`, `year`, `path`, `bytes` and `edition` (None if not known).
    """
    way = next(way for way in ("govuk", "url", "by_hand") if way in source.get)
    held = [
        {
            "name": each.item.label,
            "year": each.item.year,
            "path": str(each.path),
            "bytes": each.path.stat().st_size,
            "edition": each.edition or None,
        }
        for each in of(source)
    ]
    keys = ("name", "what", "publisher", "licence", "page", "yearly")
    return {**{key: getattr(source, key) for key in keys}, "get": way, "held": held}


def _short(path: Path) -> str:
    return str(path.relative_to(files.folder()))
