"""Likeness of a grant's text to policy areas: TF-IDF of words and letters, and the cosine to a prototype."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import Normalizer

from pfpp_utils.errors import InputError
from pfpp_utils.methods import columns

#: Words of any grant, which tell none from another: English ones, and those of accounts.
STOP = [
    *sorted(ENGLISH_STOP_WORDS),
    *("aim", "aims", "ame", "award", "awards", "capital", "del", "dept", "fund", "funding", "funds", "grant"),
    *("grants", "payment", "payments", "prog", "programme", "programmes", "project", "projects", "provide"),
    *("resource", "scheme", "schemes", "support", "voted", "vtd"),
]
#: Runs of letters: codes and years are no words.
WORD = r"(?u)\b[^\W\d_]{2,}\b"


class Match(NamedTuple):
    """Best area of a text: cosine to it (0 to 1), lead over the second best area, nearest labelled text."""

    area: str
    score: float
    margin: float
    nearest: str
    nearest_score: float


class Prototypes:
    r"""Prototypes of policy areas, to which texts are compared.

    A text is a vector: TF-IDF of its words and pairs of words beside TF-IDF of its runs of three to five
    letters (which see that *farmer* and *farming* are alike), each of length 1. The prototype of an area is
    the mean of the vectors of its definition and its labelled texts (Rocchio, or nearest centroid), and the
    score of a text the cosine to it.

    Parameters
    ----------
    definitions
        Definition of every area, by its name.
    examples
        Labelled texts: `text` and `label`, the name of an area; rows with other labels are left out.

    Raises
    ------
    InputError
        If there are no definitions, or columns are missing.

    References
    ----------
    Manning, C. D., Raghavan, P. and Schütze, H. (2008), Introduction to Information Retrieval, Cambridge
    University Press, sections 6.2 to 6.4 and 14.2.

    Examples
    --------
    >>> labelled = pd.DataFrame({"text": ["Woodland creation"], "label": ["Environment"]})
    >>> areas = Prototypes({"Environment": "woods and rivers", "Transport": "roads and buses"}, labelled)
    >>> areas.match(["Woodlands and their creation"])[0].area
    'Environment'
    """

    def __init__(self, definitions: dict[str, str], examples: pd.DataFrame) -> None:
        columns.require(examples, ("text", "label"), "examples")
        if not definitions:
            raise InputError("no areas", where="definitions", found="nothing", allowed="one or more")
        known = examples[examples["label"].isin(list(definitions))]
        self._texts = [str(text) for text in known["text"]]
        self._names = list(definitions)
        self._vectors = _vectors()
        vectors = self._vectors.fit_transform([*definitions.values(), *self._texts])
        labels = np.array([*definitions, *known["label"]])
        means = [np.asarray(vectors[labels == name].mean(axis=0)).ravel() for name in self._names]
        self._centres = Normalizer(copy=False).fit_transform(np.vstack(means))
        self._examples = vectors[len(definitions) :]

    def scores(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Cosine of every text to every area.

        Parameters
        ----------
        texts
            Titles, with descriptions if there are any.

        Returns
        -------
        numpy.ndarray
            Shape (texts, areas), from 0 (no word in common) to 1; areas in the order of the definitions.
        """
        if not len(texts):
            return np.empty((0, len(self._names)))
        return np.asarray(self._vectors.transform(texts) @ self._centres.T)

    def match(self, texts: Sequence[str]) -> list[Match]:
        """Best area of every text, and the labelled text that is most like it.

        Parameters
        ----------
        texts
            Titles, with descriptions if there are any.

        Returns
        -------
        list of Match
            One a text; `nearest` is empty if there are no examples.
        """
        if not len(texts):
            return []
        scores = self.scores(texts)
        ranked = np.sort(np.pad(scores, ((0, 0), (1, 0))), axis=1)
        leads, nearest = ranked[:, -1] - ranked[:, -2], self._nearest(texts)
        best = scores.argmax(axis=1)
        return [
            Match(self._names[area], float(row[area]), float(lead), *near)
            for area, row, lead, near in zip(best, scores, leads, nearest, strict=True)
        ]

    def _nearest(self, texts: Sequence[str]) -> list[tuple[str, float]]:
        if not self._texts:
            return [("", 0.0)] * len(texts)
        likeness = (self._vectors.transform(texts) @ self._examples.T).toarray()
        return [(self._texts[row.argmax()], float(row.max())) for row in likeness]


def _vectors() -> Pipeline:
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, stop_words=STOP, token_pattern=WORD)
    letters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, preprocessor=_letters
    )
    return Pipeline(
        [("terms", FeatureUnion([("words", words), ("letters", letters)])), ("unit", Normalizer())]
    )


def _letters(text: str) -> str:
    return " ".join(word for word in re.findall(WORD, text.lower()) if word not in STOP)
