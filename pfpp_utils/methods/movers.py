"""Movers: which actor must move for a point to be answered, and what rests on one actor alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from pfpp_utils.methods.answers import check, check_columns, known

#: Who must move where a recommendation does not name one actor.
MOVERS = {"both": ("central_government", "local_authorities"), "not_stated": ()}


def by_mover(
    answers: pd.DataFrame, actors: Mapping[str, str], *, movers: Mapping[str, tuple[str, ...]] | None = None
) -> pd.DataFrame:
    """Give every answer the actor or actors who must move for it.

    Parameters
    ----------
    answers
        As for `answers.select`.
    actors
        Recommendation to the actor it addresses.
    movers
        What stands for several actors or for none; `MOVERS` by default.

    Returns
    -------
    pandas.DataFrame
        The answers with the column ``mover``: a row for each actor who must move. An answer whose
        recommendation addresses nobody has no row.

    Raises
    ------
    InputError
        As for `answers.select`; also if a recommendation has no actor.

    Examples
    --------
    >>> rows = [("silos", "co-design", "stated", "direct"), ("silos", "awareness", "stated", "partly")]
    >>> answers = pd.DataFrame(rows, columns=["point", "recommendation", "basis", "strength"])
    >>> by_mover(answers, {"co-design": "both", "awareness": "not_stated"})["mover"].tolist()
    ['central_government', 'local_authorities']
    """
    check_columns(answers)
    addressed, means = dict(actors), MOVERS if movers is None else movers
    known(answers["recommendation"], addressed, "recommendation")
    named = [means.get(actor, (actor,)) for actor in answers["recommendation"].map(addressed)]
    rows = answers.assign(mover=pd.Series(named, index=answers.index, dtype=object)).explode("mover")
    return rows.dropna(subset=["mover"])


def by_actor(points: Iterable[str], answers: pd.DataFrame, actors: Mapping[str, str]) -> pd.DataFrame:
    """Say who must move: how much rests on each actor, and what rests on one alone.

    Parameters
    ----------
    points, answers
        As for `crosswalk.matrix`.
    actors
        As for `by_mover`.

    Returns
    -------
    pandas.DataFrame
        One row an actor, the one with most recommendations first: ``actor``; ``recommendations``, the
        number that answer at least one point; ``points``, the number they answer; ``alone``, a list of
        the points that nobody else is asked to act on, in order.

    Raises
    ------
    InputError
        As for `crosswalk.matrix` and `by_mover`.

    Examples
    --------
    >>> rows = [("silos", "network", "stated", "direct"), ("law", "network", "stated", "partly"),
    ...         ("silos", "teams", "stated", "partly")]
    >>> answers = pd.DataFrame(rows, columns=["point", "recommendation", "basis", "strength"])
    >>> by_actor(["silos", "law"], answers, {"network": "centre", "teams": "councils"}).to_numpy().tolist()
    [['centre', 1, 2, ['law']], ['councils', 1, 1, []]]
    """
    listed = check(points, answers)
    rows = by_mover(answers, actors)
    several = rows.groupby("point")["mover"].nunique()
    table = []
    for actor, own in rows.groupby("mover", sort=False):
        touched = own["point"].unique()
        alone = [point for point in listed if point in touched and several[point] == 1]
        table.append((actor, own["recommendation"].nunique(), len(touched), alone))
    table.sort(key=lambda row: -row[1])
    return pd.DataFrame(table, columns=["actor", "recommendations", "points", "alone"])
