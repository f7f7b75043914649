"""``asklearn backup``: a copy of a project, also while people label."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from asklearn.app.cli.common import options as o
from asklearn.app.cli.common.opening import find_project, opened
from asklearn.app.cli.common.output import present
from asklearn.app.cli.common.progress import waiting
from asklearn.core.errors import InputError


def backup(
    target: Annotated[
        Path | None,
        typer.Argument(metavar="FOLDER", help="Where to; by default backups/PROJECT-DATE-TIME."),
    ] = None,
    project: o.ProjectOption = None,
    home: o.Home = o.HERE,
    json: o.Json = False,
) -> None:
    """Copy a project, also while people label in it; the copy opens like any project."""
    source = find_project(home, project)
    with opened(home, project) as one:
        stamp = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}"
        folder = target or home / "backups" / f"{source.resolve().name}-{stamp}"
        if folder.resolve().is_relative_to(source.resolve()):
            raise InputError(f"{folder} is inside the project; put the backup beside it.")
        if folder.exists():
            raise InputError(f"{folder} exists already; a backup needs a name that is free.")
        with waiting("Copying"):
            one.backup(folder)
    present(
        {"path": str(folder)}, as_json=json, people=lambda console: console.print(f"The copy is in {folder}.")
    )
