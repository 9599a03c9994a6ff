"""A small country for tests: some real authorities with their real codes, and a few invented postcodes."""

from __future__ import annotations

import io

import pandas as pd

from pfpp_utils.data import tables
from pfpp_utils.data.awards.columns import CANONICAL
from pfpp_utils.data.geography.authorities import Authorities, authorities
from pfpp_utils.data.geography.councils import Councils, councils
from pfpp_utils.data.geography.gazetteer import Gazetteer
from pfpp_utils.data.geography.postcodes import Postcodes

_REGISTER = """\
key|official|nice|gss|heirs|type|others|before|current|area
HCK|London Borough of Hackney|Hackney|E09000012||LBO|hackney,hackney london boro||True|19
SWK|London Borough of Southwark|Southwark|E09000028||LBO|Southwark||True|29
LND|City of London Corporation|City of London|E09000001||CC|city of london||True|3
WKF|Wakefield Metropolitan District Council|Wakefield|E08000036||MD|wakefield district||True|339
GAT|Gateshead Metropolitan Borough Council|Gateshead|E08000037||MD|gateshead|E08000020|True|142
SHF|Sheffield City Council|Sheffield|E08000039||MD|sheffield|E08000019|True|368
SHN|St Helens Council|St. Helens|E08000013||MD|St Helens,st. helens district||True|136
NET|Newcastle City Council|Newcastle upon Tyne|E08000021||MD|newcastle upon tyne||True|113
NEC|Newcastle-under-Lyme Borough Council|Newcastle-under-Lyme|E07000195||NMD|||True|211
STS|Staffordshire County Council|Staffordshire|E10000028||CTY|staffordshire||True|2620
DUR|Durham County Council|County Durham|E06000047||UA|Durham,durham county council||True|2226
BST|Bristol City Council|City of Bristol|E06000023||UA|Bristol, City of,Bristol UA,bristol||True|110
KHL|Hull City Council|Kingston upon Hull|E06000010||UA|kingston upon hull city of||True|71
HEF|Herefordshire Council|Herefordshire|E06000019||UA|herefordshire||True|2180
WIL|Wiltshire Council|Wiltshire|E06000054||UA|wiltshire||True|3255
ESX|East Sussex County Council|East Sussex|E10000011||CTY|east sussex||True|1700
HAS|Hastings Borough Council|Hastings|E07000062||NMD|hastings||True|30
LEE|Lewes District Council|Lewes|E07000063||NMD|lewes||True|292
BKM|Buckinghamshire County Council|Buckinghamshire County|E10000002|BUC|CTY|||False|
WYO|Wycombe District Council|Wycombe|E07000007|BUC|NMD|||False|
BUC|Buckinghamshire Council|Buckinghamshire|E06000060||UA|buckinghamshire||True|1565
NTH|Northamptonshire County Council|Northamptonshire|E10000021|NNT,WNT|CTY|||False|
COR|Corby Borough Council|Corby|E07000150|NNT|NMD|||False|
NNT|North Northamptonshire Council|North Northamptonshire|E06000061||UA|||True|987
WNT|West Northamptonshire Council|West Northamptonshire|E06000062||UA|||True|1377
TAU|Taunton Deane Borough Council|Taunton Deane|E07000190|SWT|NMD|||False|
SWT|Somerset West and Taunton Council|Somerset West and Taunton|E07000246|SMT|NMD|||False|1190
SOM|Somerset County Council|Somerset|E10000027|SMT|CTY|||False|3451
SMT|Somerset Council|Somerset|E06000066||UA|somerset||True|3451
ALL|Allerdale Borough Council|Allerdale|E07000026|CBD|NMD|||False|1242
CMA|Cumbria County Council|Cumbria|E10000006|CBD,WAF|CTY|||False|6767
CBD|Cumberland Council|Cumberland|E06000063||UA|||True|3012
WAF|Westmorland and Furness Council|Westmorland and Furness|E06000064||UA|||True|3754
GMCA|Greater Manchester Combined Authority|Greater Manchester|E47000001||COMB|Greater Manchester CA||True|
EDH|City of Edinburgh Council|City of Edinburgh|S12000036||SCO|edinburgh, city of||True|263
NIR-B|Limavady Borough Council|Limavady||  |NID|||False|
"""
_NAMES = {
    "key": "local-authority-code",
    "official": "official-name",
    "nice": "nice-name",
    "gss": "gss-code",
    "heirs": "replaced-by",
    "type": "local-authority-type",
    "others": "alt-names",
    "before": "former-gss-codes",
    "current": "current-authority",
    "area": "area",
}
#: Code, name, upper tier, region.
_LOWEST = [
    ("E09000012", "Hackney", None, "London"),
    ("E09000028", "Southwark", None, "London"),
    ("E09000001", "City of London", None, "London"),
    ("E08000036", "Wakefield", None, "Yorkshire and The Humber"),
    ("E08000037", "Gateshead", None, "North East"),
    ("E08000019", "Sheffield", None, "Yorkshire and The Humber"),
    ("E08000013", "St. Helens", None, "North West"),
    ("E08000021", "Newcastle upon Tyne", None, "North East"),
    ("E07000195", "Newcastle-under-Lyme", ("E10000028", "Staffordshire"), "West Midlands"),
    ("E06000047", "County Durham", None, "North East"),
    ("E06000023", "Bristol, City of", None, "South West"),
    ("E06000010", "Kingston upon Hull, City of", None, "Yorkshire and The Humber"),
    ("E06000019", "Herefordshire, County of", None, "West Midlands"),
    ("E06000054", "Wiltshire", None, "South West"),
    ("E07000062", "Hastings", ("E10000011", "East Sussex"), "South East"),
    ("E07000063", "Lewes", ("E10000011", "East Sussex"), "South East"),
    ("E06000060", "Buckinghamshire", None, "South East"),
    ("E06000061", "North Northamptonshire", None, "East Midlands"),
    ("E06000062", "West Northamptonshire", None, "East Midlands"),
    ("E07000246", "Somerset West and Taunton", ("E10000027", "Somerset"), "South West"),
    ("E07000026", "Allerdale", ("E10000006", "Cumbria"), "North West"),
]
POSTCODES = pd.DataFrame(
    [
        *[("E81EA", "E09000012"), ("E81EB", "E09000012"), ("SE18NJ", "E09000028"), ("SE19XX", "E09000012")],
        *[
            ("TN341AA", "E07000062"),
            ("BN71AA", "E07000063"),
            ("BA148JN", "E06000054"),
            ("BN148JN", "E09000012"),
        ],
        *[("LS260UE", "E08000036"), ("EH11AA", "S12000036")],
    ],
    columns=["pc", "ltla21_code"],
)


