"""Numbers of organisations, each in one form: charity and company numbers, identifiers that can be trusted.

Every number becomes an identifier of the org-id.guide list where there is one (``GB-CHC-1109305``,
``GB-COH-06825798``); a VAT number becomes ``vat:GB682239225``. What is no such number gives nothing: zeros,
`N/A`, repeated digits, and the supplier numbers that publishers put in the same column.
"""

from __future__ import annotations

import re
from functools import cache

CHARITIES = range(200_000, 1_300_000)  # given so far by the Charity Commission for England and Wales
DUMMIES = frozenset({"01234567", "12345678", "87654321", "99999999"})

_COMPANY = re.compile(  # prefixes of the registrar's numbers; R is the old one of Northern Ireland
    r"(AC|BR|C[ES]|F[CE]|G[ENS]|I[CP]|LP|N[ACFILOPRVZ]|O[CE]|PC|R[CS]?|S[ACEFGILOPRZ]|ZC)(\d{3,6})"
)
_ORG_ID = re.compile(r"([A-Z]{2}-[A-Z]{2,6})-(.+)")
_FORMS = [
    (re.compile(r"SC[O0](\d{5})"), "GB-SC-SC0{}"),
    (re.compile(r"NIC(\d{6})"), "GB-NIC-{}"),
    (re.compile(r"(X[NRT]\d{5})"), "GB-REV-{}"),
    (re.compile(r"(?:IP)?(\d{5}R)"), "GB-COH-IP{}"),
]


@cache
def charity(text: str) -> tuple[str, ...]:
    """Read the charity numbers in a cell.

    Parameters
    ----------
    text
        As published; several may be separated by ``/``, ``;`` or ``,``.

    Returns
    -------
    tuple of str
        Identifiers: England and Wales (``GB-CHC``), Scotland (``GB-SC``), Northern Ireland (``GB-NIC``), HM
        Revenue and Customs (``GB-REV``); ``GB-COH`` for a mutual society's number. Empty if there is none.

    Examples
    --------
    >>> charity("CIO1163977"), charity("283031/ SCO38213"), charity("XT21929")
    (('GB-CHC-1163977',), ('GB-CHC-283031', 'GB-SC-SC038213'), ('GB-REV-XT21929',))
    >>> charity("40000"), charity("N/A"), charity("0"), charity("9999999")
    ((), (), (), ())
    """
    return tuple(
        dict.fromkeys(found for part in re.split(r"[/;,]", text) for found in _charity(_plain(part)))
    )


@cache
def company(text: str) -> tuple[str, ...]:
    """Read the company number in a cell.

    Parameters
    ----------
    text
        As published; leading zeros may be missing.

    Returns
    -------
    tuple of str
        ``GB-COH`` and eight characters; ``vat:GB`` and nine digits for a VAT number; what :func:`charity`
        gives for a number that only a charity can have. Empty if there is none.

    Examples
    --------
    >>> company("82932"), company("sc 462201"), company("29378R")
    (('GB-COH-00082932',), ('GB-COH-SC462201',), ('GB-COH-IP29378R',))
    >>> company("GB 945680393"), company("DST017"), company("99999999")
    (('vat:GB945680393',), (), ())
    """
    plain = _plain(text)
    if re.fullmatch(r"\d{4,8}", plain):
        padded = plain.zfill(8)
        return () if len(set(plain)) == 1 or padded in DUMMIES else (f"GB-COH-{padded}",)
    return _company(plain) or _lettered(plain)


@cache
def identifier(text: str) -> tuple[str, ...]:
    """Read an identifier whose form alone says which register it is from.

    Digits alone are not trusted: the 2016-17 register's column holds charity, company, VAT, school and
    supplier numbers side by side. Nor are a publisher's own (``360G-...``, ``GGIS_ID_22``, ``DfT_BS2``),
    which another file may give to somebody else, nor ``SC0`` and five digits, a charity's or a company's.

    Parameters
    ----------
    text
        As published.

    Returns
    -------
    tuple of str
        As of :func:`charity` and :func:`company`, or any other of org-id.guide. Empty if not trusted.

    Examples
    --------
    >>> identifier("GB-COH-6825798"), identifier("XI-GRID-grid.5337.2")
    (('GB-COH-06825798',), ('XI-GRID-GRID.5337.2',))
    >>> [identifier(text) for text in ("GB 108260441", "4018569", "GGIS_ID_22", "360G-ptc-ORG:town")]
    [('vat:GB108260441',), (), (), ()]
    """
    if not (found := _ORG_ID.fullmatch(text.strip().upper())):
        plain = _plain(text)
        return () if plain.isdecimal() or re.fullmatch(r"SC0\d{5}", plain) else _lettered(plain)
    scheme, number = found.groups()
    if scheme in {"GB-COH", "GB-MPR"}:
        return company(number)
    if scheme in {"GB-CHC", "GB-SC", "GB-NIC", "GB-REV"}:
        return charity(f"NIC{number}" if scheme == "GB-NIC" and number.isdecimal() else number)
    return (f"{scheme}-{number}",)


def _plain(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", re.sub(r"(-0?|\.0+)$", "", text.upper().strip()))


def _charity(plain: str) -> tuple[str, ...]:
    digits = re.fullmatch(r"0?(\d{6,7})", plain)
    if not digits:
        return _lettered(plain)
    valid = int(digits[1]) in CHARITIES and len(set(digits[1])) > 1
    return (f"GB-CHC-{int(digits[1])}",) if valid else ()


def _company(plain: str) -> tuple[str, ...]:
    found = _COMPANY.fullmatch(plain)
    return (f"GB-COH-{found[1]}{found[2].zfill(8 - len(found[1]))}",) if found and int(found[2]) else ()


def _lettered(plain: str) -> tuple[str, ...]:
    if found := re.fullmatch(r"CIO(\d{7})", plain):
        return _charity(found[1])
    if found := re.fullmatch(r"GB(\d{9})(\d{3})?", plain):
        return (f"vat:GB{found[1]}",) if _is_vat(found[1]) else ()
    forms = (form.format(found[1]) for pattern, form in _FORMS if (found := pattern.fullmatch(plain)))
    return tuple(forms) or _company(plain)


def _is_vat(nine: str) -> bool:
    """Check digits of a VAT number: weights 8 to 2, modulo 97, since 2009 also with 55 added (HMRC)."""
    total = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), nine, strict=False)) + int(
        nine[7:]
    )
    return total % 97 == 0 or (total + 55) % 97 == 0
