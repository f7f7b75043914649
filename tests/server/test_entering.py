"""Nobody gets an answer without the cookie that a one-time link buys."""

import pytest

READING = [
    "/api/project",
    "/api/answers",
    "/api/status",
    "/api/verdict",
    "/api/rounds",
    "/api/events",
    "/api/items/t/1",
]
CHANGING = [
    f"/api/{name}" for name in ("me", "claim", "answers", "undo", "renew", "release", "learn", "token")
]


@pytest.mark.parametrize("path", READING)
def test_nothing_is_read_without_the_cookie(site, path):
    answer = site.client().get(path)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert "open the link" in answer.json()["detail"]


@pytest.mark.parametrize("path", CHANGING)
def test_nothing_is_changed_without_the_cookie(site, path):
    assert site.client().post(path, json={"session": "s", "answers": [], "name": "x"}).status_code == 401


@pytest.mark.parametrize("path", ["/", "/items/t/1"])
def test_a_stranger_sees_a_page_that_says_what_to_do(site, path):
    answer = site.client().get(path)
    assert answer.status_code == 401
    assert "open the link that asklearn printed" in answer.text
    assert "crashes" not in answer.text


def test_the_link_works_once_and_leaves_no_token_in_the_address(site):
    token, first, second = site.gate.mint(), site.client(), site.client()
    answer = first.get("/", params={"token": token})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert first.get("/").status_code == 200
    assert second.get("/", params={"token": token}).status_code == 401
    assert second.get("/").status_code == 401


def test_a_used_link_is_no_obstacle_for_who_is_in_already(site):
    browser, token = site.client(), site.gate.mint()
    for _ in range(2):
        assert browser.get("/", params={"token": token}).status_code == 303
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize("token", ["", "x", "a.b", "é", "x" * 10_000])
def test_an_invented_token_lets_nobody_in(site, token):
    assert site.client().get("/", params={"token": token}).status_code == 401


def test_who_is_in_can_let_another_browser_in(site, ana):
    url = ana.post("/api/token").json()["url"]
    other = site.client()
    assert other.get(url).status_code == 303
    assert other.get("/api/project").json()["me"] == {"name": None}


def test_a_changed_cookie_is_no_cookie(site, ana):
    name = site.gate.cookie_name
    changed = site.client(cookies={name: ana.client.cookies[name].replace(".", "x.")})
    assert changed.get("/api/project").status_code == 401


def test_a_script_may_send_the_cookies_value_as_a_bearer_token(site, ana):
    ticket = ana.client.cookies[site.gate.cookie_name]
    script = site.client(headers={"authorization": f"Bearer {ticket}"})
    assert script.get("/api/project").json()["me"] == {"name": "ana"}


def test_the_name_is_asked_once_and_kept(site):
    browser = site.browser(None)
    assert browser.get("/api/project").json()["me"] == {"name": None}
    assert browser.post("/api/me", {"name": "  Zoë \n Müller "}).json() == {"name": "Zoë Müller"}
    assert browser.get("/api/project").json()["me"] == {"name": "Zoë Müller"}


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\u0000b", "a\u202eb", None, 7])
def test_a_name_that_is_none_is_refused_in_a_sentence(site, name):
    answer = site.browser(None).post("/api/me", {"name": name})
    assert answer.status_code == 422
    assert answer.json()["field"] == "name"
    assert answer.json()["detail"].startswith("Field 'name' is not right: ")


@pytest.mark.parametrize("path", ["/api/claim", "/api/answers", "/api/undo", "/api/renew", "/api/release"])
def test_who_labels_gives_a_name_first(site, path):
    answer = site.browser(None).post(path, {"session": "s", "answers": []})
    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:asklearn:nameless"


def test_another_site_cannot_send_what_the_cookie_allows(ana):
    answer = ana.post("/api/learn", headers={"origin": "http://evil.example"})
    assert answer.status_code == 403
    assert ana.post("/api/learn", headers={"origin": str(ana.client.base_url)}).status_code == 202


def test_a_name_rebound_to_this_machine_is_refused(ana):
    assert ana.get("/api/project", headers={"host": "evil.example"}).status_code == 400
