"""One at a time: whoever changes what is built holds a lock, which ends with its process."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from pfpp_utils import project
from pfpp_utils.errors import Failure


@contextmanager
def turn() -> Iterator[None]:
    """Hold the folder of what is built for oneself.

    Raises
    ------
    Failure
        Naming the process that holds it, if another does.
    """
    path = project.build() / "turn"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            holder = file.read().strip() or "not known"
            what = f"another run is at work here (process {holder}); try again when it has ended"
            raise Failure(f"{what}\n  lock: {path}") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
