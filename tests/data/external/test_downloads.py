"""Downloads by a real server that breaks off, is busy, drips, redirects or is not there."""

from __future__ import annotations

import io
import socket
import time

import pytest
from official_site import body, chunked, dripping, in_turn, status, truncated

from pfpp_utils.data.external import downloads
from pfpp_utils.data.external.sessions import Limits, session
from pfpp_utils.errors import Failure

pytest_plugins = ["official_fixtures"]

QUICK = Limits(seconds=10, silence=2, tries=3, wait=2, pause=0.01)
DATA = bytes(range(256)) * 800


@pytest.fixture
def fetch(site):
    """Fetch what the site answers; returns the bytes, and how often it told of progress."""

    def run(answer, limits=QUICK, largest=10**6, told=None):
        site.answers["/file"] = answer
        into = io.BytesIO()
        with session(limits) as using:
            downloads.fetch(
                f"{site.base}/file",
                into,
                largest=largest,
                limits=limits,
                using=using,
                progress=lambda *seen: None if told is None else told.append(seen),
            )
        return into.getvalue()

    return run


class TestFetch:
    def test_gives_the_bytes_and_tells_of_progress(self, fetch):
        told = []
        assert fetch(body(DATA), told=told) == DATA
        assert told[-1] == (len(DATA), len(DATA))
        assert len(told) > 1

    def test_says_who_asks(self, fetch, site):
        fetch(body(DATA))
        ((_, headers),) = site.asked
        assert headers["User-Agent"] == "pfpp-utils"
        assert headers["Accept-Encoding"] == "identity"

    def test_follows_redirects(self, fetch, site):
        site.answers["/there"] = body(DATA)
        assert fetch(status(302, Location="/there")) == DATA

    def test_takes_up_a_transfer_where_it_broke_off(self, fetch, site):
        whole = body(DATA, ranges=True)
        tag = site_tag(whole, site)
        site.asked.clear()
        assert fetch(in_turn(truncated(DATA, 1000, tag), whole)) == DATA
        assert [headers.get("Range") for _, headers in site.asked] == [None, "bytes=1000-"]
        assert site.asked[1][1]["If-Range"] == tag

    @pytest.mark.parametrize("tag", ['"another"', 'W/"weak"', ""])
    def test_begins_again_where_it_cannot_be_taken_up(self, fetch, site, tag):
        assert fetch(in_turn(truncated(b"old" * 999, 1000, tag), body(DATA, ranges=True))) == DATA
        assert ("Range" in site.asked[1][1]) == tag.startswith('"'), "only a strong tag tells states apart"

    def test_begins_again_where_the_server_knows_no_ranges(self, fetch):
        assert fetch(in_turn(truncated(DATA, 1000), body(DATA))) == DATA

    def test_takes_chunks(self, fetch):
        assert fetch(chunked(DATA)) == DATA


def site_tag(answer, site):
    import requests

    site.answers["/tag"] = answer
    return requests.get(f"{site.base}/tag", timeout=5).headers["ETag"]


class TestBusyServer:
    def test_is_asked_again_after_the_time_it_says(self, fetch, site):
        started = time.monotonic()
        assert fetch(in_turn(status(429, Retry_After="1"), body(DATA))) == DATA
        assert len(site.asked) == 2
        assert time.monotonic() - started >= 1

    def test_is_not_waited_for_longer_than_there_is_patience(self, fetch, site):
        with pytest.raises(downloads.RefusedError, match=r"429 .*come back after 60") as caught:
            fetch(status(429, Retry_After="60"))
        assert (caught.value.status, len(site.asked)) == (429, 1)

    @pytest.mark.parametrize("code", [429, 500, 502, 503, 504])
    def test_is_not_asked_for_ever(self, fetch, site, code):
        with pytest.raises(downloads.RefusedError, match=f"{code} .*\n  address: {site.base}/file"):
            fetch(status(code))
        assert len(site.asked) == 3

    @pytest.mark.parametrize("code", [403, 404, 410])
    def test_that_refuses_is_not_asked_again(self, fetch, site, code):
        with pytest.raises(downloads.RefusedError, match=str(code)):
            fetch(status(code))
        assert len(site.asked) == 1

    def test_that_says_nonsense_is_a_failure(self, fetch):
        with pytest.raises(Failure, match="cannot be asked"):
            fetch(status(429, Retry_After="soon"))


class TestBrokenServer:
    def test_that_always_breaks_off(self, fetch, site):
        with pytest.raises(
            Failure, match="broke off 3 times: 1,000 bytes came and 203,800 more were announced"
        ):
            fetch(truncated(DATA, 1000))
        assert len(site.asked) == 3

    def test_that_breaks_off_between_chunks(self, fetch):
        with pytest.raises(Failure, match="broke off 3 times"):
            fetch(chunked(DATA, whole=False))

    def test_that_drips(self, fetch):
        started = time.monotonic()
        with pytest.raises(Failure, match="too slow"):
            fetch(dripping(DATA[:60], 0.05), Limits(seconds=0.5, silence=2, tries=3, pause=0.01))
        assert time.monotonic() - started < 5

    def test_that_falls_silent(self, fetch, site):
        with pytest.raises(Failure, match="broke off 2 times: the server fell silent"):
            fetch(dripping(DATA[:2], 3), Limits(seconds=10, silence=0.3, tries=2, pause=0.01))

    @pytest.mark.parametrize(("answer", "read"), [(body(DATA), 0), (chunked(DATA), 1)])
    def test_that_sends_too_much(self, fetch, answer, read):
        told = []
        with pytest.raises(Failure, match=r"too large: .* where at most 1,000 are expected"):
            fetch(answer, largest=1000, told=told)
        assert len(told) == read, "as little is read as can be"

    def test_that_redirects_in_circles(self, fetch):
        with pytest.raises(Failure, match="from redirect to redirect"):
            fetch(status(302, Location="/file"))

    def test_that_redirects_out_of_the_web(self, fetch):
        with pytest.raises(Failure, match="cannot be asked"):
            fetch(status(302, Location="file:///etc/hosts"))

    def test_that_goes_on_at_another_place(self, fetch):
        def elsewhere(request):
            request.send_response(206)
            request.send_header("Content-Range", f"bytes 5000-9999/{len(DATA)}")
            request.send_header("Content-Length", "5000")
            request.end_headers()
            request.wfile.write(DATA[5000:10_000])

        with pytest.raises(Failure, match="another place"):
            fetch(in_turn(truncated(DATA, 1000), elsewhere))


class TestNoConnection:
    @pytest.fixture
    def closed(self):
        """Address at which nothing listens."""
        with socket.create_server(("127.0.0.1", 0)) as server:
            return f"http://127.0.0.1:{server.getsockname()[1]}"

    def ask(self, url):
        with session(QUICK) as using:
            downloads.fetch(url, io.BytesIO(), largest=10, limits=QUICK, using=using)

    def test_to_the_server(self, closed):
        with pytest.raises(Failure, match=r"no connection to 127\.0\.0\.1: is there a network") as caught:
            self.ask(f"{closed}/file")
        assert f"address: {closed}/file" in str(caught.value)

    def test_through_the_proxy(self, closed, monkeypatch):
        monkeypatch.setenv("HTTP_PROXY", closed)
        monkeypatch.setenv("NO_PROXY", "")
        with pytest.raises(Failure, match="proxy that the environment names"):
            self.ask("http://www.gov.uk/file")

    def test_that_is_secure(self, site):
        with pytest.raises(Failure, match="not secure"):
            self.ask(site.base.replace("http:", "https:") + "/file")
