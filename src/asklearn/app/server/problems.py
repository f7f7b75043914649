"""Problem details (RFC 9457): every error leaves as one sentence, none as a traceback."""

from __future__ import annotations

import errno
import logging
import secrets
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from asklearn.core import errors

log = logging.getLogger("asklearn.server")

_KINDS: tuple[tuple[type[errors.AsklearnError], int, str], ...] = (
    (errors.StorageError, 503, "storage"),
    (errors.VersionMismatch, 409, "version"),
    (errors.NotFound, 404, "not-found"),
    (errors.Conflict, 409, "conflict"),
    (errors.NothingToAsk, 409, "nothing-to-ask"),
    (errors.NotReady, 409, "not-ready"),
    (errors.MissingExtra, 501, "missing-extra"),
    (errors.InputError, 422, "input"),
)


class Problem(BaseModel):
    """What went wrong, by RFC 9457; ``detail`` is one sentence for a person."""

    type: str = Field(description="urn:asklearn:… names the kind; stable, for programs.")
    title: str
    status: int
    detail: str
    field: str | None = Field(default=None, description="The field of the request that is not right.")


class Refused(Exception):
    """A request that this server turns down for a reason of its own.

    Parameters
    ----------
    status : int
        HTTP status.
    kind : str
        End of the problem's type.
    sentence : str
        The detail.
    """

    def __init__(self, status: int, kind: str, sentence: str) -> None:
        super().__init__(sentence)
        self.problem = make(status, kind, sentence)


def make(status: int, kind: str, sentence: str, *, field: str | None = None) -> Problem:
    """A problem of that kind."""
    title = HTTPStatus(status).phrase
    return Problem(type=f"urn:asklearn:{kind}", title=title, status=status, detail=sentence, field=field)


def of_error(error: errors.AsklearnError) -> Problem:
    """The problem that an error of ours is."""
    status, kind = next(((s, k) for cls, s, k in _KINDS if isinstance(error, cls)), (500, "error"))
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        status, kind = 507, "disk-full"
    cause = error.__cause__
    if isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT):
        status, kind = 507, "disk-full"
    return make(status, kind, error.sentence)


def of_validation(found: Sequence[Mapping[str, Any]]) -> Problem:
    """One sentence for what pydantic found: the first field that is not right, and how many more."""
    first = found[0]
    if first["type"] == "json_invalid":
        return make(422, "input", "The body of the request is not valid JSON.")
    places = [part for part in first["loc"] if part not in ("body", "query", "path", "header")]
    field = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in places).lstrip(".")
    message = str(first["msg"])
    more = f" ({len(found) - 1} more fields are not right either.)" if len(found) > 1 else ""
    where = f"Field {field!r}" if field else "The body"
    sentence = f"{where} is not right: {message[:1].lower()}{message[1:]}.{more}"
    return make(422, "input", sentence, field=field or None)


def of_unknown(error: Exception) -> Problem:
    """A problem with a number, under which the traceback is in the log."""
    number = secrets.token_hex(4)
    log.error("error %s", number, exc_info=error)
    return make(500, "error", f"Something failed in asklearn itself; the server's log has it as {number}.")


def respond(problem: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The problem as a response."""
    return JSONResponse(
        problem.model_dump(exclude_none=True),
        status_code=problem.status,
        headers=dict(headers or {}),
        media_type="application/problem+json",
    )


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """OpenAPI responses: problem details under these statuses."""
    schema = {"$ref": "#/components/schemas/Problem"}
    content = {"application/problem+json": {"schema": schema}}
    return {one: {"description": HTTPStatus(one).phrase, "content": content} for one in statuses}


def install(app: FastAPI) -> None:
    """Make every error of the app leave as problem details."""

    async def ours(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, errors.AsklearnError)
        return respond(of_error(error))

    async def refused(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, Refused)
        return respond(error.problem)

    async def invalid(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        return respond(of_validation(error.errors()))

    async def http(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        return respond(make(error.status_code, "http", _http_sentence(request, error)), error.headers)

    app.add_exception_handler(errors.AsklearnError, ours)
    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)


def _http_sentence(request: Request, error: HTTPException) -> str:
    path = request.url.path
    if error.status_code == 404:
        return f"There is nothing at {path}."
    if error.status_code == 405:
        return f"{request.method} is not possible at {path}."
    return str(error.detail)
