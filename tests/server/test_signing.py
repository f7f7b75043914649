"""Signed values come back unchanged or not at all; tokens let in once."""

from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import HTTPConnection
from starlette.responses import Response

from asklearn.app.server.gate import Gate, Visitor
from asklearn.app.server.signing import Signer

SECRET = b"s" * 32


def ask(cookie="", **headers):
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    if cookie:
        raw.append((b"cookie", cookie.encode()))
    return HTTPConnection({"type": "http", "headers": raw})


@given(st.dictionaries(st.text(max_size=20), st.none() | st.text(max_size=50) | st.integers()))
def test_what_is_sealed_opens_again(value):
    signer = Signer(SECRET)
    assert signer.open("cookie", signer.seal("cookie", value)) == value


@given(st.data())
def test_a_changed_letter_opens_nothing(data):
    sealed = Signer(SECRET).seal("cookie", {"id": "a", "name": "Ana"})
    place = data.draw(st.integers(0, len(sealed) - 1))
    letter = data.draw(st.sampled_from("aZ0-_.é").filter(lambda one: one != sealed[place]))
    assert Signer(SECRET).open("cookie", sealed[:place] + letter + sealed[place + 1 :]) is None


@given(st.text(max_size=200))
def test_anything_else_opens_nothing(text):
    assert Signer(SECRET).open("cookie", text) is None


def test_another_project_or_purpose_opens_nothing():
    sealed = Signer(SECRET).seal("cookie", {"id": "a"})
    assert Signer(b"t" * 32).open("cookie", sealed) is None
    assert Signer(SECRET).open("token", sealed) is None


def test_a_token_lets_in_once():
    gate = Gate(SECRET)
    token = gate.mint()
    assert gate.redeem(token) is not None
    assert gate.redeem(token) is None


def test_a_token_of_an_earlier_start_lets_nobody_in():
    assert Gate(SECRET).redeem(Gate(SECRET).mint()) is None


def test_who_can_read_the_secret_mints_for_the_server_that_runs():
    gate = Gate(SECRET)
    assert gate.redeem(Gate(SECRET, instance=gate.instance).mint()) is not None


def test_the_cookie_tells_who_it_is_also_after_a_restart():
    gate, response = Gate(SECRET), Response()
    gate.remember(response, Visitor(id="abc", name="Zoë 🙂"))
    cookie = response.headers["set-cookie"]
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert Gate(SECRET).visitor(ask(cookie.partition(";")[0])) == Visitor(id="abc", name="Zoë 🙂")


def test_its_value_works_as_a_bearer_token():
    gate = Gate(SECRET)
    ticket = gate.ticket(Visitor(id="abc"))
    assert gate.visitor(ask(authorization=f"Bearer {ticket}")) == Visitor(id="abc")
    assert gate.visitor(ask(authorization="Bearer nonsense")) is None
    assert gate.visitor(ask()) is None


def test_cookies_of_two_projects_do_not_overwrite_each_other():
    assert Gate(SECRET).cookie_name != Gate(b"t" * 32).cookie_name
