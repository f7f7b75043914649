"""``asklearn serve``: the labelling page of a project, and the worker behind it."""

from __future__ import annotations

from typing import Annotated

import typer

from asklearn.app.cli.common import options as o

Port = Annotated[
    int, typer.Option("--port", min=0, max=65535, help="Where to listen; when busy, the next one.")
]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Do not open the page; only print its link.")]
Host = Annotated[
    str, typer.Option("--host", help="Address to listen at; others can reach only what is not loopback.")
]
DEFAULT_PORT = 8765


def serve(
    project: o.ProjectArgument = None,
    port: Port = DEFAULT_PORT,
    host: Host = "127.0.0.1",
    no_browser: NoBrowser = False,
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help="Start no worker; asklearn worker runs elsewhere.")
    ] = False,
    home: o.Home = o.HERE,
    json: o.Json = False,
) -> None:
    """Open the labelling page; a worker learns in the background."""
    from asklearn.app.cli.common.opening import find_project
    from asklearn.app.cli.common.serving import run_server

    run_server(
        find_project(home, project),
        port=port,
        host=host,
        browser=not no_browser,
        worker=not no_worker,
        as_json=json,
    )