def register() -> pd.DataFrame:
    """The small register of authorities, columns named as in the real one."""
    frame = pd.read_csv(io.StringIO(_REGISTER), sep="|", dtype=str).rename(columns=_NAMES)
    return frame.assign(**{"replaced-by": frame["replaced-by"].str.strip().replace("", None)})


def small_authorities() -> Authorities:
    """The authorities of the small country."""
    lowest = pd.DataFrame(_LOWEST, columns=["code", "name", "upper", "region"])
    two = lowest[lowest["upper"].notna()]
    counties = pd.DataFrame(
        {"LAD21CD": two["code"], "CTY21CD": two["upper"].str[0], "CTY21NM": two["upper"].str[1]}
    )
    regions = pd.DataFrame({"ltla21_code": lowest["code"], "region21_name": lowest["region"]})
    regions["region21_code"] = "R-" + regions["region21_name"]
    upper = pd.DataFrame({"ltla21_code": lowest["code"], "ltla21_name": lowest["name"]})
    upper["utla21_code"] = lowest["upper"].str[0].fillna(lowest["code"])
    upper["utla21_name"] = lowest["upper"].str[1].fillna(lowest["name"])
    return authorities(register(), counties, regions, upper)


def small_councils() -> Councils:
    """Their names, with those of the data package."""
    return councils(small_authorities(), register(), tables.load("authority_names"))


def small_gazetteer() -> Gazetteer:
    """Names and postcodes."""
    return Gazetteer(small_councils(), Postcodes.of(POSTCODES))


def awards(*rows: dict[str, object]) -> pd.DataFrame:
    """Canonical awards from what is said of each; short names for the columns that matter here."""
    short = {
        "name": "Recipient Org:Name",
        "postcode": "Recipient Org:Postal Code",
        "city": "Recipient Org:City",
        "country": "Recipient Org:Country",
        "code": "Recipient Org:Location:Geographic Code",
        "named": "Recipient Org:Location:Name",
        "benefit": "Beneficiary Location:Name",
        "benefit_code": "Beneficiary Location:Geographic Code",
        "amount": "Amount Awarded",
    }
    frame = pd.DataFrame([{short[key]: value for key, value in row.items()} for row in rows])
    frame = frame.reindex(columns=list(CANONICAL))
    text = [name for name in CANONICAL if name != "Amount Awarded"]
    return frame.astype(dict.fromkeys(text, "string")).assign(
        **{"Amount Awarded": frame["Amount Awarded"].astype(float).fillna(1.0)}
    )
