"""Which of the files attached to a page is meant."""

from __future__ import annotations

import re

from pfpp_utils.data.external.govuk import Attachment
from pfpp_utils.data.external.source import Item
from pfpp_utils.errors import InputError


def choose(found: list[Attachment], item: Item, *, filename: str | None = None) -> Attachment:
    """Choose the file that is meant.

    Parameters
    ----------
    found
        From :func:`attachments`.
    item
        The source, whose patterns are tried in order on title and file name.
    filename
        Name of the file to take instead.

    Returns
    -------
    Attachment
        The one that fits; of one and the same title in several formats, the format preferred.

    Raises
    ------
    InputError
        If none fits, or several do; with the files to choose from.
    """
    names = [each.filename for each in found]
    if filename:
        fitting = [each for each in found if each.filename == filename]
    else:
        fitting = _preferred(_fitting(found, item), item.source.kinds)
    if len(fitting) == 1:
        return fitting[0]
    what = (
        f"{len(fitting)} attached files could be meant"
        if fitting
        else "no attached file is known to be meant"
    )
    shown = [each.filename for each in fitting] or filename or item.label
    choices = ", ".join([each.filename for each in fitting] or names)
    raise InputError(what, where=item.page, found=shown, allowed=f"choose by --attachment: {choices}")


def _fitting(found: list[Attachment], item: Item) -> list[Attachment]:
    unless, kinds = item.source.get.get("unless", ()), item.source.kinds
    usable = [each for each in found if each.kind in kinds and not any(_fits(p, each) for p in unless)]
    for pattern in item.source.get["attachment"]:
        if fitting := [each for each in usable if _fits(pattern, each)]:
            return fitting
    return []


def _fits(pattern: str, each: Attachment) -> bool:
    return re.search(pattern, f"{each.title} {each.filename}", re.IGNORECASE) is not None


def _preferred(found: list[Attachment], kinds: tuple[str, ...]) -> list[Attachment]:
    one = len({each.title.strip().casefold() for each in found}) == 1
    distinct = len({each.kind for each in found}) == len(found)
    return sorted(found, key=lambda each: kinds.index(each.kind))[:1] if one and distinct else found
