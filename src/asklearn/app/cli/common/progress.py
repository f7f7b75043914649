"""Progress on stderr, only where a person watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def counting(title: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar that takes how many are done, and of how many; None when stderr is no terminal."""
    with _bar(title) as update:
        yield update and (lambda done, total: update(done, total, f"{done:,} of {total:,}"))


@contextmanager
def reading(title: str) -> Iterator[Callable[[int, int, int], None] | None]:
    """A bar that takes rows, bytes read, and bytes in all; None when stderr is no terminal."""
    with _bar(title) as update:
        yield update and (lambda rows, done, total: update(done, total or None, f"{rows:,} rows"))


@contextmanager
def waiting(title: str) -> Iterator[None]:
    """A quiet sign that something of unknown length goes on."""
    if not sys.stderr.isatty():
        yield
        return
    from asklearn.app.cli.common.output import stderr

    with stderr().status(title):
        yield


@contextmanager
def _bar(title: str) -> Iterator[Callable[[int, int | None, str], None] | None]:
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from asklearn.app.cli.common.output import stderr

    columns = (TextColumn(title), BarColumn(), TextColumn("{task.fields[figures]}"), TimeRemainingColumn())
    with Progress(*columns, console=stderr(), transient=True) as bar:
        task = bar.add_task(title, total=None, figures="")

        def update(done: int, total: int | None, figures: str) -> None:
            bar.update(task, completed=done, total=total, figures=figures)

        yield update
