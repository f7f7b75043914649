"""Model cards (Mitchell et al., 2019, "Model Cards for Model Reporting")."""

from __future__ import annotations

from asklearn.core.clock import to_rfc3339
from asklearn.core.protocols import Task
from asklearn.core.records import Observation, Round


def model_card(project: str, task: Task, done: Round) -> str:
    """Markdown that says what the model is, what it was trained on, and how good it is by what measure."""
    counts = "\n".join(f"| {_cell(task.display(one))} | {n} |" for one, n in done.class_counts.items())
    figures = "\n".join(_figure(one) for one in done.observations) or "| none yet | | | |"
    return f"""---
library_name: sklearn
tags: [text-classification, active-learning, asklearn]
---
# {project}, model {done.number}

{done.learner}. Trained on {done.labels} labels, {to_rfc3339(done.finished_at or done.started_at)}.

Labels, in order: {", ".join(map(task.display, task.classes))}.

| label | examples |
|---|---|
{counts}

## How good it is

Figures from *cross-validation* rest on items that the model asked for, which are harder than the pool; those
of the *slice* rest on items drawn at random and are the honest ones.

| figure | rests on | value | 95 % interval |
|---|---|---|---|
{figures}
"""


def _figure(one: Observation) -> str:
    interval = "" if one.low is None or one.high is None else f"{one.low:.3f} to {one.high:.3f}"
    rests = one.basis if one.n is None else f"{one.basis}, {one.n} items"
    return f"| {one.name} | {rests} | {one.value:.3f} | {interval} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
