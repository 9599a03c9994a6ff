"""The crosswalk: what answers what, what nobody answers, who must move, who else names it."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.data import tables
from pfpp_utils.errors import InputError
from pfpp_utils.methods import answers, crosswalk, movers

POINTS = ["silos", "law", "turnover", "data"]
NAMES = ["point", "recommendation", "basis", "strength"]
ROWS = [
    ("silos", "network", "stated", "direct"),
    ("silos", "stories", "our_reading", "partly"),
    ("law", "stories", "stated", "partly"),
    ("turnover", "posts", "our_reading", "direct"),
]
ANSWERS = pd.DataFrame(ROWS, columns=NAMES)
ACTORS = {
    "network": "central_government",
    "stories": "both",
    "posts": "central_government",
    "norms": "not_stated",
}
HOME = pd.DataFrame({"point": ["silos", "structure", "whole", "law"], "document": ["a", "b", "c", "a"]})
MATCHES = pd.DataFrame({"point": ["structure", "structure"], "other": ["silos", "whole"]})


@st.composite
def some_answers(draw):
    pairs = st.tuples(st.sampled_from(POINTS), st.sampled_from(list(ACTORS)))
    grounds = st.tuples(st.sampled_from(answers.BASES), st.sampled_from(answers.STRENGTHS))
    rows = [pair + ground for pair, ground in draw(st.dictionaries(pairs, grounds)).items()]
    return pd.DataFrame(rows, columns=NAMES)


class TestSelect:
    def test_both_conditions_hold_at_once(self):
        kept = answers.select(ANSWERS, bases=["stated"], strengths=["direct"])
        assert kept["recommendation"].tolist() == ["network"]
        assert answers.select(ANSWERS).equals(ANSWERS)

    @pytest.mark.parametrize("choice", [{"bases": ["stated", "guess"]}, {"strengths": ["strong"]}])
    def test_an_unknown_choice_is_refused(self, choice):
        with pytest.raises(InputError, match="unknown value"):
            answers.select(ANSWERS, **choice)


class TestMatrix:
    def test_each_cell_has_the_strongest_answer(self):
        wide = crosswalk.matrix(POINTS, ANSWERS.assign(actor="all"), by="actor")
        assert wide["all"].to_dict() == {
            "silos": "direct",
            "law": "partly",
            "turnover": "direct",
            "data": "none",
        }

    def test_rows_and_columns_keep_the_order_asked_for(self):
        wide = crosswalk.matrix(
            POINTS[::-1], ANSWERS, by="recommendation", across=["posts", "stories", "network", "norms"]
        )
        assert list(wide.index) == POINTS[::-1]
        assert list(wide.columns) == ["posts", "stories", "network", "norms"]
        assert wide.loc["silos"].tolist() == ["none", "partly", "direct", "none"]
        assert (wide["norms"] == "none").all()

    def test_an_answer_outside_the_columns_is_refused(self):
        with pytest.raises(InputError, match=r"unknown value(.|\n)*stories"):
            crosswalk.matrix(POINTS, ANSWERS, by="recommendation", across=["network", "posts"])
        with pytest.raises(InputError, match="listed twice"):
            crosswalk.matrix(POINTS, ANSWERS, by="recommendation", across=[*ACTORS, "posts"])
        with pytest.raises(InputError, match="missing column"):
            crosswalk.matrix(POINTS, ANSWERS, by="actor")

    def test_one_answer_may_move_several_actors_but_stands_once_for_each(self):
        moved = movers.by_mover(ANSWERS, ACTORS)
        wide = crosswalk.matrix(POINTS, moved, by="mover")
        assert wide["local_authorities"].tolist() == ["partly", "partly", "none", "none"]
        assert wide["central_government"].tolist() == ["direct", "partly", "direct", "none"]
        with pytest.raises(InputError, match="listed twice"):
            crosswalk.matrix(POINTS, pd.concat([moved, moved.iloc[:1]]), by="mover")

    def test_no_answers_at_all(self):
        wide = crosswalk.matrix(POINTS, ANSWERS.iloc[:0], by="recommendation", across=list(ACTORS))
        assert wide.shape == (len(POINTS), len(ACTORS))
        assert (wide == "none").all(axis=None)

    @given(some_answers())
    def test_a_cell_is_filled_where_and_only_where_there_is_an_answer(self, rows):
        wide = crosswalk.matrix(POINTS, rows, by="recommendation", across=list(ACTORS)).stack()
        filled = wide[wide != crosswalk.NO_ANSWER]
        held = dict(
            zip(zip(rows["point"], rows["recommendation"], strict=True), rows["strength"], strict=True)
        )
        assert filled.to_dict() == held


class TestCounts:
    def test_by_ground(self):
        assert crosswalk.counts(POINTS, ANSWERS).set_index("point").T.to_dict("list") == {
            "silos": [2, 1, 1, 1],
            "law": [1, 0, 1, 0],
            "turnover": [1, 1, 0, 0],
            "data": [0, 0, 0, 0],
        }

    @given(some_answers())
    def test_every_answer_counts_once_and_a_stricter_ground_never_more(self, rows):
        table = crosswalk.counts(POINTS, rows)
        assert table["answers"].sum() == len(rows)
        assert (table["stated_direct"] <= table[["direct", "stated"]].min(axis=1)).all()
        assert (table[["direct", "stated"]].max(axis=1) <= table["answers"]).all()
        assert table.loc[table["answers"] == 0, "point"].tolist() == crosswalk.unanswered(POINTS, rows)


class TestUnanswered:
    def test_under_each_reading(self):
        assert crosswalk.unanswered(POINTS, ANSWERS) == ["data"]
        assert crosswalk.unanswered(POINTS, answers.select(ANSWERS, bases=["stated"])) == [
            "turnover",
            "data",
        ]
        direct = answers.select(ANSWERS, strengths=["direct"])
        assert crosswalk.unanswered(POINTS, direct) == ["law", "data"]

    def test_by_ground(self):
        assert crosswalk.unanswered_by_ground(POINTS, ANSWERS) == {
            "any": ["data"],
            "direct": ["law", "data"],
            "stated": ["turnover", "data"],
            "stated and direct": ["law", "turnover", "data"],
        }

    @given(some_answers(), st.sampled_from(POINTS), st.sampled_from(list(ACTORS)))
    def test_another_answer_leaves_no_other_point_unanswered(self, rows, point, recommendation):
        rows = rows[(rows["point"] != point) | (rows["recommendation"] != recommendation)]
        new = pd.DataFrame([(point, recommendation, "stated", "partly")], columns=NAMES)
        before = crosswalk.unanswered(POINTS, rows)
        after = crosswalk.unanswered(POINTS, pd.concat([rows, new]))
        assert set(before) - set(after) <= {point}
        assert set(after) == set(before) - {point}

    @given(
        some_answers(),
        st.sets(st.sampled_from(answers.BASES)),
        st.sets(st.sampled_from(answers.STRENGTHS)),
    )
    def test_accepting_less_never_answers_more(self, rows, bases, strengths):
        kept = answers.select(rows, bases=bases, strengths=strengths)
        assert set(crosswalk.unanswered(POINTS, kept)) >= set(crosswalk.unanswered(POINTS, rows))


class TestActors:
    def test_both_means_each_and_nobody_named_moves_nobody(self):
        rows = pd.concat([ANSWERS, pd.DataFrame([("data", "norms", "stated", "direct")], columns=NAMES)])
        table = movers.by_actor(POINTS, rows, ACTORS).set_index("actor")
        assert table.loc["central_government"].tolist() == [3, 3, ["turnover"]]
        assert table.loc["local_authorities"].tolist() == [1, 2, []]
        assert set(table.index) == {"central_government", "local_authorities"}
        assert movers.by_actor(POINTS, rows, pd.Series(ACTORS)).set_index("actor").equals(table)

    def test_the_actor_with_most_recommendations_comes_first(self):
        rows = ANSWERS.iloc[::-1]
        for order in (ANSWERS, rows):
            table = movers.by_actor(POINTS, order, ACTORS | {"network": "councils"})
            assert table["recommendations"].is_monotonic_decreasing
            assert table["actor"].iloc[0] == "central_government"

    def test_other_programmes_name_their_own_groups(self):
        rows = movers.by_mover(ANSWERS, ACTORS, movers={"both": ("a", "b", "c")})
        assert rows.query("recommendation == 'stories' and point == 'law'")["mover"].tolist() == [
            "a",
            "b",
            "c",
        ]
        assert rows.query("recommendation == 'posts'")["mover"].tolist() == ["central_government"]

    def test_a_recommendation_without_an_actor_is_refused(self):
        with pytest.raises(InputError, match=r"unknown value(.|\n)*posts"):
            movers.by_actor(POINTS, ANSWERS, {"network": "a", "stories": "b"})

    @given(some_answers())
    def test_a_point_rests_on_one_actor_alone_or_on_several(self, rows):
        table = movers.by_actor(POINTS, rows, ACTORS)
        moved = movers.by_mover(rows, ACTORS)
        alone = [point for points in table["alone"] for point in points]
        assert len(alone) == len(set(alone))
        assert table["points"].sum() == len(moved[["point", "mover"]].drop_duplicates())
        shared = set(moved["point"]) - set(alone)
        assert all(moved[moved["point"] == point]["mover"].nunique() > 1 for point in shared)


class TestNaming:
    def test_a_match_holds_both_ways_and_one_step_only(self):
        table = crosswalk.naming(HOME, MATCHES).set_index("point")
        assert table.loc["structure"].tolist() == [3, ["b", "a", "c"], ["silos", "whole"]]
        assert table.loc["silos"].tolist() == [2, ["a", "b"], ["structure"]]
        assert table.loc["whole", "named_by"] == ["c", "b"]
        assert table.loc["law"].tolist() == [1, ["a"], []]

    @pytest.mark.parametrize(
        ("pairs", "message"),
        [
            ([("silos", "law")], "within one document"),
            ([("silos", "silos")], "within one document"),
            ([("silos", "nothing")], r"unknown value(.|\n)*nothing"),
            ([("silos", "whole"), ("whole", "silos")], "listed twice"),
        ],
    )
    def test_pairs_that_make_no_sense_are_refused(self, pairs, message):
        with pytest.raises(InputError, match=message):
            crosswalk.naming(HOME, pd.DataFrame(pairs, columns=["point", "other"]))

    def test_columns_and_points_are_checked(self):
        with pytest.raises(InputError, match="missing column"):
            crosswalk.naming(HOME.drop(columns="document"), MATCHES)
        with pytest.raises(InputError, match="missing column"):
            crosswalk.naming(HOME, MATCHES.drop(columns="other"))
        with pytest.raises(InputError, match="listed twice"):
            crosswalk.naming(pd.concat([HOME, HOME.iloc[:1]]), MATCHES)


@pytest.mark.parametrize(
    ("points", "rows", "message"),
    [
        (POINTS[1:], ANSWERS, r"unknown value(.|\n)*silos"),
        ([*POINTS, "law"], ANSWERS, r"listed twice(.|\n)*law"),
        (POINTS, pd.concat([ANSWERS, ANSWERS.iloc[:1].assign(basis="our_reading")]), "listed twice"),
        (POINTS, ANSWERS.assign(basis="guess"), "unknown value"),
        (POINTS, ANSWERS.assign(strength=None), "unknown value"),
        (POINTS, ANSWERS.drop(columns="basis"), "missing column"),
    ],
)
@pytest.mark.parametrize("method", [crosswalk.counts, crosswalk.unanswered])
def test_broken_tables_are_refused(method, points, rows, message):
    with pytest.raises(InputError, match=message):
        method(points, rows)


class TestBundled:
    """The package's own crosswalk is whole, and each link comes from the document it says."""

    points = tables.load("crosswalk_points")
    answers = tables.load("crosswalk_answers")
    matches = tables.load("crosswalk_matches")

    def test_the_points_are_those_of_their_tables_in_order(self):
        factors = tables.load("factors")
        kinds = ["structural_barrier", "barrier", "enabler"]
        named = {kind: factors.loc[factors["kind"] == kind, "factor"].tolist() for kind in kinds}
        named["officials_barrier"] = (
            tables.load("officials_barriers").sort_values("number")["barrier"].tolist()
        )
        named["localis_principle"] = (
            tables.load("localis_principles").sort_values("number")["principle"].tolist()
        )
        held = self.points.groupby("family", sort=False)["point"].apply(list).to_dict()
        assert {family: sorted(names) for family, names in held.items()} == {
            family: sorted(names) for family, names in named.items()
        }
        assert [held[name] for name in list(named)[3:]] == [named[name] for name in list(named)[3:]]
        letters = dict(zip(named, "SBEGP", strict=True))
        expected = [f"{letters[family]}{n}" for family in named for n in range(1, len(held[family]) + 1)]
        assert self.points["code"].tolist() == expected

    def test_points_stand_where_their_tables_say(self):
        cite = ["document", "section", "item"]
        lists = [
            ("factors", "factor"),
            ("officials_barriers", "barrier"),
            ("localis_principles", "principle"),
        ]
        sources = pd.concat([tables.load(name).set_index(key)[cite] for name, key in lists])
        held = self.points.set_index("point")[cite]
        assert held.equals(sources.loc[held.index])

    def test_every_answer_is_a_recommendation_of_its_document(self):
        lists = ["recommendations", "localis_recommendations"]
        known = pd.concat([tables.load(name) for name in lists])[["recommendation", "document"]]
        assert known["recommendation"].is_unique
        found = set(zip(self.answers["recommendation"], self.answers["document"], strict=True))
        assert found <= set(zip(known["recommendation"], known["document"], strict=True))

    def test_our_reading_rests_on_the_text_of_the_recommendation(self):
        lists = ["recommendations", "localis_recommendations"]
        cite = ["recommendation", "document", "section", "item"]
        known = set(pd.concat([tables.load(name) for name in lists])[cite].itertuples(index=False, name=None))
        ours = self.answers.query("basis == 'our_reading'")[cite]
        assert set(ours.itertuples(index=False, name=None)) <= known

    def test_a_document_can_state_only_answers_to_its_own_points(self):
        home = self.points.set_index("point")["document"]
        stated = self.answers.query("basis == 'stated'")
        assert (stated["point"].map(home) == stated["document"]).all()

    def test_matches_join_two_documents_in_the_order_of_the_points(self):
        crosswalk.naming(self.points[["point", "document"]], self.matches)
        order = {point: row for row, point in enumerate(self.points["point"])}
        assert (self.matches["point"].map(order) < self.matches["other"].map(order)).all()

    def test_the_methods_take_it_as_it_is(self):
        assert crosswalk.counts(self.points["point"], self.answers)["answers"].sum() == len(self.answers)
