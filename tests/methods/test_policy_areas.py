"""Policy areas of programmes and awards: how each came about, and the same for all awards of a programme."""

import pandas as pd
import pytest

from pfpp_utils.errors import InputError
from pfpp_utils.methods.policy_areas import COLUMNS, Assigner
from pfpp_utils.methods.policy_rules import Area, Rule

AREAS = (
    Area("Woods", "woods, trees and rivers", "roads", (5,), ("Forestry",)),
    Area("Roads", "roads, buses and bridges", "woods", (4,)),
)
RULES = (Rule("bus", "Roads", ("bus", "buses")), Rule("tree", "Woods", ("tree*",)))
EXAMPLES = pd.DataFrame(
    {
        "title": [f"{word} number {sign}" for word in ("Woodland", "Highway") for sign in "abcdef"],
        "label": ["Woods"] * 6 + ["Roads"] * 6,
        "aims": ["TBC"] * 12,
    }
)


@pytest.fixture(scope="module")
def assigner():
    return Assigner(AREAS, RULES, EXAMPLES, placeholders=("n/a", "TBC"))


def test_a_rule_says_which_words_it_saw_and_what_other_rules_say(assigner):
    found = assigner.assign(pd.DataFrame({"title": ["Bus lanes"], "description": ["with trees"]})).iloc[0]
    assert found[["area", "by", "rule", "field", "matched", "also"]].tolist() == [
        *("Roads", "rule", "bus", "title", "Bus", "Woods")
    ]
    assert found[["score", "margin"]].isna().all()


def test_likeness_says_the_nearest_labelled_text(assigner):
    found = assigner.assign(pd.DataFrame({"title": ["Woodland number z"]})).iloc[0]
    assert (found["area"], found["by"], found["rule"]) == ("Woods", "similarity", "")
    assert found["nearest"].startswith("Woodland number")
    assert assigner.threshold <= found["score"] <= 1
    assert 0 < found["margin"] <= found["score"]


def test_what_is_like_nothing_is_left_alone(assigner):
    found = assigner.assign(pd.DataFrame({"title": ["Zyzzyva", None]}))
    assert found["area"].tolist() == ["not assigned"] * 2
    assert found["by"].tolist() == ["none"] * 2


@pytest.mark.parametrize("nothing", [".", "n/a n/a", "TBC Q1 2017/18", "tbc", None])
def test_placeholders_say_nothing(nothing):
    rules = (Rule("odd", "Roads", ("TBC", "n", "Q1")),)
    assigner = Assigner(AREAS, rules, EXAMPLES, placeholders=("n/a", "TBC"))
    found = assigner.assign(pd.DataFrame({"title": ["Zyzzyva"], "description": [nothing]}))
    assert found["by"].tolist() == ["none"]


def test_the_order_and_the_labels_of_the_rows_are_kept(assigner):
    texts = pd.DataFrame({"title": ["Trees", "Bus", "Trees"]}, index=[5, 1, 5])
    found = assigner.assign(texts)
    assert found.index.tolist() == [5, 1, 5]
    assert found["area"].tolist() == ["Woods", "Roads", "Woods"]


def test_no_texts_give_no_rows(assigner):
    assert assigner.assign(pd.DataFrame({"title": []})).columns.tolist() == COLUMNS


def awards(**columns):
    rows = max(map(len, columns.values()))
    empty = {name: [None] * rows for name in ("programme", "programme_title", "award_title")}
    return pd.DataFrame(empty | columns)


def test_all_awards_of_a_programme_get_the_area_of_its_most_frequent_title(assigner):
    given = awards(programme=["P1"] * 4, programme_title=["Trees", "Buses", "Buses", "Oak trees"])
    assert assigner.assign_awards(given)["area"].tolist() == ["Roads"] * 4


def test_awards_without_a_code_go_by_titles(assigner):
    given = awards(programme_title=["Buses", None, None], award_title=["Trees", "Trees", None])
    assert assigner.assign_awards(given)["area"].tolist() == ["Roads", "Woods", "not assigned"]


def test_descriptions_of_programmes_count(assigner):
    given = awards(programme=["P1", "P2"], programme_title=["Zyzzyva", "Zyzzyva"])
    found = assigner.assign_awards(given, {"P2": "More buses"})
    assert found["area"].tolist() == ["not assigned", "Roads"]
    assert found["field"].tolist() == ["", "description"]


def test_what_the_publisher_says_comes_first_under_any_name_of_the_area(assigner):
    given = awards(programme_title=["Buses"] * 3, policy_area=["forestry", "Astronomy", None])
    found = assigner.assign_awards(given)
    assert found["area"].tolist() == ["Woods", "Roads", "Roads"]
    assert found["by"].tolist() == ["publisher", "rule", "rule"]
    assert found["matched"].tolist() == ["", "Buses", "Buses"]


def test_index_and_order_of_the_awards_are_kept(assigner):
    given = awards(programme=["P2", "P1", "P2"], programme_title=["Trees", "Buses", "Trees"]).set_axis(
        [9, 9, 2]
    )
    found = assigner.assign_awards(given)
    assert found.index.tolist() == [9, 9, 2]
    assert found["area"].tolist() == ["Woods", "Roads", "Woods"]


def test_missing_columns_and_examples_are_refused(assigner):
    with pytest.raises(InputError, match="missing column"):
        assigner.assign(pd.DataFrame({"name": ["Bus"]}))
    with pytest.raises(InputError, match="missing column"):
        assigner.assign_awards(pd.DataFrame({"programme": ["P1"]}))
    with pytest.raises(InputError, match="too few"):
        Assigner(AREAS, RULES, EXAMPLES.head(9))
