"""Progress on stderr, only where a person watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Report = Callable[[int, int | None], None]
"""Takes how much is done, and of how much (None when unknown)."""


@contextmanager
def progress(title: str) -> Iterator[Report | None]:
    """A bar; None when stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from asklearn.app.cli.common.output import stderr

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=stderr(), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def waiting(title: str) -> Iterator[None]:
    """A quiet sign that something of unknown length goes on."""
    if not sys.stderr.isatty():
        yield
        return
    from asklearn.app.cli.common.output import stderr

    with stderr().status(title):
        yield
