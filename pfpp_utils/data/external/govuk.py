"""Files attached to a GOV.UK page, by the GOV.UK Content API.

``/api/content/PATH`` answers with a page as JSON (https://content-api.publishing.service.gov.uk/reference.html).
Its files stand in ``details.attachments``: objects with ``attachment_type`` (``file``, ``html`` or
``external``), ``url``, ``title``, ``filename``, ``content_type`` and ``file_size``. Pages as they were until
about 2019 have them only in ``details.documents``, as pieces of HTML.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import bs4
import requests

from pfpp_utils.data.external import downloads, years
from pfpp_utils.data.external.sessions import Limits
from pfpp_utils.data.external.source import Item
from pfpp_utils.errors import Failure, InputError

HOME = "https://www.gov.uk"
_ANSWER = 20_000_000  # bytes; pages have some ten thousand


@dataclass(frozen=True)
class Attachment:
    """A file attached to a page: its title, name and address, and its size in bytes where that is said."""

    title: str
    filename: str
    url: str
    size: int | None = None

    @property
    def kind(self) -> str:
        """What kind of file its name says that it is, such as ``ods``."""
        return PurePosixPath(self.filename.lower()).suffix.removeprefix(".")


def attachments(item: Item, *, base: str, limits: Limits, using: requests.Session) -> list[Attachment]:
    """List the files attached to the page of a source.

    Parameters
    ----------
    item
        A source that is published on GOV.UK.
    base
        Address of GOV.UK.
    limits, using
        As for :func:`pfpp_utils.data.external.downloads.fetch`.

    Returns
    -------
    list of Attachment
        In the order of the page.

    Raises
    ------
    InputError
        If there is no such page.
    Failure
        If GOV.UK cannot be reached, or its answer is not laid out as described above.
    """
    url = f"{base.rstrip('/')}/api/content/{years.spell(item.source.get['govuk'], item.year)}"
    answer = io.BytesIO()
    try:
        downloads.fetch(url, answer, largest=_ANSWER, limits=limits, using=using)
    except downloads.RefusedError as error:
        if error.status not in (404, 410):
            raise
        what = "GOV.UK has no such page" if error.status == 404 else "GOV.UK has withdrawn the page"
        allowed = "a source, and a year, that is published" if item.year else "a source that is published"
        raise InputError(what, where=url, found=item.label, allowed=allowed) from error
    return _read(answer.getvalue(), url, base)


def _read(answer: bytes, url: str, base: str) -> list[Attachment]:
    try:
        page = json.loads(answer)
        found = list(_files(page["details"], base))
        kind = page.get("document_type")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _changed(url, f"{type(error).__name__}: {error}") from error
    if not found:
        raise _changed(url, f"no attached file in this page ({kind})")
    return found


def _files(details: dict[str, Any], base: str) -> Iterator[Attachment]:
    if listed := details.get("attachments"):
        for each in listed:
            if each.get("attachment_type", "file") == "file":
                yield _attached(each, base)
        return
    for piece in details.get("documents") or ():
        if made := _documented(piece, base):
            yield made


def _attached(raw: dict[str, Any], base: str) -> Attachment:
    url = urljoin(base, raw["url"])
    size = raw.get("file_size")
    title, filename = raw.get("title") or "", raw.get("filename") or _last(url)
    return Attachment(title, filename, url, size if isinstance(size, int) else None)


def _documented(piece: str, base: str) -> Attachment | None:
    """Read an attachment out of HTML: its heading and the first link to a file that is no preview."""
    section = bs4.BeautifulSoup(piece, "html.parser")
    heading = section.find(["h2", "h3"])
    title = heading.get_text(" ", strip=True) if heading else ""
    for link in section.find_all("a", href=True):
        url = urljoin(base, str(link["href"]))
        if urlsplit(url).scheme in ("http", "https") and PurePosixPath(_last(url)).suffix:
            return Attachment(title, _last(url), url)
    return None


def _last(url: str) -> str:
    return unquote(urlsplit(url).path).rsplit("/", 1)[-1]


def _changed(url: str, why: str) -> Failure:
    return Failure(
        "the answer of the GOV.UK Content API is not laid out as it was; get the file by hand, "
        f"and report this\n  address: {url}\n  found:   {why}"
    )
