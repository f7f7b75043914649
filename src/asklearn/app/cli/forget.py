"""``asklearn forget``: erase items everywhere."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from asklearn.app.cli.common import options as o
from asklearn.app.cli.common.opening import opened
from asklearn.app.cli.common.output import present
from asklearn.core.errors import InputError


def forget(
    items: Annotated[list[str], typer.Argument(metavar="ITEM", help="Ids of the items.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")] = False,
    project: o.ProjectOption = None,
    home: o.Home = o.HERE,
    json: o.Json = False,
) -> None:
    """Erase items and everything said about them; names the models that learned from them."""
    if not yes:
        _confirm(len(items), asked=not json and sys.stdin.isatty())
    with opened(home, project) as one:
        done = one.forget(items)
    present(done, as_json=json, people=lambda console: console.print(_sentence(done)))


def _confirm(count: int, *, asked: bool) -> None:
    if not asked:
        raise InputError(f"Forgetting {_items(count)} cannot be undone; add --yes to do it.")
    if not typer.confirm(f"Forgetting {_items(count)} cannot be undone. Do it?", err=True):
        raise typer.Abort


def _sentence(done: Mapping[str, Any]) -> str:
    erased = f"{_items(done['erased'])} erased."
    models = ", ".join(map(str, done["models"]))
    if not models:
        return f"{erased} No model was trained on {'it' if done['erased'] == 1 else 'them'}."
    if len(done["models"]) == 1:
        return f"{erased} Model {models} was trained on that; learn again, then delete it."
    return f"{erased} Models {models} were trained on that; learn again, then delete them."


def _items(count: int) -> str:
    return f"{count:,} item" if count == 1 else f"{count:,} items"
