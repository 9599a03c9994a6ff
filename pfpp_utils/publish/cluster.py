"""A Dask cluster as an executor: its workers need the installed package, and are sent the rest."""

from __future__ import annotations

import asyncio
import hashlib
import io
import multiprocessing
import os
import tarfile
import tempfile
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, cast

from pfpp_utils import project
from pfpp_utils.data import reads
from pfpp_utils.errors import InputError
from pfpp_utils.publish import stamp, work

#: Tries of a page whose worker was lost.
TRIES = 5
#: How long to wait for a scheduler.
PATIENCE = "10s"


@contextmanager
def executor(address: str) -> Iterator[Executor | None]:
    """Connect to a cluster for as long as pages are run on it.

    Parameters
    ----------
    address
        Of the scheduler, such as ``tcp://127.0.0.1:8786``; empty for no cluster.

    Yields
    ------
    concurrent.futures.Executor or None
        Takes the place of local processes; None without an address.

    Raises
    ------
    InputError
        If Dask is not installed, or nobody answers there.
    """
    if not address:
        yield None
        return
    allowed = "a Dask scheduler that answers, such as tcp://127.0.0.1:8786, with Dask installed (make dask)"
    try:
        import distributed  # noqa: PLC0415 not everybody has it

        with ThreadPoolExecutor(1) as aside:  # a thread without a loop, unlike a notebook's
            aside.submit(asyncio.run, _greet(address)).result()
        connect = cast("Any", distributed.Client)  # typed in part where it is installed
        client = connect(address, timeout=PATIENCE, set_as_default=False)
    except (ImportError, OSError, ValueError, TypeError) as error:
        what, found = "the cluster cannot be used", f"{address}: {error}"
        raise InputError(what, where="--scheduler", found=found, allowed=allowed) from error
    with client:
        yield _Cluster(client)


async def _greet(address: str) -> None:
    """See whether a scheduler answers: a client of Dask's that failed may hang when it is cleared away."""
    import distributed  # noqa: PLC0415 not everybody has it

    dask = cast("Any", distributed)  # typed in part where it is installed
    keys = dask.Security().get_connection_args("client")
    await (await dask.comm.connect(address, timeout=PATIENCE, **keys)).close()


class _Cluster(Executor):
    """Sends every page with what it needs; the rest is the client's own executor."""

    def __init__(self, client: Any) -> None:  # noqa: ANN401
        content = bundle()
        self._name = hashlib.sha256(content).hexdigest()
        self._content = client.scatter(content, broadcast=True)
        self._pages = client.get_executor(retries=TRIES, pure=False)

    def submit(self, _: Any, /, task: work.Task) -> Future[work.Done]:  # type: ignore[override] # noqa: ANN401
        return self._pages.submit(perform, task, self._name, self._content, stamp.package())

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._pages.shutdown(wait=wait)


def bundle() -> bytes:
    """Pack the project's data, with official files, and its notebooks: the same bytes for the same content.

    Returns
    -------
    bytes
        A tar archive.
    """
    root, external, packed = project.root(), reads.external(), io.BytesIO()
    own = [file.relative_to(root) for room in ("data", "notebooks") for file in stamp.below(root / room)]
    held = Path("data/external")  # what is there does not count if official files are held elsewhere
    files = {file: root / file for file in own if not file.is_relative_to(held)}
    files |= {held / file.relative_to(external): file for file in stamp.below(external)}
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, file in sorted(files.items()):
            content = file.read_bytes()
            entry = tarfile.TarInfo(name.as_posix())
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def perform(task: work.Task, name: str, content: bytes, package: str) -> work.Done:
    """Execute a page on a worker of the cluster, in a process of its own.

    Parameters
    ----------
    task
        What to do.
    name
        Fingerprint of the bundle.
    content
        The bundle.
    package
        Fingerprint of the package, which must be the same there.

    Returns
    -------
    Done
        As from :func:`pfpp_utils.publish.work.perform`.
    """
    if stamp.package() != package:
        return work.Done(0.0, error="the cluster's worker has another version of pfpp-utils installed")
    return _pool(str(_unpack(name, content))).submit(work.perform, task).result()


def _unpack(name: str, content: bytes) -> Path:
    """Unpack a bundle once on this machine, whole or not at all."""
    folder = Path(tempfile.gettempdir()) / f"pfpp-{os.getuid()}" / name
    if not folder.is_dir():
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as beside:
            with tarfile.open(fileobj=io.BytesIO(content)) as archive:
                archive.extractall(Path(beside) / "project", filter="data")
            if not folder.is_dir():
                os.replace(Path(beside) / "project", folder)
    return folder


@cache
def _pool(folder: str) -> ProcessPoolExecutor:
    """Start processes for one bundle, once on a worker of the cluster."""
    from pfpp_utils.publish import execute  # noqa: PLC0415 execute loads this

    # Dask starts its workers as daemons, which Python lets start no processes; ours end with it.
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    os.environ["PFPP_PROJECT"] = folder
    os.environ.pop("PFPP_EXTERNAL", None)
    (project.build()).mkdir(exist_ok=True)
    return execute.processes(os.cpu_count() or 1)
