"""A kernel provisioner for jupyter_client: kernels forked from a process with the heavy modules loaded.

nbval, JupyterLab and whatever else starts kernels through jupyter_client use it with the kernel
``pfpp-warm``, and know nothing of it. The kernel itself is ipykernel, over its own sockets, as always.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
import time
import traceback
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from pfpp_utils.publish.kernels import forks

#: How long to wait for a kernel that has been forked to listen, and how often to look, in seconds.
PATIENCE, LOOK = 2.0, 0.005


class WarmProvisioner(LocalProvisioner):
    """Starts kernels by forking; everything else is as for any local kernel."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel.

        Parameters
        ----------
        cmd
            The command of the kernel spec: interpreter, ``-m``, module, and arguments for ipykernel.
        kwargs
            As for :class:`subprocess.Popen`; ``cwd`` and ``env`` are used.

        Returns
        -------
        dict
            How to connect to the kernel.
        """
        arguments = cmd[cmd.index("-m") + 2 :]
        environment = {key: str(value) for key, value in (kwargs.get("env") or os.environ).items()}
        process = _Process(arguments, kwargs.get("cwd"), environment)
        self.process = process  # type: ignore[assignment] # it has what is asked of one
        self.pid = self.pgid = process.pid
        self.cwd = kwargs.get("cwd")
        await self._listens(process)
        return self.connection_info

    async def _listens(self, process: _Process) -> None:
        """Wait until the kernel listens, at the last port last: who comes earlier tries again only later."""
        where = self.connection_info
        end = time.monotonic() + PATIENCE
        while where.get("transport") == "tcp" and process.poll() is None and time.monotonic() < end:
            with contextlib.suppress(OSError):
                socket.create_connection((where["ip"], where["hb_port"]), timeout=1).close()
                return
            await asyncio.sleep(LOOK)

    async def kill(self, restart: bool = False) -> None:
        """End the kernel at once; it is gone in a moment, and jupyter_client would look ten times a second.

        Parameters
        ----------
        restart
            Whether another is to take its place.
        """
        await super().kill(restart)
        if self.process:
            self.process.wait(1)


class _Process:
    """A forked kernel, with what jupyter_client asks of a :class:`subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, arguments: list[str], cwd: str | None, environment: dict[str, str]) -> None:
        by = forks.server()  # never from here, where an event loop is running, though all may be loaded
        self._process = forks.start(_kernel, arguments, cwd=cwd, environment=environment, by=by)
        self.pid = self._process.pid or 0

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        self._process.join(timeout)
        return self._process.exitcode

    def send_signal(self, signum: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, signum)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


def _kernel(arguments: list[str]) -> None:
    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415 loaded in the server already

    sys.argv = ["ipykernel_launcher", *arguments]
    try:
        IPKernelApp.launch_instance([*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])
    except Exception:  # by now its own standard error goes to a client that is not there yet
        traceback.print_exc(file=sys.__stderr__)
        sys.exit(1)
