"""``asklearn status``: how far it is, how good it is, and whether to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asklearn.app.cli.common import options as o
from asklearn.app.cli.common.figures import BASES, local_time, short
from asklearn.app.cli.common.opening import opened
from asklearn.app.cli.common.output import present, table

if TYPE_CHECKING:
    from asklearn.core.records import Round
    from asklearn.project import Status

SHOWN_ROUNDS = 10


def status(project: o.ProjectArgument = None, home: o.Home = o.HERE, json: o.Json = False) -> None:
    """Say how far it is, how good the model is, and whether another label pays."""
    with opened(home, project) as one:
        now = one.status()
    present(now, as_json=json, people=lambda console: _show(console, now))


def _show(console: Any, now: Status) -> None:
    console.print(now.name, style="bold")
    console.print(
        f"{now.labelled:,} of {now.items:,} items labelled, goal {now.goal:,}; "
        f"{now.queued:,} queued to be asked."
    )
    if now.model is None:
        console.print("No model has been trained yet.")
    console.print(now.verdict.sentence)
    for warning in now.warnings:
        console.print(warning, style="yellow")
    if now.class_counts:
        console.print()
        console.print(table(["label", "answers"], now.class_counts.items(), numbers=["answers"]))
    if now.rounds:
        console.print()
        _show_rounds(console, now.rounds)


def _show_rounds(console: Any, rounds: tuple[Round, ...]) -> None:
    """A line for each model; a column for each metric and what it rests on."""
    latest = list(rounds)[-SHOWN_ROUNDS:]
    kinds = list(
        dict.fromkeys((o.name, o.basis) for r in latest for o in r.observations if _plain(o.name, o.basis))
    )
    rows = [
        [done.number, done.labels, *(short(done.observation(name, basis)) for name, basis in kinds),
         local_time(done.finished_at)]
        for done in latest
    ]  # fmt: skip
    columns = ["model", "labels", *(f"{name}\n{BASES[basis]}" for name, basis in kinds), "finished"]
    console.print(table(columns, rows, numbers=columns[:-1]))


def _plain(name: str, basis: str) -> bool:
    return name in ("accuracy", "macro-f1") and basis in ("cross-validation", "slice", "truth")
