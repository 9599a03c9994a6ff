"""Attachments are read from the Content API's answer, in both its layouts, and the right one is chosen."""

from __future__ import annotations

import json

import pytest
from official_site import PAGE, body, status

from pfpp_utils.data.external import catalogue, choice, govuk
from pfpp_utils.data.external.govuk import Attachment
from pfpp_utils.data.external.sessions import Limits, session
from pfpp_utils.errors import Failure, InputError

pytest_plugins = ["official_fixtures"]

QUICK = Limits(seconds=5, silence=2, tries=2, wait=1, pause=0.01)
# As the API served pages until about 2019 (alphagov/publishing-api, content_schemas/examples/publication).
DOCUMENT = """\
<section class="attachment embedded" id="attachment_953799">
  <div class="attachment-thumb"><img alt="" src="/government/assets/pub-cover.png" /></div>
  <div class="attachment-details">
    <h2 class="title">Grants register &amp; awards</h2>
    <p class="metadata">
      <span class="preview"><a href="/government/uploads/412297/awards_2020.csv/preview">View</a></span>
      <span class="download"><a href="/government/uploads/412297/awards_2020.csv">
        <strong>Download CSV</strong> 1.43KB</a></span>
    </p>
    <p>please email <a href="mailto:enquiries@x.gov.uk?body=a.csv">enquiries@x.gov.uk</a>.</p>
  </div>
</section>"""


@pytest.fixture
def ask(site, sources):
    """Ask the site for the attachments of the awards of 2020-21."""

    def attachments():
        with session(QUICK) as using:
            return govuk.attachments(
                catalogue.item("awards-2020-21"), base=site.base, limits=QUICK, using=using
            )

    return attachments


class TestAttachments:
    def test_are_the_files_of_the_page(self, site, ask):
        html = {"attachment_type": "html", "id": "a", "url": f"/{PAGE}/bulletin", "title": "Awards bulletin"}
        elsewhere = {"attachment_type": "external", "id": "b", "url": "https://www.ons.gov.uk/awards.xlsx"}
        site.page(html, site.attach(b"12345"), elsewhere)
        assert ask() == [
            Attachment(
                "Register: awards", "awards-2020-21.xlsx", f"{site.base}/media/1/awards-2020-21.xlsx", 5
            )
        ]
        assert site.paths() == [f"/api/content/{PAGE}"]

    def test_need_no_more_than_an_address(self, site, ask):
        site.page({"url": "/media/2/awards%202020-21.ods"})
        url = f"{site.base}/media/2/awards%202020-21.ods"
        assert ask() == [Attachment("", "awards 2020-21.ods", url)]

    def test_are_read_from_the_old_layout_too(self, site, ask):
        details = {"documents": ["<section><h2>No file</h2></section>", DOCUMENT]}
        site.answers[f"/api/content/{PAGE}"] = body(json.dumps({"details": details}).encode())
        url = f"{site.base}/government/uploads/412297/awards_2020.csv"
        assert ask() == [Attachment("Grants register & awards", "awards_2020.csv", url)]

    def test_are_found_when_the_page_has_moved(self, site, ask):
        site.page(site.attach(b"1"), path="elsewhere")
        site.answers[f"/api/content/{PAGE}"] = status(303, Location="/api/content/elsewhere")
        assert [each.filename for each in ask()] == ["awards-2020-21.xlsx"]

    @pytest.mark.parametrize(("code", "what"), [(404, "no such page"), (410, "withdrawn")])
    def test_of_a_page_that_is_not_there(self, site, ask, code, what):
        site.answers[f"/api/content/{PAGE}"] = status(code)
        with pytest.raises(InputError, match=what) as caught:
            ask()
        assert caught.value.where == f"{site.base}/api/content/{PAGE}"
        assert caught.value.found == "awards-2020-21"

    @pytest.mark.parametrize(
        "answer",
        [
            b"<html>Sorry</html>",
            b"",
            b"[]",
            b'{"content": {}}',
            b'{"details": null}',
            b'{"details": {}}',
            b'{"details": {"attachments": {"url": "x"}}}',
            b'{"details": {"attachments": [{"title": "awards"}]}}',
            b'{"details": {"attachments": ["awards.xlsx"]}}',
            b'{"details": {"documents": [1]}}',
            b'{"document_type": "official_statistics_announcement", "details": {"attachments": []}}',
        ],
    )
    def test_in_a_layout_that_is_not_known(self, site, ask, answer):
        site.answers[f"/api/content/{PAGE}"] = body(answer)
        with pytest.raises(Failure, match="not laid out as it was") as caught:
            ask()
        assert f"/api/content/{PAGE}" in str(caught.value)

    def test_of_a_server_that_fails(self, site, ask):
        site.answers[f"/api/content/{PAGE}"] = status(500)
        with pytest.raises(Failure, match="500"):
            ask()
        assert len(site.asked) == 2


def attached(*names):
    """Attachments by name; a name may be given with a title before a colon."""
    pairs = [name.rpartition(":")[::2] for name in names]
    return [Attachment(title, name, f"https://x/{name}") for title, name in pairs]


@pytest.mark.usefixtures("sources")
class TestChoice:
    @pytest.mark.parametrize(
        ("names", "chosen"),
        [
            (["bulletin.pdf", "schemes.xlsx", "awards.xlsx", "register.csv"], "awards.xlsx"),
            (["bulletin.pdf", "Government grants register:data.ods", "tables.xlsx"], "data.ods"),
            (["Register:a.csv", "register :a.ods", "Register:a.xlsx"], "a.xlsx"),
            (["Register:a.csv", "Register:a.ods"], "a.ods"),
            (["Award level:1.xlsx", "Scheme level awards:2.xlsx"], "1.xlsx"),
            (["awards.pdf", "register.XLSX"], "register.XLSX"),
        ],
    )
    def test_is_the_first_that_fits(self, names, chosen):
        assert choice.choose(attached(*names), catalogue.item("awards-2020-21")).filename == chosen

    @pytest.mark.parametrize(
        ("names", "what", "allowed"),
        [
            (
                ["north awards.csv", "south awards.csv"],
                "2 attached files",
                "north awards.csv, south awards.csv",
            ),
            (["Awards:a.csv", "Awards, revised:b.ods"], "2 attached files", "a.csv, b.ods"),
            (["Awards:a.csv", "Awards:b.csv"], "2 attached files", "a.csv, b.csv"),
            (["tables.xlsx", "awards.pdf"], "no attached file", "tables.xlsx, awards.pdf"),
        ],
    )
    def test_is_left_to_the_user(self, names, what, allowed):
        with pytest.raises(InputError, match=what) as caught:
            choice.choose(attached(*names), catalogue.item("awards-2020-21"))
        assert caught.value.allowed == f"choose by --attachment: {allowed}"

    def test_is_the_users(self):
        found = attached("tables.xlsx", "awards.xlsx")
        item = catalogue.item("awards-2020-21")
        assert choice.choose(found, item, filename="tables.xlsx").filename == "tables.xlsx"
        with pytest.raises(InputError, match="no attached file"):
            choice.choose(found, item, filename="table.xlsx")
