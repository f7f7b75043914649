"""Trusting the types of a model file: shown first, then named in the settings."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from asklearn.app.cli.common.output import present, say
from asklearn.core.errors import InputError

if TYPE_CHECKING:
    from asklearn.project import Project


def trust_file(project: Project, file: Path, *, yes: bool, as_json: bool) -> None:
    """Name the types of a skops file in the project's settings, after showing them.

    Raises
    ------
    InputError
        When the file is no skops file, or nobody can be asked.
    """
    unknown = _foreign_types(file)
    fresh = [one for one in unknown if one not in project.settings.trusted]
    done = bool(fresh) and (yes or _confirmed(file, fresh, asked=not as_json))
    if done:
        project.change_settings(trusted=(*project.settings.trusted, *fresh))
    result = {"file": str(file), "types": unknown, "added": fresh if done else []}
    present(result, as_json=as_json, people=lambda console: console.print(_outcome(file, fresh, done=done)))


def _foreign_types(file: Path) -> list[str]:
    """Types that neither skops nor asklearn knows to be harmless."""
    from asklearn.models import foreign_types

    if not file.is_file():
        raise InputError(f"There is no file {file}.")
    return foreign_types(file)


def _confirmed(file: Path, fresh: list[str], *, asked: bool) -> bool:
    names = ", ".join(fresh)
    if not asked or not sys.stdin.isatty():
        raise InputError(
            f"{file} holds {names}; loading runs their code. Add --yes if you trust whoever made it."
        )
    say(f"{file} holds these types, and loading it runs their code:")
    for one in fresh:
        say(f"  {one}")
    return typer.confirm("Do you trust whoever made it?", err=True)


def _outcome(file: Path, fresh: list[str], *, done: bool) -> str:
    if not fresh:
        return f"{file} holds nothing that needs trust."
    return f"Trusted from now on in this project: {', '.join(fresh)}." if done else "Nothing was changed."
