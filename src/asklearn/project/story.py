"""The story of one item: when and why it was asked, who answered what, which models trained on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from asklearn.core.clock import to_rfc3339
from asklearn.core.errors import NotFound
from asklearn.core.records import Annotation, Item, Label, Query
from asklearn.core.wording import percent, say_reason
from asklearn.project.training_set import trained_on
from asklearn.project.workspace import Workspace


@dataclass(frozen=True)
class Story:
    """All that is known of one item.

    Attributes
    ----------
    queries : tuple of Query
        Every time it was asked, or waits to be.
    annotations : tuple of Annotation
        Every answer, in order of arrival; ``current`` says which stand.
    label : Label or None
    models : tuple of int
        Numbers of the models that trained on it.
    same : tuple of str
        Ids of its exact duplicates.
    sentences : tuple of str
        The story for a person, in order of time.
    """

    item: Item
    queries: tuple[Query, ...]
    annotations: tuple[Annotation, ...]
    label: Label | None
    models: tuple[int, ...]
    same: tuple[str, ...]
    sentences: tuple[str, ...]


def story_of(ws: Workspace, item_id: str) -> Story:
    """The story of an item.

    Raises
    ------
    NotFound
        When no item has that id.
    """
    row = int(ws.pool.find([item_id])[0])
    if row < 0:
        raise NotFound(f"There is no item {item_id!r} in this project; ids are spelled exactly as imported.")
    item = ws.pool.items([row])[0]
    queries = tuple(ws.store.queries(item=item_id))
    annotations = tuple(ws.store.annotations(item=item_id))
    label = ws.ledger.labels(ws.task, ws.settings.overlap).get(item_id)
    models = tuple(_models(ws, item_id, annotations))
    twins = [int(twin) for twin in ws.pool.duplicates_of(row) if int(twin) != row]
    same = tuple(ws.pool.ids(twins)) if twins else ()
    sentences = tuple(_sentences(ws, queries, annotations, label, models, same))
    return Story(item, queries, annotations, label, models, same, sentences)


def _models(ws: Workspace, item: str, annotations: tuple[Annotation, ...]) -> Iterator[int]:
    if ws.folder is None or not annotations:
        return
    for done in ws.store.rounds():
        path = ws.models_folder() / str(done.number) / "training.parquet"
        if done.started_at >= annotations[0].received_at and path.exists() and trained_on(path, item):
            yield done.number


def _sentences(
    ws: Workspace,
    queries: tuple[Query, ...],
    annotations: tuple[Annotation, ...],
    label: Label | None,
    models: tuple[int, ...],
    same: tuple[str, ...],
) -> Iterator[str]:
    timed: list[tuple[int, str]] = [
        (query.asked_at, _asked(ws, query)) for query in queries if query.asked_at
    ]
    timed += [(one.received_at, _told(ws, one)) for one in annotations]
    yield from (f"{to_rfc3339(at)[:19]}Z  {sentence}" for at, sentence in sorted(timed))
    waiting = next((query for query in queries if query.state == "queued"), None)
    if waiting is not None:
        yield f"It waits in the queue. {say_reason(waiting.reason, name_of=ws.task.display)}"
    if not timed and waiting is None:
        yield "It has not been asked yet."
    if label is not None:
        yield f"Its label is {ws.task.display(label.value)} ({label.state})."
    if models:
        yield (
            "It trained " + ("model " if len(models) == 1 else "models ") + ", ".join(map(str, models)) + "."
        )
    if same:
        yield f"Exact duplicates, asked once with it: {', '.join(same[:10])}{'…' if len(same) > 10 else ''}."


def _asked(ws: Workspace, query: Query) -> str:
    parts = [f"Asked ({query.purpose}) by {query.strategy or 'hand'}."]
    parts.append(say_reason(query.reason, name_of=ws.task.display))
    if query.score is not None:
        parts.append(f"Score {query.score:.4g}.")
    if query.draw.pi is not None:
        parts.append(f"Inclusion probability {query.draw.pi:.4g}.")
    if query.draw.q is not None:
        parts.append(f"Probability of this draw {query.draw.q:.4g}.")
    if query.suggestion is not None:
        parts.append(_suggested(ws, query))
    return " ".join(parts)


def _suggested(ws: Workspace, query: Query) -> str:
    suggested: Any = query.suggestion
    source = {
        "model": f"Model {suggested.model}",
        "names": "The label names",
        "brought": "The weak model brought along",
    }[suggested.source]
    sure = "" if suggested.probability is None else f" ({percent(suggested.probability)})"
    return f"{source} suggested {ws.task.display(suggested.value)}{sure}."


def _told(ws: Workspace, one: Annotation) -> str:
    took = "" if one.seconds is None else f" in {one.seconds:.1f} s"
    note = f" Comment: {one.comment}" if one.comment else ""
    undone = "" if one.current or one.kind == "retract" else " It no longer stands."
    match one.kind:
        case "answer":
            accepted = " taking the suggestion" if one.suggestion and one.suggestion.accepted else ""
            said = f"answered {ws.task.display(one.value)}{accepted}"
        case "skip":
            said = "skipped it"
        case "flag":
            said = "flagged it"
        case "retract":
            said = "took the answer back"
    return f"{one.annotator} {said}{took} ({one.source}).{note}{undone}"
