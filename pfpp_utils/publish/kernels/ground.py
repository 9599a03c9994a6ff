"""What every page needs from elsewhere, loaded before it is forked. Imported for its effects."""

from __future__ import annotations

import os

# Before pyplot: what a kernel would choose. The pictures come out as from a fresh kernel.
os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")

import atexit
import gc
import importlib
import sys

import IPython.core.completer
import ipykernel.ipkernel
import ipykernel.kernelapp
import matplotlib as mpl
import matplotlib.pyplot as plt
import matplotlib_inline.backend_inline
import nbformat
import pandas as pd
import papermill

from pfpp_utils.publish.kernels import sources

sources.install()
nbformat.validate(nbformat.v4.new_notebook())  # it compiles the schema when first asked
pd.set_option("display.max_columns", 20)  # what pandas chooses by itself in a notebook, but not elsewhere
_style = mpl.rcParams.copy()


def forget() -> None:
    """Forget the package's own modules: a page reads them from their source as it is by then.

    What they import from elsewhere stays, which is nearly all of the time that they take.
    """
    for name in [name for name in sys.modules if name.partition(".")[0] == "pfpp_utils"]:
        del sys.modules[name]
    importlib.invalidate_caches()
    mpl.rcParams.update(_style)


atexit.register(gc.unfreeze)  # or libraries would complain of leaks in the end
gc.freeze()  # a page that looks for garbage here would find none, and make all of this memory its own
