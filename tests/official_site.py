"""A local server that behaves as GOV.UK does, well or badly, and small files such as it has."""

from __future__ import annotations

import hashlib
import http.server
import io
import json
import threading
import time
import urllib.parse

import openpyxl

PAGE = "government/statistics/grants-2020-to-2021"
SOURCES = """\
sources:
  - name: awards
    what: Awards of a year
    publisher: Cabinet Office
    page: https://www.gov.uk/government/statistics/grants-{from}-to-{to}
    licence: Open Government Licence v3.0
    yearly: true
    get:
      govuk: government/statistics/grants-{from}-to-{to}
      attachment: [award, register]
      unless: [scheme]
    files: ["*award*"]
    not_files: ["*scheme*"]
    looks:
      kinds: [xlsx, ods, csv]
      bytes: [100, 200_000]
      tables:
        - columns: [Identifier, Amount Awarded]
  - name: county
    what: A list
    publisher: Office for National Statistics
    page: https://www.ons.gov.uk
    licence: Open Government Licence v3.0
    get: {by_hand: Search for it.}
    files: [county.csv]
    looks:
      kinds: [csv]
      bytes: [5, 1000]
      tables:
        - columns: [code]
          rows: 2
"""


def workbook(rows=3, header=("Identifier", "Title", "Amount Awarded"), padding=0):
    """Bytes of a workbook of awards, with a sheet of notes before it."""
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active.append(["x" * padding])
    sheet = book.create_sheet("Awards ")
    sheet.append(["Awards of the year"])
    sheet.append(list(header))
    for row in range(rows):
        sheet.append([f"GA-{row}", "A grant", 100.5])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


class Site:
    """Answers by path; each is a function that is given the request, and all requests are noted."""

    def __init__(self):
        self.answers, self.asked = {}, []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                site.asked.append((self.path, dict(self.headers)))
                answer = site.answers.get(self.path, status(404))
                try:
                    answer(self)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def log_message(self, *args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def paths(self):
        return [path for path, _ in self.asked]

    def page(self, *attached, path=PAGE):
        """Publish a page with files attached."""
        details = {"body": "<p>Figures.</p>", "attachments": list(attached)}
        content = {"base_path": f"/{path}", "document_type": "official_statistics", "details": details}
        self.answers[f"/api/content/{path}"] = body(json.dumps(content).encode(), kind="application/json")

    def attach(self, data, name="awards-2020-21.xlsx", title="Register: awards", answer=None):
        """Publish a file, and return the entry of it that a page has."""
        path = f"/media/1/{urllib.parse.quote(name)}"
        self.answers[path] = answer or body(data)
        return {
            "attachment_type": "file",
            "id": name,
            "title": title,
            "url": f"{self.base}{path}",
            "content_type": "application/octet-stream",
            "file_size": len(data),
            "filename": name,
        }


def status(code, **headers):
    """Answer with a status and no more."""

    def answer(request):
        request.send_response(code)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


def body(data, kind="application/octet-stream", ranges=False):
    """Answer with some bytes, or if the server can do so with those that are asked for."""
    tag = f'"{hashlib.md5(data).hexdigest()}"'

    def answer(request):
        asked = request.headers.get("Range") if ranges else None
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked else 0
        if asked and request.headers.get("If-Range") != tag:
            start = 0
        request.send_response(206 if start else 200)
        if start:
            request.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        request.send_header("ETag", tag)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(data) - start))
        request.end_headers()
        request.wfile.write(data[start:])

    return answer


def truncated(data, keep, tag='"one"'):
    """Announce all of some bytes and send a part of them."""

    def answer(request):
        request.send_response(200)
        if tag:
            request.send_header("ETag", tag)
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data[:keep])
        request.close_connection = True

    return answer


def chunked(data, whole=True):
    """Send some bytes in chunks, without saying how many there will be."""

    def answer(request):
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        request.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n" + (b"0\r\n\r\n" if whole else b""))
        request.close_connection = not whole

    return answer


def dripping(data, pause):
    """Send some bytes one by one."""

    def answer(request):
        request.send_response(200)
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        for byte in data:
            request.wfile.write(bytes([byte]))
            time.sleep(pause)

    return answer


def in_turn(*answers):
    """Answer differently each time; the last answer stays."""
    left = list(answers)

    def answer(request):
        (left.pop(0) if len(left) > 1 else left[0])(request)

    return answer
