"""Every error leaves as problem details of one sentence, and OpenAPI says which ones to expect."""

import errno

import pytest

from asklearn.app.server.problems import of_error
from asklearn.core import errors

KINDS = [
    (errors.InputError("It is wrong."), 422, "input"),
    (errors.UnknownName("strategy", "x", ["margin"]), 422, "input"),
    (errors.NotFound("It is not there."), 404, "not-found"),
    (errors.Conflict("It is taken."), 409, "conflict"),
    (errors.NothingToAsk("All is asked."), 409, "nothing-to-ask"),
    (errors.NotReady("Too early."), 409, "not-ready"),
    (errors.StorageError("The folder is read-only."), 503, "storage"),
    (errors.StorageError(errno.ENOSPC, "The disk is full."), 507, "disk-full"),
    (errors.VersionMismatch("Made by a newer asklearn."), 409, "version"),
    (errors.MissingExtra("Ray", "ray"), 501, "missing-extra"),
]


@pytest.mark.parametrize(("error", "status", "kind"), KINDS)
def test_each_error_has_its_status_kind_and_its_own_sentence(error, status, kind):
    problem = of_error(error)
    assert (problem.status, problem.type) == (status, f"urn:asklearn:{kind}")
    assert problem.detail == error.sentence


def test_a_full_disk_below_is_said_to_be_full():
    error = errors.StorageError("The answer could not be written.")
    error.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    assert of_error(error).status == 507


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/api/nothing", 404),
        ("PUT", "/api/claim", 405),
        ("GET", "/api/claim", 405),
    ],
)
def test_what_is_not_there_is_a_problem_too(ana, method, path, status):
    answer = ana.client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert path in answer.json()["detail"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"session":'])
def test_a_body_that_is_none_is_refused_in_a_sentence(ana, body):
    answer = ana.client.post("/api/claim", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"].endswith(".")


def test_an_unknown_item_has_no_story(ana):
    answer = ana.get("/api/items/none")
    assert answer.status_code == 404
    assert "'none'" in answer.json()["detail"]


def test_openapi_names_every_operation_once_with_its_answers_and_problems(site):
    api = site.client().get("/api/openapi.json").json()
    operations = [one for path in api["paths"].values() for one in path.values()]
    names = [one["operationId"] for one in operations]
    assert sorted(names) == sorted(set(names))
    assert {"claim", "answer", "undo", "renew", "release", "answers", "story", "events"} <= set(names)
    for one in operations:
        good = [answer for status, answer in one["responses"].items() if status.startswith("2")]
        assert all("schema" in content for answer in good for content in answer["content"].values())
        refused = one["responses"]["401"]["content"]
        assert refused["application/problem+json"]["schema"] == {"$ref": "#/components/schemas/Problem"}
        assert "HTTPValidationError" not in str(one)
    assert {"type", "title", "status", "detail"} <= set(api["components"]["schemas"]["Problem"]["required"])


def test_openapi_describes_answers_one_by_one(site):
    schemas = site.client().get("/api/openapi.json").json()["components"]["schemas"]
    assert schemas["AnswersIn"]["properties"]["answers"]["items"] == {"$ref": "#/components/schemas/AnswerIn"}
    assert set(schemas["AnswerIn"]["required"]) == {"key", "item"}
