"""What every handler has at hand, and who stands before it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyCookie, HTTPBearer

from asklearn.app.server.feed import Feed
from asklearn.app.server.gate import Gate, Visitor
from asklearn.app.server.problems import Refused
from asklearn.app.server.schemas.queries import Progress, QueryOut, Waiting
from asklearn.app.server.views import query_out
from asklearn.core.jsonable import to_json
from asklearn.core.records import BLIND_PURPOSES, Query
from asklearn.project import Project

RARELY_SECONDS = 30.0
"""How often to look again for what only comes when somebody adds it."""
STARTING = "The worker is starting; the first questions come in a few seconds."
NO_WORKER = "No worker runs for this project, so no new questions come; start one with: asklearn worker"


@dataclass(frozen=True)
class Desk:
    """The project and the server's own parts around it."""

    project: Project
    gate: Gate
    feed: Feed
    own_worker: bool = False

    def has_worker(self) -> bool:
        """Whether a worker lives: it holds its lease for as long as it does."""
        return self.project.store.holder("worker") is not None

    def progress(self, visitor: Visitor) -> Progress:
        """The progress as this visitor sees it."""
        return Progress(**to_json(self.project.progress(visitor.name or "")))

    def waiting(self) -> Waiting:
        """Why there is nothing to label right now, and when to look again."""
        why = self.project.waiting()
        seconds = RARELY_SECONDS if why.seconds is None else why.seconds
        sentence = why.sentence
        if why.reason in ("ranking", "first ranking") and not self.has_worker():
            sentence = STARTING if self.own_worker else NO_WORKER
        return Waiting(reason=why.reason, sentence=sentence, seconds=seconds)

    def show(self, query: Query) -> QueryOut:
        """A query as the page shows it."""
        settings = self.project.settings
        if settings.suggestion == "hidden" or query.purpose in BLIND_PURPOSES:
            query = replace(query, suggestion=None)
        return query_out(query, self.project.task, settings.text)


async def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


AtDesk = Annotated[Desk, Depends(_desk)]

# read by hand in the gate; named here so that OpenAPI tells clients
_COOKIE = APIKeyCookie(
    name="asklearn", auto_error=False, description="Bought with the link's one-time token."
)
_BEARER = HTTPBearer(auto_error=False, description="The cookie's value, for scripts.")


async def _visitor(
    request: Request,
    desk: AtDesk,
    _cookie: Annotated[object, Security(_COOKIE)],
    _bearer: Annotated[object, Security(_BEARER)],
) -> Visitor:
    visitor = desk.gate.visitor(request)
    if visitor is None:
        raise Refused(
            401, "signed-out", "This browser is not signed in; open the link that asklearn serve prints."
        )
    return visitor


AnyVisitor = Annotated[Visitor, Depends(_visitor)]


async def _annotator(visitor: AnyVisitor) -> Visitor:
    if visitor.name is None:
        raise Refused(403, "nameless", "Say first who is labelling: answers carry a name.")
    return visitor


Annotator = Annotated[Visitor, Depends(_annotator)]
"""A visitor who has given a name."""


def name_of(visitor: Visitor) -> str:
    """The annotator's name."""
    assert visitor.name is not None
    return visitor.name
