"""The program: every command in its place.

Command modules import only what their options need; numpy, scikit-learn and the server come in when a
command runs, so that ``asklearn --help`` answers at once.
"""

from __future__ import annotations

from typing import Annotated

import typer

from asklearn.app.cli.add import add
from asklearn.app.cli.ask import ask
from asklearn.app.cli.backup import backup
from asklearn.app.cli.common.errors import Commands
from asklearn.app.cli.demo import demo
from asklearn.app.cli.doctor import doctor
from asklearn.app.cli.export import export
from asklearn.app.cli.forget import forget
from asklearn.app.cli.labels import labels
from asklearn.app.cli.learn import learn
from asklearn.app.cli.new import new
from asklearn.app.cli.predict import predict
from asklearn.app.cli.serve import serve
from asklearn.app.cli.show import show
from asklearn.app.cli.status import status
from asklearn.app.cli.strategies import strategies
from asklearn.app.cli.tell import tell
from asklearn.app.cli.worker import worker

PANELS = {
    "Start": (demo, new, add, serve),
    "Label without the page": (ask, tell),
    "Learn and look": (learn, status, show, strategies),
    "Take it out": (export, predict, backup, forget),
    "Upkeep": (worker, doctor),
}

app = typer.Typer(
    name="asklearn",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)
for _panel, _commands in PANELS.items():
    for _command in _commands:
        app.command(rich_help_panel=_panel)(_command)
    if _panel == "Learn and look":
        app.add_typer(labels, name="labels", rich_help_panel=_panel)


def _say_version(wanted: bool) -> None:
    if wanted:
        import asklearn

        typer.echo(asklearn.__version__)
        raise typer.Exit


@app.callback()
def root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error; works anywhere.")
    ] = False,
) -> None:
    """Active learning that makes labelling cheap: select, label, retrain, stop, trust.

    Exit codes: 0 all good, 1 a file or value cannot be used, 2 wrong usage, 3 not possible now, 4 storage,
    5 installation, 70 a mistake of ours, 130 stopped.
    """


def main() -> None:
    """Entry point of the ``asklearn`` command."""
    app()
