"""Rendering of the settings file: comments and order stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asklearn.project.settings import Settings

_NEW_FILE = """\
# An asklearn project. Safe to edit: comments and order are kept when asklearn writes it.
name = ""
seed = 0

[data]
# Fields that are shown first and learned from; an empty list means all of them.
text = []

[task]
kind = "single-label"
# What annotators should know; shown beside the work.
guidelines = ""

[learning]
# "auto", "text", "table", "tfidf", an import path "module:attribute", or "file:learner.skops".
learner = "auto"
# A name of `asklearn strategies`, or a table of its configuration.
strategy = "auto"
# Share of the questions drawn at random, which keep the score honest; 0 to 0.9.
slice_share = 0.1
# Types of your own that model files may hold: see `asklearn doctor --trust FILE`.
trusted = []

[labelling]
# Annotators wanted for each item.
overlap = 1
# How long an item stays with the page that asked for it, unless renewed.
lease_seconds = 600
# "shown" or "hidden".
suggestion = "shown"

# When to stop; rules join with "any" and "all".
[stopping]
"""


def render(before: str, settings: Settings) -> str:
    """The file's text with these settings in it."""
    import tomlkit

    document: Any = tomlkit.parse(before or _NEW_FILE)
    _put(document, "name", settings.name)
    _put(document, "seed", settings.seed)
    _put(_table(document, "data"), "text", list(settings.text))
    task = _table(document, "task")
    _put(task, "kind", settings.task.kind)
    _put(task, "guidelines", settings.task.guidelines)
    _put_labels(task, settings)
    learning = _table(document, "learning")
    for name in ("learner", "slice_share"):
        _put(learning, name, getattr(settings, name))
    _put(learning, "strategy", settings.strategy)
    _put(learning, "trusted", list(settings.trusted))
    labelling = _table(document, "labelling")
    for name in ("overlap", "lease_seconds", "suggestion"):
        _put(labelling, name, getattr(settings, name))
    _put_rule(document, settings.rule.to_json())
    return tomlkit.dumps(document)


def _table(document: Any, name: str) -> Any:
    import tomlkit

    if name not in document:
        document[name] = tomlkit.table()
    return document[name]


def _put(table: Any, name: str, value: Any) -> None:
    if table.get(name) != value or name not in table:
        table[name] = _inline(value) if isinstance(value, dict) else value


def _inline(value: Any) -> Any:
    import tomlkit

    if not isinstance(value, dict):
        return [_inline(one) for one in value] if isinstance(value, list | tuple) else value
    table = tomlkit.inline_table()
    for name, inner in value.items():
        if inner is not None:
            table[name] = _inline(inner)
    return table


def _put_labels(task: Any, settings: Settings) -> None:
    import tomlkit

    wanted = [
        {"id": one.id, "name": one.name, "description": one.description, "key": one.key}
        for one in settings.task.options
    ]
    present = [
        {"id": one.get("id", one["name"]), "name": one["name"], "description": one.get("description", ""),
         "key": one.get("key", "")}
        for one in task.get("labels", ())
    ]  # fmt: skip
    if present == wanted:
        return
    labels = tomlkit.aot()
    for one in wanted:
        table = tomlkit.table()
        for name, value in one.items():
            if value or name in ("id", "name"):
                table[name] = value
        labels.append(table)
    labels[-1].add(tomlkit.nl())
    task["labels"] = labels


def _put_rule(document: Any, rule: dict[str, Any]) -> None:
    stopping = _table(document, "stopping")
    if stopping.unwrap() == rule:
        return
    for name in list(stopping):
        del stopping[name]
    for name, value in rule.items():
        stopping[name] = _inline(value)
