"""Running the server from the command line: what is said, and a second start on the same project."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from asklearn.app.cli.common.output import print_json, stdout

if TYPE_CHECKING:
    from asklearn.app.server import Served


def run_server(folder: Path, *, port: int, host: str, browser: bool, worker: bool, as_json: bool) -> None:
    """Serve until Ctrl+C; when the project is served already, open that server's page instead."""
    from asklearn.app.server import AlreadyServed, open_again, serve

    try:
        serve(
            folder,
            host=host,
            port=port,
            open_browser=browser,
            worker=worker,
            ready=lambda served: _announce(served, as_json=as_json),
        )
    except AlreadyServed as taken:
        link = open_again(folder, taken)
        if link is None:
            raise
        _point_to(folder, link, as_json=as_json)
        if browser:
            webbrowser.open(link)


def _announce(served: Served, *, as_json: bool) -> None:
    if as_json:
        print_json({"project": served.project, "url": served.url, "link": served.link, "port": served.port})
    else:
        stdout().print(served.sentence, soft_wrap=True)


def _point_to(folder: Path, link: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"project": str(folder), "link": link, "already_served": True})
    else:
        stdout().print(
            f"{folder} is served already; open it at {link} (the link works once).", soft_wrap=True
        )
