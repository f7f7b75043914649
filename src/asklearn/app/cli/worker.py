"""``asklearn worker``: learns in the background, without a server."""

from __future__ import annotations

from typing import Annotated

import typer

from asklearn.app.cli.common import options as o
from asklearn.app.cli.common.opening import find_project
from asklearn.app.cli.common.output import print_json, say


def worker(
    project: o.ProjectArgument = None,
    once: Annotated[bool, typer.Option("--once", help="Do what is due, then end.")] = False,
    home: o.Home = o.HERE,
    json: o.Json = False,
) -> None:
    """Retrain whenever answers have come in; for a server started with --no-worker."""
    from asklearn.app.worker import work

    folder = find_project(home, project)
    if json:
        print_json({"project": str(folder)})
    else:
        say(f"Doing what is due for {folder}." if once else f"Learning for {folder}; Ctrl+C ends it.")
    work(folder, once=once)
