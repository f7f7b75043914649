"""What holds for every request: host, origin, size, headers, and no traceback."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from tests.server.own_loop import run

from asklearn.app.server.guard import MAX_BODY, Guard


async def echo(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


async def broken(_: Request) -> PlainTextResponse:
    raise RuntimeError("secret innards")


class Asker:
    """Sends requests to a guarded app of three routes."""

    def __init__(self, **options):
        routes = [
            Route("/", echo, methods=["GET", "POST"]),
            Route("/api/x", echo, methods=["GET", "POST"]),
            Route("/broken", broken),
        ]
        self.app = Starlette(routes=routes, middleware=[Middleware(Guard, **options)])

    def send(self, method, path, **request):
        async def ask():
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8765") as client:
                return await client.request(method, path, **request)

        return run(ask())

    def get(self, path, **request):
        return self.send("GET", path, **request)

    def post(self, path, **request):
        return self.send("POST", path, **request)


def client(**options):
    return Asker(**options)


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1:1", "[::1]:8765", "LOCALHOST"])
def test_it_answers_under_its_own_names(host):
    assert client().get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "192.168.1.5", "", "[::1", "a@localhost:x"]
)
def test_a_rebound_name_is_refused(host):
    answer = client().get("/", headers={"host": host})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:asklearn:host"


def test_on_the_network_addresses_are_fine_and_names_must_be_given():
    open_to_all = client(hosts=["labels.lan"], any_address=True)
    for host, status in {
        "192.168.1.5:8765": 200,
        "[fe80::1]": 200,
        "labels.lan": 200,
        "evil.example": 400,
    }.items():
        assert open_to_all.get("/", headers={"host": host}).status_code == status


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:9999"},
        {"origin": "http://localhost:8765.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_sites_page_changes_nothing(headers):
    answer = client().post("/", headers=headers)
    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:asklearn:origin"


def test_our_page_and_scripts_may_post():
    assert client().post("/", headers={"origin": "http://localhost:8765"}).status_code == 200
    assert client().post("/", headers={"sec-fetch-site": "same-origin"}).status_code == 200
    assert client().post("/").status_code == 200


def test_another_port_of_this_machine_reads_no_data_but_may_link_here():
    same_site = {"sec-fetch-site": "same-site"}
    assert client().get("/api/x", headers=same_site).status_code == 403
    assert client().get("/", headers=same_site).status_code == 200


def test_a_body_of_the_limit_passes_and_a_larger_one_is_refused():
    assert client().post("/", content=b"x" * MAX_BODY).text == str(MAX_BODY)
    assert client().post("/", content=b"x" * (MAX_BODY + 1)).status_code == 413


def test_a_body_of_no_declared_length_is_counted():
    async def pieces():
        for _ in range(MAX_BODY // 100_000 + 2):
            yield b"x" * 100_000

    answer = client().post("/", content=pieces())
    assert answer.status_code == 413
    assert "larger than" in answer.json()["detail"]


def test_every_answer_carries_the_headers_refusals_too():
    for answer in (
        client().get("/"),
        client().get("/", headers={"host": "evil.example"}),
        client().get("/none"),
    ):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


def test_an_unknown_error_is_a_problem_with_a_number_and_tells_nothing(caplog):
    answer = client().get("/broken")
    assert answer.status_code == 500
    assert "innards" not in answer.text
    number = answer.json()["detail"].rstrip(".").split()[-1]
    assert number in caplog.text
    assert "innards" in caplog.text
