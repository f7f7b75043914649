"""The pages carry their first data, run nothing that a text says, and give out only their own files."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.server.sites import make_project, running

from asklearn.app.server.pages import embed

EVIL = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]>&lt;b&gt;",
    "line\u2028separator\u2029",
    '"\\u003c/script>',
    "<img src=x onerror=alert(1)>",
]


def boot_of(html):
    [text] = re.findall(r'<script type="application/json" id="boot">(.*?)</script>', html, re.DOTALL)
    return json.loads(text)


@given(
    st.recursive(
        st.text() | st.none() | st.booleans(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_embedded_data_comes_out_as_it_went_in_and_never_ends_its_element(data):
    html = embed(data)
    assert boot_of(html) == data
    assert html.count("<") == 2
    assert "\u2028" not in html


def test_texts_that_look_like_markup_stay_texts(tmp_path):
    with running(make_project(tmp_path / "evil", EVIL)) as site:
        html = site.browser("</script>").get("/").text
        assert "alert(1)<" not in html
        assert html.count("<script") == html.count("</script>")
        texts = [query["item"]["text"] for query in boot_of(html)["queries"]]
        assert texts
        assert set(texts) <= set(EVIL)


def test_no_inline_script_or_style_is_needed(ana):
    answer = ana.get("/")
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert not re.search(r"<script(?![^>]*(src=|application/json))", answer.text)
    assert not re.search(r"<style|\sstyle=|\son\w+=", answer.text)


def test_the_first_items_come_with_the_page_of_who_has_a_name(site, ana):
    boot = boot_of(ana.get("/").text)
    assert boot["me"] == {"name": "ana"}
    assert boot["queries"]
    assert boot["project"]["task"]["labels"][0]["name"] == "Bug"
    assert boot["progress"]["answered"] == 0
    held = {query["item"]["id"] for query in boot["queries"]}
    again = {query["item"]["id"] for query in ana.claim(len(held), tab=boot["session"])}
    assert again == held


def test_who_has_no_name_yet_holds_nothing(site):
    boot = boot_of(site.browser(None).get("/").text)
    assert boot["queries"] == []
    assert boot["waiting"] is None
    assert site.project.store.counts()["leased"] == 0


def test_a_page_fetched_ahead_holds_nothing(site, ana):
    ana.get("/", headers={"sec-purpose": "prefetch"})
    assert site.project.store.counts()["leased"] == 0


def test_a_page_with_nothing_to_label_says_why(tmp_path):
    with running(make_project(tmp_path / "empty", [])) as site:
        boot = boot_of(site.browser().get("/").text)
        assert boot["queries"] == []
        assert "add" in boot["waiting"]["sentence"]


def test_an_items_page_opens_for_any_id(ana):
    for path in ("/items/t/1", "/items/t%2F1", "/items/none"):
        assert boot_of(ana.get(path).text)["queries"] == []


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/static/main.js", "text/javascript; charset=utf-8"),
        ("/static/tokens.css", "text/css; charset=utf-8"),
        ("/static/favicon.svg", "image/svg+xml"),
        ("/favicon.svg", "image/svg+xml"),
    ],
)
def test_files_of_the_page_have_their_types(site, path, kind):
    answer = site.client().get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_files_are_asked_for_again_by_their_etag(site):
    client = site.client()
    first = client.get("/static/main.js")
    assert first.headers["cache-control"] == "no-cache"
    assert client.get("/static/main.js", headers={"if-none-match": first.headers["etag"]}).status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "/static/../server/gate.py",
        "/static/..%2fserver%2fgate.py",
        "/static/%2e%2e/server/gate.py",
        "/static/....//server/gate.py",
        "/static//etc/passwd",
        "/static/..%5cserver%5cgate.py",
        "/static/__init__.py",
        "/static/",
        "/static/ui",
        "/static/main.js%00.css",
    ],
)
def test_nothing_outside_the_folder_is_given_out(site, path):
    answer = site.client().send(site.client().build_request("GET", site.url + path))
    assert answer.status_code in (404, 405)
    assert "import" not in answer.text


def test_a_path_that_climbs_is_refused_as_it_stands_on_the_wire(site):
    import socket

    host, port = site.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as wire:
        wire.sendall(
            f"GET /static/../server/gate.py HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
        )
        answer = b"".join(iter(lambda: wire.recv(65_536), b""))
    assert answer.startswith(b"HTTP/1.1 404")
