"""Telling: answers become annotations; undo takes one back and leases its item again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from asklearn.core.errors import InputError, NotFound
from asklearn.core.ids import new_key
from asklearn.core.records import Annotation, Answer, Item, Query, Receipt, ShownSuggestion
from asklearn.project.workspace import Workspace

_LOOK_BACK = 50


def tell(
    ws: Workspace,
    answers: Sequence[Answer] | Mapping[str, Any],
    *,
    annotator: str,
    source: str,
    session: str | None = None,
) -> list[Receipt]:
    """Store answers, all or none; see `Project.tell`."""
    given = (
        [Answer(item=item, value=value) for item, value in answers.items()]
        if isinstance(answers, Mapping)
        else list(answers)
    )
    if not given:
        return []
    items = _items(ws, [one.item for one in given])
    asked = _queries(ws, given)
    annotations = [
        _annotation(ws, one, items[one.item], asked.get(one.query or ""), annotator=annotator, source=source)
        for one in given
    ]
    return ws.store.tell(annotations, items=items, session=session, seconds=ws.settings.lease_seconds)


def _items(ws: Workspace, ids: Sequence[str]) -> dict[str, Item]:
    rows = ws.pool.find(ids)
    if (rows < 0).any():
        rows = ws.pool.find(ids)
    for one, row in zip(ids, rows, strict=True):
        if row < 0:
            raise NotFound(f"There is no item {one!r} in this project; check its spelling, or add it first.")
    return {item.id: item for item in ws.pool.items(rows)}


def _queries(ws: Workspace, answers: Sequence[Answer]) -> dict[str, Query]:
    keys = {one.query for one in answers if one.query}
    return {query.key: query for key in keys for query in ws.store.queries(key=key)}


def _annotation(
    ws: Workspace, answer: Answer, item: Item, query: Query | None, *, annotator: str, source: str
) -> Annotation:
    value = _value(ws, answer)
    return Annotation(
        key=answer.key or new_key(),
        item=answer.item,
        annotator=answer.annotator or annotator,
        kind=answer.kind,
        value=value,
        query=answer.query,
        revision=item.revision,
        task_version=ws.task.version,
        guideline_version=ws.task.guideline_version,
        suggestion=_shown(query, value, answer),
        seconds=_seconds(answer),
        answered_at=answer.answered_at or 0,  # never from this clock: told again, the body must be the same
        source=answer.source or source,
        supersedes=answer.supersedes,
        comment=answer.comment,
    )


def _value(ws: Workspace, answer: Answer) -> Any:
    if answer.kind == "answer":
        if answer.value is None:
            raise InputError(f"The answer for item {answer.item!r} has no label; to pass over it, skip it.")
        return ws.task.validate(answer.value)
    if answer.value is not None and answer.kind == "flag":
        return ws.task.validate(answer.value)
    return None


def _seconds(answer: Answer) -> float | None:
    seconds = answer.seconds
    if seconds is not None and not 0 <= seconds < float("inf"):
        raise InputError(f"seconds of the answer for {answer.item!r} must be 0 or more, but is {seconds}.")
    return seconds


def _shown(query: Query | None, value: Any, answer: Answer) -> ShownSuggestion | None:
    if query is None or query.suggestion is None or not answer.shown:
        return None
    suggested = query.suggestion
    return ShownSuggestion(
        value=suggested.value, model=suggested.model, shown=True, accepted=suggested.value == value
    )


def undo(ws: Workspace, *, annotator: str, session: str, key: str | None = None) -> Query | None:
    """Take back the annotator's last answer (or the one with that key) and lease its item to the session.

    Returns
    -------
    Query or None
        The question again; None when nothing is left to undo.

    Raises
    ------
    NotFound
        When that key is none of this annotator's standing answers.
    """
    last = next((one for one in _newest_first(ws, annotator) if key in (None, one.key)), None)
    if last is None:
        if key is not None:
            raise NotFound(
                "That answer is not there to be taken back: it was corrected or taken back already."
            )
        return None
    retract = Answer(item=last.item, kind="retract", query=last.query, supersedes=last.key)
    tell(ws, [retract], annotator=annotator, source=last.source, session=session)
    leased = [query for query in ws.store.queries(item=last.item) if query.state == "leased"]
    return leased[-1] if leased else None


def _newest_first(ws: Workspace, annotator: str) -> Iterator[Annotation]:
    """The annotator's standing answers; read in parts, since what is taken back is one of the last."""
    before = None
    while part := ws.store.annotations(
        annotator=annotator, current=True, newest_first=True, before=before, limit=_LOOK_BACK
    ):
        yield from part
        before = part[-1].seq
