"""The story of one item, as it goes over the wire."""

from __future__ import annotations

from collections.abc import Sequence

from asklearn.app.server.schemas.reading import AnnotationOut, AskedOut, SettledOut, StoryOut
from asklearn.app.server.views import item_out, reason_out, suggestion_out
from asklearn.core.clock import to_rfc3339
from asklearn.core.records import Annotation, Label, Query
from asklearn.project import Story
from asklearn.tasks import SingleLabel


def story_out(story: Story, task: SingleLabel, text_fields: Sequence[str]) -> StoryOut:
    """All that is known of an item."""
    return StoryOut(
        item=item_out(story.item, text_fields),
        queries=[_asked(one, task) for one in story.queries],
        annotations=[_annotation(one, task) for one in story.annotations],
        label=None if story.label is None else _settled(story.label, task),
        models=list(story.models),
        same=list(story.same),
        sentences=list(story.sentences),
    )


def _asked(query: Query, task: SingleLabel) -> AskedOut:
    return AskedOut(
        key=query.key,
        purpose=query.purpose,
        state=query.state,
        reason=reason_out(query.reason, task),
        score=query.score,
        rank=query.rank,
        q=query.draw.q,
        pi=query.draw.pi,
        strategy=query.strategy,
        model=query.model,
        round=query.round,
        suggestion=suggestion_out(query.suggestion, task),
        queued_at=to_rfc3339(query.queued_at),
        asked_at=to_rfc3339(query.asked_at) if query.asked_at else None,
    )


def _annotation(one: Annotation, task: SingleLabel) -> AnnotationOut:
    shown = one.suggestion
    return AnnotationOut(
        key=one.key,
        seq=one.seq,
        annotator=one.annotator,
        kind=one.kind,
        label=one.value,
        name=None if one.value is None else task.display(one.value),
        query=one.query,
        suggested=None if shown is None else task.display(shown.value),
        accepted=None if shown is None else shown.accepted,
        seconds=one.seconds,
        answered_at=to_rfc3339(one.answered_at),
        source=one.source,
        supersedes=one.supersedes,
        comment=one.comment,
        current=one.current,
    )


def _settled(label: Label, task: SingleLabel) -> SettledOut:
    return SettledOut(
        label=label.value,
        name=task.display(label.value),
        confidence=label.confidence,
        state=label.state,
        since=to_rfc3339(label.since),
    )
