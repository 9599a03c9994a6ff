"""The two kinds of error: what a person supplied cannot be used; what was asked for did not succeed."""

from __future__ import annotations

from collections.abc import Iterable


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
            f"{what}\n  where:   {where}\n  found:   {found!r}\n  allowed: {self.allowed}",
        )

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuild the error in another process from its attributes, not from its message."""
        return (_restore, (type(self), self.args, self.__dict__))


def _restore(kind: type[InputError], args: tuple[str], attributes: dict[str, object]) -> InputError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(attributes)
    return error


class Failure(RuntimeError):
    """A page or the book could not be made; the command line prints the message and exits with status 1."""
