"""Fetch one file over HTTP: patient with a busy server, not with a broken one, and never a half file."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import IO
from urllib.parse import urlsplit

import requests
import urllib3

from pfpp_utils.data.external.sessions import Limits
from pfpp_utils.errors import Failure

Progress = Callable[[int, int | None], None]


class RefusedError(Failure):
    """The server answered, but not with the file; `status` is its HTTP status."""

    def __init__(self, url: str, status: int, reason: str, after: str | None = None) -> None:
        asks = f"; it asks to come back after {after} (seconds or a date)" if after else ""
        super().__init__(f"the server does not give the file: {status} {reason}{asks}\n  address: {url}")
        self.status = status


def fetch(
    url: str,
    into: IO[bytes],
    *,
    largest: int,
    limits: Limits,
    using: requests.Session,
    progress: Progress = lambda done, total: None,
) -> None:
    """Write what stands at an address into an open file.

    A transfer that breaks off is taken up where it ended if the server can do so, and else begun again.

    Parameters
    ----------
    url
        Address, http or https; redirects are followed.
    into
        File to write to, empty, open for writing and seeking.
    largest
        Bytes that are too many.
    limits
        Of time and tries.
    using
        From :func:`session`.
    progress
        Told the bytes received so far, and how many there are if that is known.

    Raises
    ------
    Failure
        If there is no connection, the server refuses, or the file is too large, too slow, or broken off at
        each try.
    """
    end, version, broken = time.monotonic() + limits.seconds, "", ""
    for attempt in range(limits.tries):
        if attempt:
            time.sleep(limits.pause * 2 ** (attempt - 1))
        with _ask(url, into.tell() if version else 0, version, limits, using) as response:
            version = _version(response)
            try:
                _copy(response, into, largest, end, progress)
                return
            except urllib3.exceptions.HTTPError as error:
                broken = _reason(error)
    raise Failure(f"the download broke off {limits.tries} times: {broken}\n  address: {url}")


def _ask(url: str, have: int, version: str, limits: Limits, using: requests.Session) -> requests.Response:
    """Ask for a file: for what is lacking of it, if it is still the same."""
    headers = {"Range": f"bytes={have}-", "If-Range": version} if have else {}
    timeout = (min(10, limits.silence), limits.silence)
    try:
        response = using.get(url, headers=headers, stream=True, timeout=timeout)
    except requests.exceptions.RequestException as error:
        raise Failure(_unreachable(url, error)) from error
    if response.status_code not in (200, 206):
        after = response.headers.get("Retry-After")
        response.close()
        raise RefusedError(response.url, response.status_code, response.reason, after)
    return response


def _version(response: requests.Response) -> str:
    """Tell one state of a file from another; empty where it cannot be taken up in the middle."""
    tag = response.headers.get("ETag", "")
    if response.headers.get("Content-Encoding"):
        return ""
    return tag if tag.startswith('"') else response.headers.get("Last-Modified", "")


def _copy(response: requests.Response, into: IO[bytes], largest: int, end: float, progress: Progress) -> None:
    start = _start(response, into.tell())
    into.seek(start)
    into.truncate()
    length = response.headers.get("Content-Length", "")
    total = start + int(length) if length.isdecimal() else None
    if total is not None and total > largest:
        raise Failure(_too_large(total, largest, response.url))
    while chunk := response.raw.read1(2**16, decode_content=True):
        into.write(chunk)
        progress(into.tell(), total)
        if into.tell() > largest:
            raise Failure(_too_large(into.tell(), largest, response.url))
        if time.monotonic() > end:
            slow = f"the download is too slow: {into.tell():,} bytes when the time allowed was over"
            raise Failure(f"{slow}\n  address: {response.url}")


def _start(response: requests.Response, have: int) -> int:
    """Position at which an answer begins: a server that cannot go on where it ended begins again."""
    if response.status_code != 206:
        return 0
    span = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
    if not span or int(span[1]) > have:
        raise urllib3.exceptions.ProtocolError("the server goes on at another place")
    return int(span[1])


def _too_large(size: int, largest: int, url: str) -> str:
    expected = f"at most {largest:,} are expected"
    return f"the file is too large: {size:,} bytes or more, where {expected}\n  address: {url}"


def _reason(error: Exception) -> str:
    if isinstance(error, urllib3.exceptions.ReadTimeoutError):
        return "the server fell silent"
    inner = next((each for each in error.args if isinstance(each, urllib3.exceptions.IncompleteRead)), error)
    if isinstance(inner, urllib3.exceptions.IncompleteRead):
        return f"{inner.partial:,} bytes came and {inner.expected:,} more were announced"
    return str(error)


def _unreachable(url: str, error: Exception) -> str:
    host = urlsplit(url).hostname
    match error:
        case requests.exceptions.ProxyError():
            what = "the proxy that the environment names (HTTPS_PROXY, HTTP_PROXY) cannot be used"
        case requests.exceptions.SSLError():
            what = f"the connection to {host} is not secure"
        case requests.exceptions.Timeout():
            what = f"{host} does not answer in time"
        case requests.exceptions.TooManyRedirects():
            what = "the address leads from redirect to redirect"
        case requests.exceptions.ConnectionError():
            what = f"no connection to {host}: is there a network, and does it need a proxy (HTTPS_PROXY)?"
        case _:
            what = "the address cannot be asked"
    return f"{what}\n  address: {url}\n  error:   {type(error).__name__}: {error}"
