"""Names of the canonical awards table: 360Giving's spreadsheet titles, then where a row came from."""

from __future__ import annotations

IDENTIFIER = "Identifier"
AMOUNT = "Amount Awarded"
AWARD_DATE = "Award Date"
RECIPIENT = "Recipient Org:Name"
FUNDER = "Funding Org:Name"
PROGRAMME = "Grant Programme:Title"
#: What names a programme: its code before its title.
OF_PROGRAMME = ("Grant Programme:Code", PROGRAMME)

#: Every column a publisher can fill, in the order of the table.
PUBLISHED = (
    IDENTIFIER,
    "Title",
    "Description",
    "Currency",
    AMOUNT,
    AWARD_DATE,
    "Planned Dates:Start Date",
    "Planned Dates:End Date",
    "Recipient Org:Identifier",
    RECIPIENT,
    "Recipient Org:Charity Number",
    "Recipient Org:Company Number",
    "Recipient Org:Type",
    "Recipient Org:Street Address",
    "Recipient Org:City",
    "Recipient Org:Country",
    "Recipient Org:Postal Code",
    "Recipient Org:Location:Name",
    "Recipient Org:Location:Geographic Code",
    "Beneficiary Location:Name",
    "Beneficiary Location:Geographic Code",
    "Beneficiary Location:Geographic Code Type",
    "Funding Org:Identifier",
    FUNDER,
    "Grant Programme:Code",
    PROGRAMME,
    "Grant Programme:Policy Area",
    "Allocation Method",
    "From an open call?",
    "Last modified",
)
#: Those of them that are dates.
DATES = (AWARD_DATE, "Planned Dates:Start Date", "Planned Dates:End Date", "Last modified")
#: Where a row came from: name of the file, sheet ("" where there are none), row as a spreadsheet numbers it,
#: financial year such as 2016-17.
PROVENANCE = ("file", "sheet", "row", "year")
CANONICAL = (*PUBLISHED, *PROVENANCE)
#: What joins several values in one cell.
JOINED = "; "
