"""The labeller's calls: claim, answer, undo, keep or give back what is held."""

from __future__ import annotations

from fastapi import APIRouter

from asklearn.app.server import schemas
from asklearn.app.server.answering import tell_each
from asklearn.app.server.desk import Annotator, AtDesk, name_of
from asklearn.app.server.problems import documented

router = APIRouter(prefix="/api", tags=["labelling"], responses=documented(401, 403, 413, 422, 500, 503, 507))


@router.post("/claim", operation_id="claim")
def claim(body: schemas.Claim, desk: AtDesk, annotator: Annotator) -> schemas.Claimed:
    """Lease items to this tab, the ones most worth asking first."""
    name = name_of(annotator)
    queries = desk.project.claim(body.n, annotator=name, session=annotator.session(body.session))
    return schemas.Claimed(
        queries=[desk.show(query) for query in queries],
        waiting=None if queries else desk.waiting(),
        progress=desk.progress(annotator),
    )


@router.post("/answers", operation_id="answer")
def answer(body: schemas.AnswersIn, desk: AtDesk, annotator: Annotator) -> schemas.Told:
    """Store answers; each receipt says that one is safe, or why it was not taken."""
    receipts = tell_each(desk.project, body.answers, name_of(annotator))
    desk.feed.wake()
    return schemas.Told(receipts=receipts, progress=desk.progress(annotator))


@router.post("/undo", operation_id="undo", responses=documented(404, 409))
def undo(body: schemas.Undo, desk: AtDesk, annotator: Annotator) -> schemas.Undone:
    """Take an answer back, and lease its item to this tab again."""
    session = annotator.session(body.session)
    query = desk.project.undo(annotator=name_of(annotator), session=session, key=body.key)
    desk.feed.wake()
    shown = None if query is None else desk.show(query)
    return schemas.Undone(query=shown, progress=desk.progress(annotator))


@router.post("/renew", operation_id="renew")
def renew(body: schemas.Session, desk: AtDesk, annotator: Annotator) -> schemas.Held:
    """Hold what this tab has for a while longer."""
    seconds = desk.project.settings.lease_seconds
    return schemas.Held(held=desk.project.store.renew(annotator.session(body.session), seconds=seconds))


@router.post("/release", operation_id="release")
def release(body: schemas.Release, desk: AtDesk, annotator: Annotator) -> schemas.Released:
    """Give leases back; also sent while the page closes."""
    return schemas.Released(
        released=desk.project.store.release(annotator.session(body.session), body.queries)
    )
