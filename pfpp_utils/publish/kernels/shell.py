"""Cells run by an IPython shell in this very process: the shell of a kernel, without the kernel's network."""

from __future__ import annotations

import builtins
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable
from typing import Any

import ipykernel_launcher
from ipykernel.compiler import XCachingCompiler
from ipykernel.jsonutil import json_clean
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from IPython.core.pylabtools import activate_matplotlib
from jupyter_client.session import Session
from matplotlib_inline import backend_inline
from nbformat.v4 import output_from_msg
from traitlets import List
from traitlets.config import Config

Output = dict[str, Any]


class Recorder(Session):
    """Takes what the shell would send to a client, and makes a cell's outputs of it."""

    outputs: Any = List()
    _clear = False

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._shown: dict[str, list[Output]] = {}
        self._printed = {"stdout": "", "stderr": ""}
        self._below = {"stdout": _caught(1), "stderr": _caught(2)}

    def send(  # type: ignore[override] # nothing is sent, so there is nothing to give back
        self, stream: Any, message: Any, content: Any = None, *_: Any, **__: Any
    ) -> None:
        """Take a message, as a session's socket does."""
        if not isinstance(message, dict):
            message = self.msg(message, content)
        kind = message["header"]["msg_type"]
        self.flush()
        if kind in {"display_data", "execute_result", "error", "update_display_data"}:
            self._add(kind, _plain(message["content"]))
        elif kind == "clear_output":
            self._clear = bool(message["content"].get("wait"))
            if not self._clear:
                self.outputs.clear()

    def write(self, name: str, text: str) -> None:
        """Take what the cell prints; it shows when something else does, or at the cell's end."""
        self._printed[name] += text

    def flush(self) -> None:
        """Make outputs of what was printed."""
        printed, self._printed = self._printed, {"stdout": "", "stderr": ""}
        for name, written in printed.items():
            text = written + self._below[name].read()
            last = self.outputs[-1] if self.outputs else {}
            if text and not self._clear and last.get("name") == name:
                last["text"] += text
            elif text:
                self._add("stream", {"name": name, "text": text})

    def _add(self, kind: str, content: dict[str, Any]) -> None:
        if self._clear:
            self.outputs.clear()
            self._clear = False
        shown = content.get("transient", {}).get("display_id")
        if kind == "update_display_data":
            for output in self._shown.get(shown, ()):
                output.update(data=content["data"], metadata=content["metadata"])
            return
        self.outputs.append(
            output_from_msg({"header": {"msg_type": kind}, "content": content, "metadata": {}})
        )
        if shown:
            self._shown.setdefault(shown, []).append(self.outputs[-1])


def _plain(content: dict[str, Any]) -> dict[str, Any]:
    """Make of a message what would have come through a socket."""
    plain: dict[str, Any] = json.loads(json.dumps(json_clean(content)))  # type: ignore[no-untyped-call]
    return plain


def _caught(number: int) -> io.TextIOBase:
    """Catch what is written below Python, by a library in C or another program."""
    file, path = tempfile.mkstemp()
    os.dup2(file, number)
    os.close(file)
    written = open(path, encoding="utf-8", errors="replace")  # noqa: SIM115 it stays open
    os.unlink(path)
    return written


class _Stream(io.TextIOBase):
    """Standard output or error of the cells."""

    encoding = "utf-8"

    def __init__(self, name: str, recorder: Recorder) -> None:
        self.name, self._recorder = name, recorder

    def write(self, text: str) -> int:
        self._recorder.write(self.name, text)
        return len(text)

    def writable(self) -> bool:
        return True


Ran = Callable[[list[Output], int, bool], None]


def run(cells: list[str], ran: Ran) -> None:
    """Run cells of code in order, until one fails.

    Parameters
    ----------
    cells
        Sources of the code cells.
    ran
        Called after each cell with its outputs (of the notebook format), its execution count, and whether
        it failed.
    """
    recorder = Recorder()
    shell = _shell(recorder)
    for source in cells:
        recorder.outputs = []
        result = shell.run_cell(source, store_history=True)
        failed = not result.success or bool(getattr(shell, "_last_traceback_during_displayhook", False))
        recorder.flush()
        ran(recorder.outputs, shell.execution_count - 1, failed)
        if failed:
            return


def _shell(recorder: Recorder) -> Any:
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "neutral"
    shell: Any = ZMQInteractiveShell.instance(config=config, compiler_class=XCachingCompiler)
    for sender in (shell.displayhook, shell.display_pub):
        sender.session = recorder
        sender.pub_socket = None
    shell.enable_gui = lambda gui=None: None  # there is no event loop to join
    activate_matplotlib("module://matplotlib_inline.backend_inline")
    backend_inline.configure_inline_support(shell, "inline")  # type: ignore[no-untyped-call]
    sys.stdout, sys.stderr = _Stream("stdout", recorder), _Stream("stderr", recorder)
    sys.argv = [ipykernel_launcher.__file__]
    builtins.input = _nobody
    return shell


def _nobody(_: object = "") -> str:
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")
