"""Text alternatives: written from the data, not a file's name nor the title once more."""

from __future__ import annotations

import pandas as pd
import pytest

from pfpp_utils.errors import InputError
from pfpp_utils.publish import alternative, show

DATA = pd.DataFrame({"Place": ["North", "South"], "People": [1215, None], "Share": [0.394, 0.1]})
SAID = ("North reached 1,215 people", "People by place, 2022")


def check(alt):
    alternative.check(alt, name="reach-by-place", said=SAID, data=DATA)


@pytest.mark.parametrize(
    "alt",
    ["Bars: North 1,215.", "One bar reaches 1215.", "The share is 39%.", "A share of 0.39 in one place"],
)
def test_a_text_with_something_of_the_data_passes(alt):
    check(alt)


@pytest.mark.parametrize(
    ("alt", "fault"),
    [
        ("_images/north_1.png", "name of a file"),
        ("figure.SVG", "name of a file"),
        ("Reach by place", "the figure's name"),
        (SAID[0], "repeats the title"),
        ("Figure 3. north reached 1,215 PEOPLE!", "repeats the title"),
        ("Illustrative data. " + SAID[0], "repeats the title"),
        (SAID[1], "repeats the title"),
        (f"{SAID[0]}: {SAID[1]}", "repeats the title"),
        ("North 1215", "too short"),
        ("A bar chart of the people who were reached", "nothing from the data"),
        ("Bars of which the longest is 400", "nothing from the data"),
    ],
)
def test_a_text_that_says_nothing_of_its_own_is_refused(alt, fault):
    with pytest.raises(InputError, match=fault) as caught:
        check(alt)
    assert "figure reach-by-place" in str(caught.value)


@pytest.mark.parametrize("way", ["figure", "sankey"])
def test_show_refuses_it_before_anything_is_shown(shown, way):
    import matplotlib.pyplot as plt

    texts = {"name": "reach", "title": "Most goes to A", "subtitle": "Value, 2022", "source": "Test"}
    links = pd.DataFrame({"source": ["A"], "target": ["B"], "value": [1.0]})
    given = {"figure": lambda alt: show.figure(plt.figure(), data=links, alt=alt, **texts)}
    given["sankey"] = lambda alt: show.sankey(links, alt=alt, **texts)
    with pytest.raises(InputError, match="repeats the title"):
        given[way]("Most goes to A.")
    assert not shown
