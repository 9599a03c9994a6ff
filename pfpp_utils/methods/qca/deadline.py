"""A deadline: searches end with what they have found, rather than run for hours."""

from __future__ import annotations

import time


class Deadline:
    """A moment by which to be done.

    Parameters
    ----------
    seconds
        From now.
    """

    def __init__(self, seconds: float = 4.0) -> None:
        self.at = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left, 0 or more."""
        return max(0.0, self.at - time.monotonic())

    def part(self, share: float) -> Deadline:
        """Set an earlier deadline.

        Parameters
        ----------
        share
            Of the time left, from 0 to 1.

        Returns
        -------
        Deadline
            After that share of it.
        """
        return Deadline(self.left * share)

    def check(self) -> None:
        """Go on only if there is time.

        Raises
        ------
        TimeoutError
            If none is left.
        """
        if not self.left:
            raise TimeoutError("the search takes too long")
