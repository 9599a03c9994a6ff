"""The hand-labelled sample: how it was drawn, what it says, and how well the method does on its test part."""

import importlib.util
import re

import pandas as pd
import pytest

from pfpp_utils import project
from pfpp_utils.data import policy_rules, tables
from pfpp_utils.methods.agreement import agreement
from pfpp_utils.methods.policy_accuracy import baselines, overall
from pfpp_utils.methods.policy_areas import NOT_ASSIGNED, Assigner


@pytest.fixture(scope="module")
def labels():
    return tables.load("policy_labels")


@pytest.fixture(scope="module")
def parts(labels):
    return dict(iter(labels.groupby("part")))


@pytest.fixture(scope="module")
def assigner(parts):
    known = policy_rules.read()
    return Assigner(known.areas, known.rules, parts["development"], placeholders=known.placeholders)


@pytest.fixture(scope="module")
def assigned(assigner, parts):
    return assigner.assign(parts["test"].rename(columns={"aims": "description"}))


def test_the_sample_is_large_and_every_funder_is_in_it(labels):
    assert len(labels) >= 300
    assert labels["funder"].nunique() == 19
    assert labels["part"].value_counts().min() >= 200


def test_labels_are_areas(labels):
    areas = {area.name for area in policy_rules.read().areas}
    assert set(labels["label"]) <= areas | {NOT_ASSIGNED}


def test_titles_that_begin_alike_are_in_one_part(labels):
    words = labels["title"].str.lower().str.replace(r"[^a-z ]", "", regex=True).str.split()
    first = words.str[:3].str.join(" ")
    assert (labels.groupby(["funder", first])["part"].nunique() == 1).all()


def test_accuracy_on_the_test_part(parts, assigned):
    test = parts["test"]
    found = overall(test["label"], assigned, test["value_gbp"]).set_index("by")
    assert found.loc["all", "estimate"] == pytest.approx(0.73, abs=0.03)
    assert found.loc["assigned", "estimate"] == pytest.approx(0.88, abs=0.03)
    assert found.loc["assigned", "share"] == pytest.approx(0.84, abs=0.03)
    assert found.loc["rule", "estimate"] == pytest.approx(0.89, abs=0.03)
    assert found.loc["all", "right_by_value"] == pytest.approx(0.16, abs=0.03)


def test_one_scheme_has_most_of_the_value(parts, assigned):
    test = parts["test"]
    size = test["value_gbp"].abs()
    assert size.max() / size.sum() == pytest.approx(0.73, abs=0.01)
    rest = size < size.max()
    found = overall(test["label"][rest], assigned[rest], test["value_gbp"][rest]).set_index("by")
    assert found.loc["all", "right_by_value"] == pytest.approx(0.6, abs=0.03)
    assert found.loc["assigned", "right_by_value"] == pytest.approx(0.99, abs=0.02)


def test_reading_beats_guessing(parts, assigned):
    test = parts["test"]
    guesses = baselines(parts["development"], test).set_index("baseline")
    right = (assigned["area"] == test["label"]).mean()
    assert guesses["estimate"].round(2).to_dict() == {"most frequent area": 0.19, "COFOG only": 0.5}
    assert right > guesses["high"].max()


def test_the_threshold_is_of_the_development_part_alone(assigner):
    assert assigner.threshold == pytest.approx(0.19, abs=0.02)


def test_second_labels_are_of_the_test_part_and_agree_beyond_chance(labels):
    second = labels[labels["second_label"].notna()]
    if second.empty:
        pytest.skip("no second labels yet")
    assert set(second["part"]) == {"test"}
    kappa, _ = agreement(second["label"], second["second_label"])
    assert kappa > 0.4


def drawn(register):
    path = project.CHECKOUT / "scripts" / "draw_policy_sample.py"
    spec = importlib.util.spec_from_file_location("draw_policy_sample", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script.draw(register)


def test_the_sample_is_what_its_script_draws_from_the_register(labels, external):
    sample = drawn(external / "register" / "government-grant-schemes-2016-17.csv")
    columns = ["scheme", "part", "funder", "title", "aims", "value_gbp", "cofog"]
    pd.testing.assert_frame_equal(sample[columns].astype("string"), labels[columns].astype("string"))


def test_most_awards_of_the_register_are_assigned(assigner, external):
    path = external / "register" / "government-grant-awards-2016-17.xlsx"
    awards = pd.read_excel(path).rename(columns=str.strip)
    awards = awards.rename(
        columns={
            "Grant Programme:Code": "programme",
            "Grant Programme:Title": "programme_title",
            "Title": "award_title",
        }
    )
    found = assigner.assign_awards(awards)
    assert (found["area"] != NOT_ASSIGNED).mean() == pytest.approx(0.93, abs=0.03)
    assert (found["area"].groupby(awards["programme"]).nunique() == 1).all()


def test_the_sample_names_no_person(labels):
    assert all(re.fullmatch(r"labeller_\d+", name) for name in set(labels["labeller"]))
