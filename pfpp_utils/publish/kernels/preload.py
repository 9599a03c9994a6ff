"""All that any page needs, loaded before many pages are forked. Imported for its effects."""

from __future__ import annotations

import pfpp_utils.publish.kernels.ground  # before all else

import contextlib
import gc
import importlib
import os
import pkgutil

os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # or it complains of a Python that it is loaded into early
import ipykernel.debugger  # every kernel loads it when it starts

del os.environ["PYDEVD_DISABLE_FILE_VALIDATION"]

import pingouin
import plotly.graph_objects
import plotly.io
import scipy.stats
import seaborn

import pfpp_utils

#: What no page uses; most of it loads much of its own.
SPARED = (
    "pfpp_utils.cli",
    "pfpp_utils.commands",
    *(
        f"pfpp_utils.data.{name}"
        for name in ("external.acquisition", "external.choice", "external.downloads")
    ),
    *(f"pfpp_utils.data.{name}" for name in ("external.govuk", "validation")),
    *(f"pfpp_utils.publish.{name}" for name in ("access", "ahead", "book", "builder", "cluster", "edition")),
    *(
        f"pfpp_utils.publish.{name}"
        for name in ("faults", "finish", "gate", "gathering", "kernels", "settings", "starting", "watcher")
    ),
)

for module in pkgutil.walk_packages(pfpp_utils.__path__, "pfpp_utils."):
    if not module.name.startswith(SPARED):
        with contextlib.suppress(Exception):  # whoever needs the module will be told what is wrong with it
            importlib.import_module(module.name)

gc.freeze()  # as in the ground
