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
    items: Annotated[list[str], typer.Argument(metavar="ITEM...", help="Ids of the items.")],
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
        raise InputError(f"Forgetting {count} items cannot be undone; add --yes to do it.")
    if not typer.confirm(f"Forgetting {count} items cannot be undone. Do it?", err=True):
        raise typer.Abort


def _sentence(done: Mapping[str, Any]) -> str:
    erased = f"{done['erased']} item{'' if done['erased'] == 1 else 's'} erased."
    models = ", ".join(map(str, done["models"]))
    if not models:
        return f"{erased} No model was trained on them."
    return f"{erased} Models trained on them: {models}; learn again, then delete those."
