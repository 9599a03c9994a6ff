"""Contrast of two colours, as WCAG 2.2 defines it."""

from __future__ import annotations

import numpy as np
from matplotlib.colors import to_rgba
from numpy.typing import ArrayLike, NDArray

Colour = tuple[float, float, float]

#: Least contrast of what is drawn, and of letters: WCAG 2.2, success criteria 1.4.11 and 1.4.3 (AA).
GRAPHIC, TEXT = 3.0, 4.5
WHITE: Colour = (1.0, 1.0, 1.0)


def luminance(colours: ArrayLike) -> NDArray[np.float64]:
    """Relative luminance of colours.

    Parameters
    ----------
    colours
        Red, green and blue from 0 to 1 along the last axis.

    Returns
    -------
    numpy.ndarray
        From 0 (black) to 1 (white), without the last axis.

    References
    ----------
    W3C, Web Content Accessibility Guidelines 2.2, "relative luminance".
    """
    values = np.asarray(colours, dtype=float)
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def ratio(one: ArrayLike, other: ArrayLike) -> NDArray[np.float64]:
    """Contrast of colours, element by element.

    Parameters
    ----------
    one, other
        As for :func:`luminance`; one of them may be a single colour.

    Returns
    -------
    numpy.ndarray
        From 1 (none) to 21 (black on white), in either order.

    Examples
    --------
    >>> float(ratio((0, 0, 0), (1, 1, 1)).round(2)), float(ratio(WHITE, WHITE))
    (21.0, 1.0)
    """
    first, second = luminance(one), luminance(other)
    return (np.maximum(first, second) + 0.05) / (np.minimum(first, second) + 0.05)


def between(one: object, other: object) -> float:
    """Contrast of two colours in any of matplotlib's ways of writing one, seen on white.

    Parameters
    ----------
    one, other
        Such as ``"#12436D"`` or ``"white"``.

    Examples
    --------
    >>> round(between("#12436D", "#28A197"), 2)
    3.24
    """
    return float(ratio(over(one, WHITE), over(other, WHITE)))


def over(colour: object, ground: Colour) -> Colour:
    """Colour that is seen where one that may let light through lies on another.

    Parameters
    ----------
    colour
        In any of matplotlib's ways.
    ground
        What lies below it, without transparency.
    """
    red, green, blue, alpha = to_rgba(colour)  # type: ignore[arg-type]
    mixed = [
        alpha * value + (1 - alpha) * below for value, below in zip((red, green, blue), ground, strict=True)
    ]
    return mixed[0], mixed[1], mixed[2]
