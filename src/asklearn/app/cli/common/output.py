"""Where words go: results to stdout, everything else to stderr; JSON alone on stdout when asked for."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console


def print_json(value: Any) -> None:
    """One JSON document on stdout, records included; indented when a person looks."""
    from asklearn.core.jsonable import to_json

    indent = 2 if sys.stdout.isatty() else None
    sys.stdout.write(json.dumps(to_json(value), ensure_ascii=False, indent=indent, default=str) + "\n")
    sys.stdout.flush()


def present(value: Any, *, as_json: bool, people: Callable[[Console], None]) -> None:
    """A command's result: ``value`` as JSON, or what ``people`` prints."""
    if as_json:
        print_json(value)
    else:
        people(stdout())


def stdout() -> Console:
    """A console for results; texts of users are never read as markup."""
    from rich.console import Console

    return Console(markup=False, highlight=False, emoji=False, soft_wrap=not sys.stdout.isatty())


def stderr() -> Console:
    """A console for everything that is not the result."""
    from rich.console import Console

    return Console(stderr=True, markup=False, highlight=False, emoji=False, soft_wrap=True)


def say(sentence: str, *, style: str | None = None) -> None:
    """A sentence on stderr."""
    stderr().print(sentence, style=style)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, numbers: Sequence[str] = ()) -> Any:
    """A light table; columns named in ``numbers`` are set flush right."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    made = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        made.add_column(column, justify="right" if column in numbers else "left", overflow="fold")
    for row in rows:
        made.add_row(
            *(one if isinstance(one, Text) else Text("" if one is None else str(one)) for one in row)
        )
    return made
