"""The project, its model and its history, to read; and the few things that steer it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from asklearn.app.server import schemas
from asklearn.app.server.desk import Annotator, AnyVisitor, AtDesk
from asklearn.app.server.problems import documented
from asklearn.app.server.stories import story_out
from asklearn.app.server.views import given_out, plain, project_out, round_out

NEWEST = 2**63 - 1
"""The largest seq that a store can count to."""

router = APIRouter(prefix="/api", tags=["project"], responses=documented(401, 403, 422, 500, 503))


@router.get("/project", operation_id="project")
def project(desk: AtDesk, visitor: AnyVisitor) -> schemas.ProjectOut:
    """The project, its task, and who this browser is."""
    return project_out(desk.project, desk.gate.project_id, visitor.name)


@router.post("/me", operation_id="name_me")
def me(body: schemas.MeIn, desk: AtDesk, visitor: AnyVisitor, response: Response) -> schemas.MeOut:
    """Say who labels in this browser from now on."""
    return schemas.MeOut(name=desk.gate.rename(response, visitor, body.name).name)


@router.post("/token", operation_id="new_token")
def token(desk: AtDesk, _visitor: AnyVisitor, request: Request) -> schemas.TokenOut:
    """A link that lets one more browser in, once."""
    return schemas.TokenOut(url=str(request.url_for("label").include_query_params(token=desk.gate.mint())))


@router.get("/answers", operation_id="answers")
def answers(
    desk: AtDesk,
    annotator: Annotator,
    *,
    mine: bool = True,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    before: Annotated[
        int | None, Query(ge=0, le=NEWEST, description="A seq: only answers older than it.")
    ] = None,
) -> schemas.History:
    """Answers given, the newest first."""
    given = desk.project.answers(annotator=annotator.name if mine else None, limit=limit, before=before)
    fields = desk.project.settings.text
    return schemas.History(answers=[given_out(one, fields) for one in given])


@router.get("/items/{id:path}", operation_id="story", responses=documented(404))
def story(id: str, desk: AtDesk, _visitor: AnyVisitor) -> schemas.StoryOut:
    """Everything that happened to one item."""
    return story_out(desk.project.story(id), desk.project.task, desk.project.settings.text)


@router.get("/status", operation_id="status")
def status(desk: AtDesk, _visitor: AnyVisitor) -> schemas.StatusOut:
    """Everything at a glance."""
    data: dict[str, Any] = plain(desk.project.status())
    return schemas.StatusOut(**data, worker=desk.has_worker())


@router.get("/verdict", operation_id="verdict")
def verdict(desk: AtDesk, _visitor: AnyVisitor) -> schemas.VerdictOut:
    """Whether more labels pay, in one sentence."""
    return schemas.VerdictOut(**plain(desk.project.verdict()))


@router.get("/rounds", operation_id="rounds")
def rounds(desk: AtDesk, _visitor: AnyVisitor) -> list[schemas.RoundOut]:
    """Every model so far, the first one first."""
    return [round_out(one) for one in desk.project.store.rounds()]


@router.post("/learn", operation_id="learn", status_code=202)
def learn(desk: AtDesk, _visitor: AnyVisitor) -> schemas.Accepted:
    """Ask for a new model now; the worker makes it, and the event stream tells when it is there."""
    desk.project.request_learning()
    desk.feed.wake()
    if desk.has_worker() or desk.own_worker:
        return schemas.Accepted(sentence="A new model is on its way.")
    return schemas.Accepted(sentence="No worker runs now; a new model comes as soon as one does.")
