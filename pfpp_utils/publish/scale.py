"""How large a page shows a picture: an inch of it is 100 pixels, and less where there is too little room."""

from __future__ import annotations

#: A picture is never shown smaller than at this share of its size: letters stay legible, the box scrolls.
LEAST = 0.85
#: Its least width is a class of `finish/static/page.css`, which has one every so many pixels, up to the last.
STEP, WIDEST = 40, 3200


def least(width: int) -> int:
    """Least width at which a page shows a picture: of the steps of the style sheet, the one below.

    Parameters
    ----------
    width
        Of the picture, in pixels.

    Examples
    --------
    >>> least(800), least(6000)
    (680, 3200)
    """
    return min(int(LEAST * width) // STEP * STEP, WIDEST)


def smallest(width: int) -> float:
    """Share of the size that is meant for its letters at which a picture may be shown.

    Parameters
    ----------
    width
        Of the picture, in pixels.

    Returns
    -------
    float
        1 but for pictures that are wider than the style sheet has steps for.

    Examples
    --------
    >>> smallest(800), round(smallest(6000), 2)
    (1.0, 0.63)
    """
    return min(1.0, WIDEST / (LEAST * width))
