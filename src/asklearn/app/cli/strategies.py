"""``asklearn strategies``: what can choose the next question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asklearn.app.cli.common import options as o
from asklearn.app.cli.common.output import present

if TYPE_CHECKING:
    from rich.console import Console

    from asklearn.strategies import Entry


def strategies(json: o.Json = False) -> None:
    """List the strategies: when each is right, what it needs, what it costs; plug-ins included."""
    from asklearn.strategies import listing

    entries = listing()
    present(entries, as_json=json, people=lambda console: _show(console, entries))


def _show(console: Console, entries: list[Entry]) -> None:
    for one in entries:
        console.print(one.name, style="bold")
        console.print(f"  For {one.regime}.")
        console.print(f"  Needs {one.needs}. Cost {one.cost}. Published by {one.reference}.", style="dim")
