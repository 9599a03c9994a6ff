"""The built book at a local address; an open page loads itself again when it is another than before."""

from __future__ import annotations

import functools
import gzip
import http.server
import io
import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import urljoin

from pfpp_utils import project

EVENTS = "/_pfpp/events"
LISTENER = "/_pfpp/listen.js"
#: A file of its own: the content security policy of the pages lets nothing inline run.
SCRIPT = f'<script src="{LISTENER}"></script>'.encode()
LISTEN = f'new EventSource("{EVENTS}?" + location.pathname).onmessage = () => location.reload();\n'.encode()
#: Kinds of files that are sent compressed, as publishers of pages do; pictures and workbooks are so already.
COMPRESSED: Final = (".css", ".csv", ".html", ".ipynb", ".js", ".json", ".md", ".svg", ".txt")
_PICTURE = re.compile(rb'="([^"?#]*_static/figures/[^"?#]+)"')
#: How often to see whether there is a new book, in seconds.
LOOK = 0.01
#: How often to see whether anybody still listens, in seconds.
BEAT = 1.0


def ahead() -> Path:
    """Folder of files that are shown in place of the book's own, until they are in it."""
    return project.build() / "ahead"


def clear() -> None:
    """Show the book itself, and leave nothing of what was shown ahead of it."""
    old = ahead().with_name("ahead.old")
    shutil.rmtree(old, ignore_errors=True)
    if ahead().exists():
        ahead().rename(old)
    for folder in (old, ahead().with_name("ahead.new")):
        shutil.rmtree(folder, ignore_errors=True)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the book's files, and to each page a stream of events: one whenever the page is another.

    Attributes
    ----------
    listens
        Whether pages listen.
    ahead
        Folder of files that are shown in place of the book's own.
    """

    protocol_version = "HTTP/1.1"  # one connection for many files
    timeout = 60
    listens = True
    ahead: Path | None = None

    def do_GET(self) -> None:
        """Answer a request."""
        try:
            address, _, page = self.path.partition("?")
            if address == EVENTS and self.listens:
                self._events(page)
            else:
                super().do_GET()
        except ConnectionError:  # the reader has left the page; nothing is wrong
            self.close_connection = True
        except (OSError, ValueError):  # an address that no file can have
            self.send_error(HTTPStatus.NOT_FOUND)

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Send the head of a file; a page takes the script that listens for events."""
        if self.path == LISTENER and self.listens:
            return self._answer(LISTEN, "text/javascript")
        path = Path(self.translate_path(self.path))
        if path.suffix not in COMPRESSED or not path.is_file():
            return super().send_head()
        content = path.read_bytes()
        if path.suffix == ".html" and self.listens:
            content = content.replace(b"</body>", SCRIPT + b"</body>")
        return self._answer(content, self.guess_type(str(path)))

    def _answer(self, content: bytes, kind: str) -> io.BytesIO:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            self.send_header("Content-Encoding", "gzip")
            content = compressed(content)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        return io.BytesIO(content)

    def log_message(self, *_: object) -> None:
        """Say nothing of single requests."""

    def translate_path(self, path: str) -> str:
        """Find the file of an address: what is shown ahead of the book, or the book's own."""
        found = Path(super().translate_path(path))
        found = found / "index.html" if found.is_dir() and path.endswith("/") else found
        ahead = self.ahead and self.ahead / found.relative_to(self.directory)
        return str(ahead if ahead and ahead.is_file() else found)

    def _events(self, page: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")  # it ends when nobody listens, not after a length
        self.end_headers()
        seen, shown, beaten = self._state(), self._shown(page), -BEAT
        while True:
            if time.monotonic() - beaten > BEAT:
                beaten = time.monotonic()
                self.wfile.write(b":\n\n")  # fails once nobody listens
                self.wfile.flush()
            time.sleep(LOOK)
            if (now := self._state()) != seen and now[0]:
                seen = now
                if (content := self._shown(page)) != shown and content[0]:
                    shown = content
                    self.wfile.write(b"data: new page\n\n")
                    self.wfile.flush()

    def _shown(self, page: str) -> list[bytes]:
        """Give a page as it is shown, with its pictures; without a page, tell books apart."""
        if not page:
            return [repr(self._state()[0]).encode()]
        content = self._read(page)
        pictures = [urljoin(page, found.decode(errors="replace")) for found in _PICTURE.findall(content)]
        return [content, *(self._read(picture) for picture in pictures)]

    def _read(self, address: str) -> bytes:
        try:
            return Path(self.translate_path(address)).read_bytes()
        except (OSError, ValueError):  # it is gone, or no file can have that address
            return b""

    def _state(self) -> tuple[object, ...]:
        """Tell apart what is shown: each book is a folder of its own, moved into place when it is whole."""
        return tuple(_look(folder) for folder in (Path(self.directory), self.ahead))


def _look(folder: Path | None) -> object:
    try:
        return folder and [folder.stat().st_ino, folder.stat().st_mtime_ns]
    except OSError:
        return None


@functools.lru_cache(maxsize=200)
def compressed(content: bytes) -> bytes:
    """Compress a file as it is sent.

    Parameters
    ----------
    content
        Its bytes.

    Returns
    -------
    bytes
        In gzip's format; always the same for the same content.
    """
    return gzip.compress(content, 6, mtime=0)


def server(
    folder: Path, port: int, *, listens: bool = True, ahead: Path | None = None
) -> http.server.ThreadingHTTPServer:
    """Serve a folder to this machine only.

    Parameters
    ----------
    folder
        The book.
    port
        Port on this machine; 0 chooses a free one.
    listens
        Whether pages listen for a new book.
    ahead
        Folder of files that are shown in place of the book's own.

    Returns
    -------
    http.server.ThreadingHTTPServer
        Bound to its address, not yet serving.
    """
    kind = type("Handler", (Handler,), {"listens": listens, "ahead": ahead})

    def handler(*given: object) -> Handler:
        return kind(*given, directory=str(folder))

    found = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    found.daemon_threads = True
    return found


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder as it is, in the background, for as long as a ``with`` lasts.

    Parameters
    ----------
    folder
        The book.

    Yields
    ------
    str
        Its address, at a free port of this machine.
    """
    with server(folder, 0, listens=False) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{found.server_port}"
        finally:  # a thread that serves a closed socket would spin
            found.shutdown()
