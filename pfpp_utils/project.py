"""Where a project keeps its rooms: data, notebooks, book and what is built from them."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from pfpp_utils.errors import InputError

CHECKOUT = Path(__file__).resolve().parents[1]


def root() -> Path:
    """Folder of the project at hand.

    The environment variable ``PFPP_PROJECT`` names another project (the ``--project`` option of the
    command sets it); without it, the checkout that holds this package. Never the working directory,
    so a notebook gives the same answer wherever it is started.

    Returns
    -------
    pathlib.Path
        An absolute path that holds ``data/datapackage.json``.

    Raises
    ------
    InputError
        If the folder holds no data package.
    """
    folder = _resolved(os.path.abspath(os.environ.get("PFPP_PROJECT") or CHECKOUT))
    if not os.path.isfile(f"{folder}/data/datapackage.json"):
        raise InputError(
            "not a project folder",
            where="--project, or PFPP_PROJECT" if os.environ.get("PFPP_PROJECT") else str(folder),
            found=str(folder),
            allowed="a folder with data/datapackage.json",
        )
    return folder


@cache  # asked for thousands of times while a book is made
def _resolved(folder: str) -> Path:
    return Path(folder).resolve()


def data() -> Path:
    """Folder of the data package."""
    return root() / "data"


def notebooks() -> Path:
    """Folder of the parameterised notebooks and their plan."""
    return root() / "notebooks"


def build() -> Path:
    """Folder for everything made by a run; safe to delete."""
    return root() / "_build"
