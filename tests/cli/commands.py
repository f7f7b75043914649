"""Every command of the program, with those of its groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
from typer.main import get_command


def all_commands(app: typer.Typer) -> list[tuple[str, Any]]:
    """Names such as ``"labels add"``, with their commands; groups that answer themselves included."""
    return list(_walk(get_command(app), ""))


def _walk(group: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        yield f"{prefix}{name}", command
        if hasattr(command, "commands"):
            yield from _walk(command, f"{prefix}{name} ")
