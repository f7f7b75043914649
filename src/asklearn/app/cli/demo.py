"""``asklearn demo``: a real data set, the labelling page, the loop."""

from __future__ import annotations

from asklearn.app.cli.common import options as o
from asklearn.app.cli.common.opening import SETTINGS
from asklearn.app.cli.common.output import say
from asklearn.app.cli.serve import DEFAULT_PORT, NoBrowser, Port

FOLDER = "asklearn-demo"


def demo(
    port: Port = DEFAULT_PORT, no_browser: NoBrowser = False, home: o.Home = o.HERE, json: o.Json = False
) -> None:
    """Try it on a real data set: the labelling page opens, and the loop runs."""
    from asklearn.app.cli.common.serving import run_server

    folder = home / FOLDER
    if not (folder / SETTINGS).is_file():
        from asklearn.datasets import create_demo

        create_demo(folder).close()
        if not json:
            say(
                f"The demo is a project of its own, in {folder}; delete the folder when you have seen enough."
            )
    run_server(folder, port=port, host="127.0.0.1", browser=not no_browser, worker=True, as_json=json)
