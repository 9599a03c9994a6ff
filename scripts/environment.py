"""Write environment.yml (for conda and Binder) from requirements.lock, so that both install the same.

`python scripts/environment.py` writes the file; `make lock` calls it.
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEAD = """\
# Written by `make lock` from requirements.lock: the same versions, for conda and Binder.
name: pfpp
channels:
  - conda-forge
dependencies:
  - python=3.11
  - pip
  - pip:
      - --editable .
"""


def pins(lock: str) -> list[str]:
    """Return the pinned requirements of a lock, with their markers and without their hashes."""
    return [line.rstrip(" \\") for line in lock.splitlines() if re.match(r"[a-z0-9]", line)]


def environment(lock: str) -> str:
    """Return the text of environment.yml for a lock."""
    return HEAD + "".join(f'      - "{pin}"\n' for pin in pins(lock))


if __name__ == "__main__":
    (ROOT / "environment.yml").write_text(environment((ROOT / "requirements.lock").read_text()))
