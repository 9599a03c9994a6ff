"""The two kinds of error: what a person supplied cannot be used; what was asked for did not succeed."""

from __future__ import annotations

from collections.abc import Iterable

from pfpp_utils.characters import shown

#: How much of a value a message quotes, in characters: a field of a file may have millions.
LONGEST = 1_000


class InputError(ValueError):
    """Something that a person supplied cannot be used.

    The command line prints the message and exits with status 2; in a notebook it ends the page.

    Parameters
    ----------
    what
        What is wrong, in a few words.
    where
        File and place in it (line, column, field) or the name of the argument.
    found
        The offending value, as found.
    allowed
        What would be accepted: a sentence, or the permitted values.

    Examples
    --------
    >>> print(InputError("unknown place", where="plan.yml", found="leeds", allowed=["durham", "luton"]))
    unknown place
      where:   plan.yml
      found:   'leeds'
      allowed: durham, luton
    """

    def __init__(self, what: str, *, where: str, found: object, allowed: str | Iterable[str]) -> None:
        self.what = what
        self.where = where
        self.found = found
        self.allowed = allowed if isinstance(allowed, str) else ", ".join(map(str, allowed))
        super().__init__(
            shown(f"{what}\n  where:   {where}\n  found:   {_short(found)}\n  allowed: {self.allowed}"),
        )

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuild the error in another process from its attributes, not from its message."""
        return (_restore, (type(self), self.args, self.__dict__))


def _short(found: object) -> str:
    """Write a value as Python does; of a very long one, the beginning."""
    written = repr(found)
    return written if len(written) <= LONGEST else f"{written[:LONGEST]}... ({len(written):,} characters)"


def _restore(kind: type[InputError], args: tuple[str], attributes: dict[str, object]) -> InputError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(attributes)
    return error


class Failure(RuntimeError):
    """A page or the book could not be made; the command line prints the message and exits with status 1."""
