"""Traces that must not be in a site: addresses of e-mail, and the machine that built it."""

from __future__ import annotations

import getpass
import os
import re
import socket
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pfpp_utils import project

_LOCAL = re.compile(r"[A-Za-z0-9._%+'\u00c0-\u024f-]{1,64}$")
_DOMAIN = re.compile(
    r"(?:[A-Za-z0-9\u00c0-\u024f](?:[A-Za-z0-9\u00c0-\u024f-]{0,62})\.)+[A-Za-z\u00c0-\u024f]{2,24}(?![A-Za-z0-9])"
)
#: Ends of addresses, which tell one whose @ or dots are written out, or stand apart, from other words.
_ENDS = r"(?:uk|com|org|net|gov|eu|info|edu|ie|wales|scot|cymru|london|ac|nhs|co|io|example|test)"
_DOT = r"(?:\s?[\[({<]\s?dot\s?[\])}>]\s?|\sdot\s)"
#: One class of characters comes first, so that long texts are passed quickly.
_MARKER = re.compile(
    r"[\s\[({<_@](?:(?<=[\[({<])\s?(?:at|a)\s?[\])}>]\s?|(?<=\s)(?:-at-\s|at\s|@\s?)|(?<=_)at_|(?<=@)\s)",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"[\w+'-]+(?:(?:[.]|{_DOT})[\w+'-]+){{0,4}}$", re.IGNORECASE)
_AFTER = re.compile(rf"[\w-]+(?:(?:{_DOT}|\s?\.\s?)[\w-]+){{0,5}}(?:{_DOT}|\s?\.\s?){_ENDS}\b", re.IGNORECASE)
_WRITTEN = re.compile(_DOT, re.IGNORECASE)
#: Endings of names of files, which an @ can stand before (picture@2x.png), and names that nothing is told by.
_FILES = {"png", "jpg", "jpeg", "gif", "svg", "webp", "js", "css", "map", "mjs", "ts", "json", "html", "md"}
_COMMON = {
    "root",
    "user",
    "admin",
    "runner",
    "ubuntu",
    "debian",
    "docker",
    "build",
    "localhost",
    "vm",
    "ci",
    "jovyan",
}


@dataclass(frozen=True)
class Machine:
    """What tells where a site was built.

    Attributes
    ----------
    folders
        Absolute paths: home, project, environment, temporary and official files.
    user, host
        Name of the account and of the machine.
    """

    folders: tuple[str, ...]
    user: str
    host: str


def here() -> Machine:
    """Describe this machine."""
    temporary, external = tempfile.gettempdir(), os.environ.get("PFPP_EXTERNAL", "")
    folders = [Path.home(), project.root(), project.CHECKOUT, Path(sys.prefix), Path(temporary), Path("/tmp")]
    known = {str(path) for path in [*folders, *(path.resolve() for path in folders)]} | (
        {external} if external else set()
    )
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = ""
    return Machine(tuple(sorted(path for path in known if len(path) > 1)), user, socket.gethostname())


def emails(text: str) -> Iterator[str]:
    """Find addresses of e-mail, also ones written with "[at]" and "[dot]".

    Parameters
    ----------
    text
        Any text.

    Yields
    ------
    str
        Each address, in small letters.

    Examples
    --------
    >>> list(emails("Write to Ann.Lee@example.org, or bob (at) example (dot) com; icon@2x.png"))
    ['ann.lee@example.org', 'bob@example.com']
    """
    place = text.find("@")
    while place >= 0:
        local, domain = _LOCAL.search(text[max(0, place - 64) : place]), _DOMAIN.match(text, place + 1)
        if local and domain and domain[0].rsplit(".", 1)[1].lower() not in _FILES:
            yield f"{local[0].lstrip('.%').lower()}@{domain[0].lower()}"
        place = text.find("@", place + 1)
    yield from _veiled(text)


