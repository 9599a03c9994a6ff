"""`pfpp lab`: JupyterLab opens on the page that shows how to start, and its kernels are forked warm ones."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest
from jupyter_client import BlockingKernelClient

from pfpp_utils import project
from pfpp_utils.commands import lab


def _listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def server(tmp_path):
    """Start JupyterLab as a researcher does; gives the page it opens, and a function that asks its server."""
    own = dict.fromkeys(["JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR"], str(tmp_path))
    environment = os.environ | own
    command = [sys.executable, "-m", "pfpp_utils.cli", "lab", "--no-browser", "--port", "0", "--allow-root"]
    command += ["--IdentityProvider.token=test", "--ServerApp.ip=127.0.0.1"]
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=environment, text=True, cwd=tmp_path, **pipes) as running:
        try:
            start = next(filter(None, (re.search(r"http://127\S+", line) for line in running.stderr))).group()
            base = start.partition("/lab/")[0]
            until = time.monotonic() + 60
            port = int(base.rpartition(":")[2])
            while not _listens(port) and time.monotonic() < until:  # the address is printed before it holds
                time.sleep(0.1)

            def ask(path, data=None):
                headers = {"Authorization": "token test"}
                request = urllib.request.Request(base + path, data=data, headers=headers)
                with urllib.request.urlopen(request, timeout=60) as answer:
                    return json.load(answer)

            yield start, ask
        finally:
            running.send_signal(signal.SIGTERM)
            running.stderr.read()


def test_it_starts_where_it_is_explained_how_with_warm_kernels(server, tmp_path):
    start, ask = server
    assert "/lab/tree/notebooks/START.md" in start
    names = {entry["name"] for entry in ask("/api/contents/notebooks")["content"]}
    assert {"START.md", "plan.yml", "breakeven.ipynb"} <= names
    kernel = ask("/api/kernels", b'{"name": "python3"}')["id"]
    client = BlockingKernelClient(connection_file=str(tmp_path / f"kernel-{kernel}.json"))
    client.load_connection_file()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    said = []
    client.execute_interactive(
        "import os; print(os.getppid())",
        output_hook=lambda message: said.append(message["content"].get("text")),
    )
    client.stop_channels()
    parent = psutil.Process(int(next(filter(None, said))))
    assert "forkserver" in " ".join(parent.cmdline())


def test_the_settings_are_json():
    for file in lab.GIVEN.rglob("*.json"):
        assert json.loads(file.read_text())


def test_the_page_to_start_from_leads_to_files_that_are_there():
    text = (project.notebooks() / "START.md").read_text()
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert len(links) > 8
    assert all((Path(project.notebooks()) / link).is_file() for link in links)
