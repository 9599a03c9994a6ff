"""Generated awards in Parquet, as many as wanted, the same for the same seed.

330 places; 4,000 programmes of 24 funders in 12 policy areas; a recipient for every ten awards, some much
more often than others. 8% of awards have no recipient and 2% no place; 1% are repaid. Nothing in them is
real.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

AWARDS = """
    with drawn as (
        select i, hash(i, 1, {seed}) % 1000000 / 1e6 as rank, hash(i, 2, {seed}) % 4000 as programme,
            hash(i, 3, {seed}) % 3 as purpose, hash(i, 4, {seed}) % 1000000 / 1e6 as size,
            hash(i, 5, {seed}) % 100 as kind, hash(i, 6, {seed}) % 330 as elsewhere
        from range({awards}) as numbers(i)
    ), held as (
        select *, (rank * rank * {awards} / 10)::bigint as holder from drawn
    )
    select 'GA-' || i as award,
        'Programme ' || programme as programme,
        'Department ' || (hash(programme) % 24) as funder,
        'Area ' || (hash(programme, 1) % 10 + purpose) as policy_area,
        case when kind < 92 then 'GB-COH-' || lpad(holder::varchar, 8, '0') end as recipient,
        ['council', 'charity', 'private', 'university', 'school', 'other'][(hash(holder, 2) % 6)::int + 1]
            as recipient_type,
        case when kind >= 2 then 'Place ' || if(kind < 80, hash(holder) % 330, elsewhere) end as place,
        round(exp(6 + 8 * size) * if(kind = 50, -0.1, 1), 2) as amount_gbp
    from held
"""


def write(path: Path, awards: int, seed: int) -> None:
    """Write so many awards to a Parquet file."""
    connection = duckdb.connect(config={"memory_limit": "1GiB", "preserve_insertion_order": False})
    query = AWARDS.format(awards=awards, seed=seed)
    connection.execute(f"copy ({query}) to '{path}' (format parquet)")