def _veiled(text: str) -> Iterator[str]:
    """Find addresses whose @ is in words or stands apart; a mere "at" needs a dot, or one in words."""
    for marker in _MARKER.finditer(text):
        after = _AFTER.match(text, marker.end(), marker.end() + 100)
        leading = text[max(0, marker.start() - 60) : marker.start()]
        if marker[0][0] in "[({<" and leading[-1:].isspace():
            leading = leading[:-1]
        before = _BEFORE.search(leading) if after else None
        plain = marker[0].strip().lower() == "at"
        if after and before and (not plain or "." in before[0] or _WRITTEN.search(before[0] + after[0])):
            parts = (re.sub(r"\s", "", _WRITTEN.sub(".", part[0])) for part in (before, after))
            yield "@".join(parts).lower().lstrip(".-'")


#: Of these a text must hold one before homes are looked for, which takes longer.
_SIGNS = (*(f"/{room}/" for room in ("home", "root", "var/folders")), "sers/", "ile://")
#: Homes and temporary folders of any machine, a backslash written as a slash.
_HOMES = re.compile(
    r"(?<![\w./~-])/(?:home/[\w.-]+(?:/|(?=[\s\"'<,;:)]|$))|root/[\w.-]|Users/[\w.-]+/|(?:private/)?var/folders/\w\w/|mnt/[a-z]/[Uu]sers/[\w.-]+)"
    r"|(?<!\w)[A-Za-z]:/+(?:Users|Documents and Settings)/+[\w.-]+"
    r"|file://[\w.-]*/+(?:[\w.:-]+/)+"
)


class Machinery:
    """Finds traces of a machine in texts."""

    def __init__(self, machine: Machine) -> None:
        found = {path.replace("\\", "/").rstrip("/").lower() for path in machine.folders}
        self._folders = sorted((path for path in found if path), key=len, reverse=True)
        user, host = machine.user.lower(), machine.host.lower()
        self._names = [f"{user}@", f"/home/{user}", f"/users/{user}", f"~{user}/"] if user else []
        self._names += [f"@{host}", f"//{host}"] if host else []
        self._names += [name for name in (user, host) if len(name) > 4 and name not in _COMMON]

    def found(self, text: str) -> Iterator[str]:
        """Find traces.

        Parameters
        ----------
        text
            Any text.

        Yields
        ------
        str
            Each path or name.
        """
        plain = text.replace("\\\\", "/").replace("\\", "/") if "\\" in text else text
        small = plain.lower()
        for path in self._folders:
            yield from (plain[place:end] for place, end in _whole(small, path) if _is_path(small, place, end))
        if any(sign in plain for sign in _SIGNS):
            yield from (home[0] for home in _HOMES.finditer(plain))
        for name in self._names:
            yield from (plain[place:end] for place, end in _whole(small, name) if _is_name(small, place, end))


def _whole(text: str, needle: str) -> Iterator[tuple[int, int]]:
    place = text.find(needle)
    while place >= 0:
        yield place, place + len(needle)
        place = text.find(needle, place + 1)


def _is_path(text: str, place: int, end: int) -> bool:
    """Whether a path begins and ends where no other goes on: /tmp/x is one, a/tmp and /tmpfile are none."""
    before, after = text[max(0, place - 7) : place], text[end : end + 2]
    begins = not re.search(r"[\w./:~-]$", before) or re.search(r"file:(//)?$|[^\w/.]:$|[a-z]{2}:$", before)
    return bool(begins) and (not after or bool(re.match(r"/[\w.~-]|/?[\s\"'<>)\]:;,|]|/$", after)))


def _is_name(text: str, place: int, end: int) -> bool:
    word = re.compile(r"[\w-]")
    starts = not text[place].isalnum() or not word.match(text[place - 1 : place] or " ")
    return (starts and not word.match(text[end : end + 1] or " ")) or (
        text[end - 1] == "@" and starts and bool(re.match(r"[\w-]+:", text[end:]))
    )
