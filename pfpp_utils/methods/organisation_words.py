"""Words by which names are judged: which name nobody, and which many organisations have in their names."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))


NOBODY = _words(
    """
    anonymised anonymous blank confidential individual individuals na nil none null person persons
    placeholder private redacted redaction tbc tbd undisclosed unknown unnamed unspecified various
    withheld
    """
)
"""Words that publishers put where a name is withheld, or where there is none."""

FILLER = _words(
    """
    a and applicant award awardee beneficiary by data details foi for gdpr grantee in information member
    members multiple name names of on or organisation personal public reasons recipient recipients s
    section sole the to trader under
    """
)
"""Words that may stand beside one of :data:`NOBODY` without naming anybody."""

NO_NAMES = frozenset(
    {
        "applicant",
        "beneficiary",
        "grantee",
        "member of the public",
        "multiple",
        "multiple recipients",
        "n a",
        "name",
        "not applicable",
        "not available",
        "not disclosed",
        "not known",
        "not provided",
        "not stated",
        "organisation",
        "recipient",
        "sole trader",
        "to be confirmed",
    }
)
"""Whole names that name nobody."""

COMMON = _words(
    """
    academy all and andrew andrews art arts association at baptist bell catholic centre chapel christ church
    cinema club college community council cricket crown day family festival football for gallery george
    georges grand green group hall holy hospital house in infant infants james john johns junior lady
    lawrence library lions luke lukes margaret margarets mark marks martin martins mary marys matthew
    matthews memorial mens methodist michael michaels mission museum new nicholas nursery of old on
    opera orchestra our parish park paul pauls pcc peter peters playhouse preschool primary project red
    rotary royal saints school social society st stephen stephens studio the theatre thomas town trinity
    trust united village white working
    """
)
"""Words of names that stand in many places: dedications of churches, kinds of hall, club and school."""
