"""Edit the notebooks: ``pfpp lab``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from pfpp_utils.commands import terminal

#: What JupyterLab is given: a kernel "python3" that is warm, and settings.
GIVEN = Path(__file__).resolve().parents[1] / "publish/kernels/lab"


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.pass_context
@terminal.report
def lab(context: click.Context) -> None:
    """Open the notebooks in JupyterLab, with a page that shows how to start. Ctrl-C ends it.

    Kernels are forked from one process that has the libraries loaded, so that a notebook runs at once;
    a restart gives a fresh one. Further options are JupyterLab's own, such as --no-browser or --port.
    """
    from pfpp_utils import project  # noqa: PLC0415 keeps --help quick

    root = project.root()
    start = "notebooks/START.md" if (root / "notebooks/START.md").is_file() else "notebooks"
    found = [str(GIVEN), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    command = [
        *(sys.executable, "-P", "-m", "jupyterlab"),
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url=/lab/tree/{start}",
        f"--LabApp.app_settings_dir={GIVEN / 'settings'}",
        *context.args,
    ]
    sys.stdout.flush()
    os.execve(sys.executable, command, {**os.environ, "JUPYTER_PATH": os.pathsep.join(found)})
