"""Where a project stands: counts, models, figures with what they rest on, verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from asklearn.core.clock import SECOND, now
from asklearn.core.records import Annotation, Round, Verdict
from asklearn.project.workspace import Workspace

_PACE_OVER = 20
_LONGEST_THOUGHT = 600.0


@dataclass(frozen=True)
class Progress:
    """What an annotator sees while working.

    Attributes
    ----------
    answered : int
        Items with a settled label.
    left : int
        Labels to the goal.
    pace_seconds : float or None
        Median seconds of the annotator's last answers.
    today : int
        The annotator's answers of the last 24 hours.
    """

    answered: int
    goal: int
    left: int
    pace_seconds: float | None
    today: int


@dataclass(frozen=True)
class Status:
    """Where a project stands; plain JSON through `asklearn.core.jsonable.to_json`."""

    name: str
    items: int
    askable: int
    labelled: int
    set_aside: int
    queued: int
    leased: int
    goal: int
    state: str
    sentence: str
    encoded: int
    verdict: Verdict
    model: Mapping[str, Any] | None
    rounds: tuple[Round, ...]
    class_counts: Mapping[str, int]
    annotators: Mapping[str, int]
    pace_seconds: float | None
    slice: Mapping[str, Any]
    warnings: tuple[str, ...] = ()
    random_arm: Mapping[str, Any] | None = None
    task_version: int = 1
    labels: tuple[str, ...] = field(default=())


def progress_of(ws: Workspace, annotator: str) -> Progress:
    """An annotator's progress."""
    goal = ws.settings.goal
    mine = ws.store.annotations(annotator=annotator, current=True, newest_first=True, limit=_PACE_OVER)
    answered = ws.ledger.labelled(ws.task, ws.settings.overlap)
    day_ago = now() - 86_400 * SECOND
    return Progress(
        answered=answered,
        goal=goal,
        left=max(0, goal - answered),
        pace_seconds=pace(mine),
        today=max(0, ws.ledger.answers_since(annotator, day_ago)),
    )


def pace(answers: Sequence[Annotation]) -> float | None:
    """Median seconds of those answers; long absences left out."""
    seconds = [one.seconds for one in answers if one.seconds is not None and one.seconds < _LONGEST_THOUGHT]
    return round(median(seconds), 1) if seconds else None


def verdict_of(ws: Workspace) -> Verdict:
    """What the stopping rules say."""
    labels = ws.ledger.labelled(ws.task, ws.settings.overlap)
    return ws.settings.rule.judge(ws.store.rounds(), labels)


def status_of(ws: Workspace) -> Status:
    """Where the project stands now."""
    settings, counts = ws.settings, ws.store.counts()
    labels = ws.ledger.labels(ws.task, settings.overlap)
    rounds = tuple(ws.store.rounds())
    told = [one for one in ws.ledger.annotations() if one.kind == "answer"]
    people = [one for one in told if one.source != "import"]
    state, sentence, encoded = _activity(ws)
    return Status(
        name=settings.name,
        items=len(ws.pool) - int(ws.pool.forgotten().sum()),
        askable=int(ws.pool.askable().sum()),
        labelled=len(labels),
        set_aside=len(ws.ledger.set_aside()),
        queued=counts["queued"],
        leased=counts["leased"],
        goal=settings.goal,
        state=state,
        sentence=sentence,
        encoded=encoded,
        verdict=verdict_of(ws),
        model=_model(rounds),
        rounds=rounds,
        class_counts=_class_counts(ws, labels),
        annotators=dict(sorted(Counter(one.annotator for one in people).items())),
        pace_seconds=pace(people[-_PACE_OVER:]),
        slice=_slice(ws, rounds),
        warnings=tuple(_warnings(ws, rounds)),
        random_arm=ws.store.get("random arm"),
        task_version=ws.task.version,
        labels=ws.task.names,
    )


def _activity(ws: Workspace) -> tuple[str, str, int]:
    """State, a sentence, and how many items are encoded."""
    kept = ws.store.get("learning") or {}
    working = ws.store.holder("learn") is not None
    encoding = ws.store.get("encoding") or {}
    if kept.get("state") == "failed":
        return "failed", str(kept.get("sentence", "The last try to learn failed.")), encoding.get("done", 0)
    if working and kept.get("state") == "learning":
        return "learning", "The model is learning from the newest answers.", encoding.get("done", 0)
    if encoding and encoding["done"] < encoding["of"]:
        done, of = encoding["done"], encoding["of"]
        return "encoding", f"Reading the pool: {done:,} of {of:,} items so far; labelling goes on.", done
    return "idle", "", encoding.get("done", 0)


def _model(rounds: tuple[Round, ...]) -> Mapping[str, Any] | None:
    if not rounds:
        return None
    last = rounds[-1]
    return {
        "number": last.number,
        "labels": last.labels,
        "finished_at": last.finished_at,
        "learner": last.learner,
    }


def _class_counts(ws: Workspace, labels: Mapping[str, Any]) -> dict[str, int]:
    counts = dict.fromkeys(ws.task.names, 0)
    for label in labels.values():
        counts[ws.task.display(label.value)] += 1
    return counts


def _slice(ws: Workspace, rounds: tuple[Round, ...]) -> dict[str, Any]:
    share = ws.settings.slice_share
    seen = rounds[-1].observation("accuracy", "slice") if rounds else None
    return {
        "share": share,
        "items": 0 if seen is None else seen.n,
        "accuracy": None if seen is None else seen.value,
    }


def _warnings(ws: Workspace, rounds: tuple[Round, ...]) -> list[str]:
    found = [f"{ws.trouble} Until then the settings stay as they were."] if ws.trouble else []
    if ws.settings.slice_share == 0 and rounds:
        found.append("There is no random slice, so no figure says how good the model is on the pool.")
    current = rounds[-1:] if rounds and rounds[-1].task_version == ws.task.version else ()
    absent = [name for one in current for name, n in one.class_counts.items() if n == 0]
    if absent:
        shown = ", ".join(ws.task.display(one) for one in absent[:5]) + ("…" if len(absent) > 5 else "")
        found.append(f"No example yet of: {shown}.")
    return found
