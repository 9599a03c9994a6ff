"""The book while it is worked on: pages listen for a new book, saves make one, nothing leaves the machine."""

from __future__ import annotations

import gzip
import http.client
import re
import shutil
import socket
import threading
import time
import urllib.error
import urllib.request

import pytest
from conftest import serving

from pfpp_utils.publish import site, watcher


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(site, "BEAT", 0.01)


@pytest.fixture
def served(tmp_path):
    folder = tmp_path / "book"
    (folder / "below").mkdir(parents=True)
    for name in ("index.html", "below/page.html"):
        (folder / name).write_text(f"<html><body>{name}</body></html>")
    (folder / "a.csv").write_text("a\n")
    with site.server(folder, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield folder, f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def get(address):
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read().decode()


@pytest.mark.parametrize(
    ("path", "text"), [("/", "index.html"), ("/index.html", "index.html"), ("/below/page.html", "page")]
)
def test_every_page_listens(served, path, text):
    page = get(served[1] + path)
    assert text in page
    assert page.index(site.SCRIPT.decode()) < page.index("</body>")


def test_what_is_no_page_is_as_it_is(served):
    assert get(served[1] + "/a.csv") == "a\n"


@pytest.mark.parametrize("name", ["none.html", "%00.html", "a" * 5000, "../other.html"])
def test_a_page_that_is_not_there(served, name, capfd):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        get(f"{served[1]}/{name}")
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("page", ["%00.html", "a" * 5000, "", "../../etc/passwd", "a.csv"])
def test_whoever_listens_with_an_odd_address_is_told_of_nothing(served, page, capfd):
    with urllib.request.urlopen(f"{served[1]}{site.EVENTS}?/{page}", timeout=10) as events:
        assert [events.readline() for _ in range(6)] == [b":\n", b"\n"] * 3
    assert "Traceback" not in capfd.readouterr().err


def test_a_reader_who_leaves_early_is_no_error(served, capfd):
    folder, address = served
    (folder / "large.bin").write_bytes(bytes(30_000_000))
    where, port = address.removeprefix("http://").split(":")
    for _ in range(5):
        with socket.create_connection((where, int(port)), timeout=10) as line:
            line.sendall(b"GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n")
            line.recv(10)
    assert get(address + "/a.csv") == "a\n"
    time.sleep(0.5)
    assert "Traceback" not in capfd.readouterr().err


def test_it_answers_this_machine_only(served):
    with site.server(served[0], 0) as server:
        assert server.server_address[0] == "127.0.0.1"


def test_a_new_book_is_told_to_who_listens(served):
    folder, address = served
    with urllib.request.urlopen(address + site.EVENTS, timeout=10) as events:
        assert events.headers["Content-Type"] == "text/event-stream"
        assert events.readline() == b":\n"
        shutil.copytree(folder, folder.with_name("new"))
        folder.rename(folder.with_name("old"))
        folder.with_name("new").rename(folder)
        lines = iter(events.readline, b"")
        assert next(line for line in lines if line.startswith(b"data")) == b"data: new page\n"


@pytest.fixture
def listening(tmp_path):
    """Serve a page with a picture, files ahead of it, and what it is told."""
    book, ahead = tmp_path / "book", tmp_path / "ahead"
    (book / "_static/figures/a").mkdir(parents=True)
    (book / "below").mkdir()
    (book / "below/a.html").write_text('<html><body><img src="../_static/figures/a/b.svg"></body></html>')
    (book / "_static/figures/a/b.svg").write_text("<svg/>")
    (book / "other.html").write_text("<html><body></body></html>")
    with site.server(book, 0, ahead=ahead) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        told = {}

        def listen(page):
            with urllib.request.urlopen(f"{address}{site.EVENTS}?/{page}", timeout=10) as events:
                for line in events:
                    told.setdefault(page, []).append(line)

        for page in ("below/a.html", "other.html"):
            threading.Thread(target=listen, args=(page,), daemon=True).start()
        until(lambda: len(told) == 2)

        def times(page):
            seen = len(told[page])
            until(lambda: len(told[page]) > seen + 10)
            return sum(line.startswith(b"data") for line in told[page])

        try:
            yield book, ahead, address, times
        finally:
            server.shutdown()


def until(holds, seconds=20):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def replace(folder, name, text):
    """Put another folder in its place, with one file changed, as a new book comes."""
    new, old = folder.with_name("new"), folder.with_name("old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        shutil.copytree(folder, new)
        folder.rename(old)
    (new / name).parent.mkdir(parents=True, exist_ok=True)
    (new / name).write_text(text)
    new.rename(folder)


def test_what_is_ahead_of_the_book_is_shown_first(listening):
    _, ahead, address, _ = listening
    replace(ahead, "below/a.html", "<html><body>Ahead</body></html>")
    assert "Ahead" in get(f"{address}/below/a.html")
    assert "Ahead" not in get(f"{address}/other.html")
    shutil.rmtree(ahead)
    assert "Ahead" not in get(f"{address}/below/a.html")


@pytest.mark.parametrize("name", ["below/a.html", "_static/figures/a/b.svg"])
def test_a_page_loads_again_once_when_it_or_its_picture_is_another(listening, name):
    book, ahead, _, times = listening
    replace(ahead, name, "<html><body>New</body></html>")
    assert times("below/a.html") == 1
    replace(book, name, "<html><body>New</body></html>")
    shutil.rmtree(ahead)
    assert times("below/a.html") == 1, "the book shows what was shown ahead of it"
    assert times("other.html") == 0
    replace(book, name, "<html><body>Newer</body></html>")
    assert times("below/a.html") == 2


def test_a_page_shown_ahead_of_a_book_that_then_fails_loads_the_last_good_one(listening):
    _, ahead, address, times = listening
    replace(ahead, "below/a.html", "<html><body>Ahead</body></html>")
    assert times("below/a.html") == 1
    shutil.rmtree(ahead)
    assert times("below/a.html") == 2
    assert "Ahead" not in get(f"{address}/below/a.html")


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("notebooks/a.ipynb", True),
        ("notebooks/.ipynb_checkpoints/a.ipynb", False),
        ("notebooks/.a.ipynb.new", False),
        ("data/tables/a.csv", True),
        ("book/overview.md", True),
        ("_config.yml", True),
        ("_build/book/index.html", False),
        ("README.md", False),
    ],
)
def test_only_what_the_book_is_made_from_counts(tmp_path, path, counts):
    assert watcher._counts(tmp_path / path, tmp_path) is counts


