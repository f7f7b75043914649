"""The pages: one HTML shell with its first data in it, and the files it loads."""

from __future__ import annotations

import json
import mimetypes
import secrets
from html import escape
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from asklearn.app.server.desk import AtDesk, Desk
from asklearn.app.server.gate import Visitor
from asklearn.app.server.views import project_out

WEB = Path(__file__).parent.parent / "web"
PLACE = "<!--boot-->"
FIRST_QUERIES = 4

# what the machine's own tables say differs; browsers refuse modules of a wrong type
for ending, kind in {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".woff2": "font/woff2",
}.items():
    mimetypes.add_type(kind, ending)

router = APIRouter(include_in_schema=False)


@router.get("/", name="label")
def label(request: Request, desk: AtDesk, token: str | None = None) -> Response:
    """The labelling page; with a token, first the cookie and the same address without it."""
    visitor = desk.gate.visitor(request)
    if token is not None:
        return _enter(desk, visitor, token)
    if visitor is None:
        return _closed("To label here, open the link that asklearn printed when it started.")
    prefetched = "prefetch" in request.headers.get("sec-purpose", "")
    return _shell(desk, visitor, queries=not prefetched)


@router.get("/items/{id:path}")
def item(id: str, request: Request, desk: AtDesk) -> Response:  # noqa: ARG001 - the page reads it from its address
    """The page of one item's story."""
    visitor = desk.gate.visitor(request)
    if visitor is None:
        return _closed("To read this, open the link that asklearn printed when it started.")
    return _shell(desk, visitor, queries=False)


@router.get("/favicon.svg")
def favicon() -> FileResponse:
    """The icon."""
    return FileResponse(WEB / "favicon.svg", headers={"Cache-Control": "max-age=86400"})


class WebFiles(StaticFiles):
    """The page's files, always asked for again (by ETag), so that an upgrade is never half there."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file; nothing outside the folder, no Python."""
        if "\0" in path or Path(path).suffix in (".py", ".pyc"):
            return await super().get_response(".none", scope)
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


def embed(data: Any) -> str:
    """Data as a script element that never ends early and never runs, whatever the texts hold."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    for one in "<>&\u2028\u2029":
        text = text.replace(one, f"\\u{ord(one):04x}")
    return f'<script type="application/json" id="boot">{text}</script>'


def _enter(desk: Desk, visitor: Visitor | None, token: str) -> Response:
    if visitor is None:
        visitor = desk.gate.redeem(token)
        if visitor is None:
            return _closed(
                "This link was used already, or is of an earlier start; run asklearn serve again "
                "(the server may go on running), and it prints a fresh one."
            )
    answer = RedirectResponse("/", status_code=303)
    desk.gate.remember(answer, visitor)
    return answer


def _shell(desk: Desk, visitor: Visitor, *, queries: bool) -> HTMLResponse:
    html = (WEB / "index.html").read_text(encoding="utf-8")
    boot = _boot(desk, visitor, queries=queries)
    return HTMLResponse(html.replace(PLACE, embed(boot), 1), headers={"Cache-Control": "no-store"})


def _boot(desk: Desk, visitor: Visitor, *, queries: bool) -> dict[str, Any]:
    project, session = desk.project, secrets.token_hex(8)
    claimed: list[Any] = []
    waiting = None
    if queries and visitor.name is not None:
        batch = project.claim(FIRST_QUERIES, annotator=visitor.name, session=visitor.session(session))
        claimed = [desk.show(query).model_dump(mode="json") for query in batch]
        waiting = None if claimed else desk.waiting().model_dump()
    rounds = project.store.rounds()
    model = {"number": rounds[-1].number, "labels": rounds[-1].labels} if rounds else None
    return {
        "project": project_out(project, desk.gate.project_id, visitor.name).model_dump(mode="json"),
        "session": session,
        "seq": project.store.last_event(),
        "queries": claimed,
        "waiting": waiting,
        "progress": desk.progress(visitor).model_dump(),
        "model": model,
        "me": {"name": visitor.name},
    }


def _closed(sentence: str) -> HTMLResponse:
    html = (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<title>asklearn</title><link rel="icon" href="/favicon.svg">'
        '<link rel="stylesheet" href="/static/tokens.css"><link rel="stylesheet" href="/static/base.css">'
        '<link rel="stylesheet" href="/static/pages.css">'
        f'<main class="page"><h1>Signed out</h1><p>{escape(sentence)}</p></main></html>'
    )
    return HTMLResponse(html, status_code=401)
