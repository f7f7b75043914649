"""Kinds of task by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from asklearn.core.protocols import Task
from asklearn.core.registry import Registry

TASKS = Registry("task", "asklearn.tasks", {"single-label": "asklearn.tasks.single_label:SingleLabel"})


def task_from_json(data: Mapping[str, Any]) -> Task:
    """A task from its definition, as `Task.to_json` wrote it."""
    build: Any = TASKS.get(data["kind"])
    task: Task = build.from_json(data)
    return task