def test_of_the_package_all_but_what_python_compiled_counts(tmp_path):
    package = watcher.stamp.PACKAGE
    assert watcher._counts(package / "methods/reach.py", tmp_path)
    assert not watcher._counts(package / "methods/__pycache__/reach.pyc", tmp_path)


def test_a_save_makes_the_book_again_and_a_mistake_ends_nothing(executed_project):
    with serving(executed_project) as (address, wait):
        wait("Book built")
        overview = executed_project / "book/overview.md"
        overview.write_text("# Overview\n\nSaved once.\n")
        wait("Book built")
        assert "Saved once." in get(address + "/overview.html")
        overview.write_text("# Overview\n\n[there](nowhere.md)\n")
        wait("the last good one still stands")
        assert "Saved once." in get(address + "/overview.html")
        overview.write_text("# Overview\n\nSaved twice.\n")
        wait("Book built")
        assert "Saved twice." in get(address + "/overview.html")
        style = executed_project / "book/_static/own.css"
        style.parent.mkdir(exist_ok=True)
        last = ""
        for colour in ("red", "blue"):
            style.write_text(f"p {{ color: {colour} }}")
            wait("Book built")
            seen = re.search(r"own\.css\?v=(\w+)", get(address + "/overview.html"))
            assert seen, colour
            assert seen[1] != last
            last = seen[1]
        assert not (executed_project / "_build/ahead").exists()


def test_a_mistake_in_the_package_ends_nothing_at_the_start_either(executed_project, tmp_path):
    package = tmp_path / "code/pfpp_utils"
    shutil.copytree(watcher.stamp.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    module = package / "publish/book.py"
    sound = module.read_text()
    module.write_text(sound + "\nthis is no Python\n")
    with serving(executed_project, PYTHONPATH=str(package.parent)) as (address, wait):
        wait("SyntaxError")
        module.write_text(sound)
        wait("Book built")
        assert "<title>" in get(address + "/overview.html")


@pytest.mark.parametrize("name", ["index.html", "a.csv"])
def test_files_are_sent_compressed_to_who_takes_that(served, name):
    request = urllib.request.Request(f"{served[1]}/{name}", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        content = answer.read()
        assert answer.headers["Content-Encoding"] == "gzip"
        assert int(answer.headers["Content-Length"]) == len(content)
    assert gzip.decompress(content).decode() == get(f"{served[1]}/{name}")


def test_one_connection_serves_many_files(served):
    connection = http.client.HTTPConnection(served[1].removeprefix("http://"), timeout=10)
    for name in ("/index.html", "/a.csv", "/index.html"):
        connection.request("GET", name)
        answer = connection.getresponse()
        assert (answer.status, bool(answer.read())) == (200, True)
        assert not answer.will_close
    connection.close()


def test_without_watching_pages_do_not_listen(served):
    with site.server(served[0], 0, listens=False) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        at = f"http://127.0.0.1:{server.server_port}"
        assert site.SCRIPT.decode() not in get(f"{at}/index.html")
        for address in (site.LISTENER, site.EVENTS):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                get(at + address)
        server.shutdown()
