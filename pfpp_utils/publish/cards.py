"""Cards of a front page: a question, its answer, how sure that is and why, and the page that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pfpp_utils.publish.markup import escape

Sure = Literal["firm", "fair", "weak", "open"]
#: How sure an answer is: the word for readers, and what it means.
SURE: dict[Sure, tuple[str, str]] = {
    "firm": ("Firm", "it can be checked, and agrees wherever it was"),
    "fair": ("Fair", "most of it agrees, with gaps or contradictions"),
    "weak": ("Weak", "it points one way, but rests on little or on assumptions"),
    "open": ("Not known", "nothing in print can tell"),
}


@dataclass(frozen=True)
class Card:
    """One answer of a front page, in plain text.

    Attributes
    ----------
    asks
        The question.
    answer
        The answer, in a sentence or two.
    sure
        How sure it is.
    because
        Why it is no surer, or why it is so sure.
    page
        Name of the page that shows it, or an anchor on this page.
    link
        What a reader finds there.
    """

    asks: str
    answer: str
    sure: Sure
    because: str
    page: str
    link: str


def html(cards: Sequence[Card]) -> str:
    """Write cards as a list, with what the words for sureness mean below it.

    Parameters
    ----------
    cards
        In the order of reading.

    Returns
    -------
    str
        HTML; all texts are escaped.
    """
    used = {card.sure for card in cards}
    meant = "; ".join(f"<em>{word}</em>: {means}" for key, (word, means) in SURE.items() if key in used)
    listed = "\n".join(map(_card, cards))
    return f'<ul class="pfpp-cards">\n{listed}\n</ul>\n<p class="pfpp-note">What the words mean. {meant}.</p>'


def plain(cards: Sequence[Card]) -> str:
    """Write cards as lines of text.

    Parameters
    ----------
    cards
        As for :func:`html`.

    Returns
    -------
    str
        One line a card.
    """
    return "\n".join(f"{c.asks} {c.answer} {SURE[c.sure][0]}: {c.because}" for c in cards)


def _card(card: Card) -> str:
    word, _ = SURE[card.sure]
    return (
        f'<li class="pfpp-card pfpp-card-{card.sure}"><p class="pfpp-card-asks">{escape(card.asks)}</p>'
        f'<p class="pfpp-card-answer">{escape(card.answer)}</p>'
        f'<p class="pfpp-card-sure"><strong>How sure: {word.lower()}.</strong> {escape(card.because)} '
        f'<a href="{escape(card.page)}">{escape(card.link)}</a></p></li>'
    )
