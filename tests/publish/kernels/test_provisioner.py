"""Warm kernels for whatever starts kernels through jupyter_client."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import psutil
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import start_new_kernel


@pytest.fixture(scope="module")
def kernel():
    manager, client = start_new_kernel(kernel_name="pfpp-warm", startup_timeout=120)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def ask(client, code):
    """Run code; returns the status, or the value of an expression."""
    reply = client.execute_interactive(
        "", user_expressions={"value": code}, timeout=60, output_hook=lambda _: None
    )
    return reply["content"]["user_expressions"]["value"].get("data", {}).get("text/plain", "error")


def test_the_kernel_is_installed_with_the_package():
    spec = KernelSpecManager().get_kernel_spec("pfpp-warm")
    assert spec.metadata["kernel_provisioner"]["provisioner_name"] == "pfpp-warm"


def test_it_is_a_fork_with_everything_loaded(kernel):
    manager, client = kernel
    assert ask(client, "'papermill' in __import__('sys').modules") == "True"
    assert (
        ask(client, "[m for m in __import__('sys').modules if m.startswith('pfpp_utils.publish.show')]")
        == "[]"
    )
    assert ask(client, "__import__('os').getpid()") == str(manager.provisioner.pid)


def test_a_kernel_starts_also_where_all_is_loaded_already():
    """As under pytest, which loads the package's own modules for their examples, in a running event loop."""
    program = """\
import pfpp_utils.publish.kernels.ground
from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name="pfpp-warm", startup_timeout=120)
print(client.execute_interactive("pass", timeout=60)["content"]["status"])
client.stop_channels()
manager.shutdown_kernel(now=True)
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ran.stdout == "ok\n", ran.stderr


@pytest.mark.parametrize("name", ["python3", "pfpp-warm"])
def test_a_module_beside_the_notebook_is_found_unless_python_has_one_of_that_name(tmp_path, name):
    for module in ("beside", "fractions"):
        (tmp_path / f"{module}.py").write_text("HERE = True")
    manager, client = start_new_kernel(kernel_name=name, startup_timeout=120, cwd=str(tmp_path))
    try:
        assert ask(client, "__import__('beside').HERE") == "True"
        assert ask(client, "hasattr(__import__('fractions'), 'HERE')") == "False"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_an_interrupt_ends_the_cell_and_not_the_kernel(kernel):
    manager, client = kernel
    sent = client.execute("import time\ntime.sleep(200)")
    time.sleep(2)
    manager.interrupt_kernel()
    reply = client.get_shell_msg(timeout=60)
    assert reply["parent_header"]["msg_id"] == sent
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert ask(client, "1 + 1") == "2"


def test_a_restart_forgets_everything(kernel):
    manager, client = kernel
    client.execute_interactive("x = 1", timeout=60)
    before = manager.provisioner.pid
    manager.restart_kernel(now=True)
    client.wait_for_ready(timeout=60)
    assert ask(client, "x") == "error"
    assert manager.provisioner.pid != before
    assert not psutil.pid_exists(before)


def test_an_environment_with_values_that_are_no_text(monkeypatch):
    environment = {**os.environ, "NUMBER": 7}
    manager, client = start_new_kernel(kernel_name="pfpp-warm", startup_timeout=120, env=environment)
    try:
        assert ask(client, "__import__('os').environ['NUMBER']") == "'7'"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_a_kernel_that_dies_is_seen_to_be_dead():
    manager, client = start_new_kernel(kernel_name="pfpp-warm", startup_timeout=120)
    os.kill(manager.provisioner.pid, signal.SIGKILL)
    until = time.monotonic() + 30
    while manager.is_alive() and time.monotonic() < until:
        time.sleep(0.1)
    assert not manager.is_alive()
    client.stop_channels()
    manager.cleanup_resources()


def test_the_kernel_spec_is_ordinary():
    spec = KernelSpecManager().get_kernel_spec("pfpp-warm")
    assert json.loads(json.dumps(spec.argv)) == spec.argv
    assert "ipykernel_launcher" in spec.argv
