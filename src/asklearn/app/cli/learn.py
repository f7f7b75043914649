"""``asklearn learn``: train now, here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asklearn.app.cli.common import options as o
from asklearn.app.cli.common.figures import say_observation
from asklearn.app.cli.common.opening import opened
from asklearn.app.cli.common.output import present
from asklearn.app.cli.common.progress import counting, waiting

if TYPE_CHECKING:
    from asklearn.core.records import Round, Verdict


def learn(project: o.ProjectArgument = None, home: o.Home = o.HERE, json: o.Json = False) -> None:
    """Train on all labels, score the pool and re-rank what is asked next."""
    with opened(home, project) as one:
        with counting("Reading the pool") as bar:
            one.encode(progress=bar)
        with waiting("Learning"):
            done = one.learn()
        with waiting("Choosing what to ask next"):
            one.refresh()
        verdict = one.verdict()
    present(
        {"round": done, "verdict": verdict},
        as_json=json,
        people=lambda console: _show(console, done, verdict),
    )


def _show(console: Any, done: Round, verdict: Verdict) -> None:
    console.print(f"Model {done.number}, trained on {done.labels} labels.")
    for observation in done.observations:
        if observation.basis in ("cross-validation", "slice", "truth"):
            console.print(say_observation(observation))
    console.print(verdict.sentence)
