"""Get an official file: find it, download it beside, check it, and only then move it into place."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal
from urllib.parse import urlsplit

from pfpp_utils.data.external import (
    catalogue,
    choice,
    contents,
    downloads,
    finding,
    govuk,
    provenance,
    record,
)
from pfpp_utils.data.external.files import folder
from pfpp_utils.data.external.govuk import Attachment
from pfpp_utils.data.external.sessions import Limits, session
from pfpp_utils.data.external.source import Item
from pfpp_utils.errors import Failure, InputError


@dataclass(frozen=True)
class Outcome:
    """What became of a request for a file.

    Attributes
    ----------
    path
        Where the file lies.
    done
        ``"new"``, ``"replaced"``, or ``"unchanged"`` where the file held already is the publisher's.
    url
        Where it came from.
    """

    path: Path
    done: Literal["new", "replaced", "unchanged"]
    url: str


def get(
    name: str,
    year: str | None = None,
    *,
    base: str = govuk.HOME,
    attachment: str | None = None,
    new_edition: bool = False,
    limits: Limits | None = None,
    progress: downloads.Progress = lambda done, total: None,
) -> Outcome:
    """Fetch a file from its publisher into the folder of official files.

    Parameters
    ----------
    name, year
        As for :func:`pfpp_utils.data.external.find`.
    base
        Address of GOV.UK.
    attachment
        Name of the attached file to take, where the page leaves a choice.
    new_edition
        Whether to accept a file whose checksum is not that of a known edition.
    limits, progress
        As for :func:`pfpp_utils.data.external.downloads.fetch`.

    Returns
    -------
    Outcome
        Where it lies. A file held before is only replaced by one that was checked.

    Raises
    ------
    InputError
        If the source is unknown, has to be got by hand, needs a year, or leaves a choice.
    Failure
        If it cannot be had, or is not what it must be.
    """
    item, limits = catalogue.item(name, year), limits or Limits()
    if "by_hand" in item.source.get:
        allowed = f"{item.source.get['by_hand']} It is published at {item.page}; put it into {folder()}"
        raise InputError(
            "this file has to be got by hand", where=item.label, found=item.label, allowed=allowed
        )
    before = finding.find(name, year)
    with session(limits) as using:
        if "url" in item.source.get:
            wanted = Attachment(item.source.name, _name(item.source.get["url"]), item.source.get["url"])
        else:
            found = govuk.attachments(item, base=base, limits=limits, using=using)
            wanted = choice.choose(found, item, filename=attachment)
        target = _target(item, wanted, before)
        with _beside(target) as file:
            downloads.fetch(
                wanted.url, file, largest=item.source.largest, limits=limits, using=using, progress=progress
            )
            file.flush()
            os.fsync(file.fileno())
            part = Path(file.name)
            _require(part, item, wanted, new_edition=new_edition)
            return _settle(part, target, item, wanted, before)


def _name(url: str) -> str:
    return urlsplit(url).path.rsplit("/", 1)[-1]


def _target(item: Item, wanted: Attachment, before: Path | None) -> Path:
    """Place for the file: that of the file it replaces, or else one of our own naming."""
    ending = f".{wanted.kind}"
    if before and before.suffix.lower() != ending:
        what, allowed = (
            "the file held is of another kind",
            f"none, or one that ends in {ending}: move it away",
        )
        raise InputError(what, where=item.label, found=str(before), allowed=allowed)
    return before or folder() / f"{item.label}{ending}"


@contextlib.contextmanager
def _beside(target: Path) -> Iterator[IO[bytes]]:
    """Open a hidden file beside another, which is gone at the end unless it was moved into place."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".part", delete=False) as file:
            try:
                yield file
            finally:
                Path(file.name).unlink(missing_ok=True)
    except OSError as error:
        raise Failure(
            f"the file cannot be written: {error.strerror or error}\n  file:    {target}"
        ) from error


def _require(part: Path, item: Item, wanted: Attachment, *, new_edition: bool) -> None:
    """Refuse what is not the file that was wanted."""
    size, wrong = part.stat().st_size, contents.faults(part, item)
    if wanted.size is not None and size != wanted.size:
        wrong.insert(0, f"it has {size:,} bytes; GOV.UK says {wanted.size:,}")
    known, checksum = item.editions(), record.checksum(part)
    strict = known and not (item.source.new_editions or new_edition)
    if not wrong and strict and checksum not in [each.sha256 for each in known]:
        expected = " or ".join(each.sha256 for each in known)
        wrong = [
            f"its checksum is {checksum}; a known edition has {expected}",
            "a new edition, if it is one, is accepted by --new-edition",
        ]
    if wrong:
        listed = "".join(f"\n  - {each}" for each in wrong)
        raise Failure(
            f"what was downloaded is not {item.label}; nothing was changed\n  address: {wanted.url}{listed}"
        )


def _settle(part: Path, target: Path, item: Item, wanted: Attachment, before: Path | None) -> Outcome:
    """Move the file into place, with a record of where it came from."""
    same = before is not None and record.checksum(before) == record.checksum(part)
    checksum, size = record.checksum(part), part.stat().st_size
    if not same:
        part.chmod(0o644)
        part.replace(target)
    if not same or provenance.read(target) is None:
        provenance.write(target, item, url=wanted.url, title=wanted.title, size=size, sha256=checksum)
    return Outcome(target, "unchanged" if same else "replaced" if before else "new", wanted.url)
