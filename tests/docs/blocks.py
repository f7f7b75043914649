"""Code blocks of a Markdown page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```[ ]*\n?(<!-- not run: (.+?) -->)?", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A code block; ``why_not`` says why it is not run, from ``<!-- not run: … -->`` right below it."""

    language: str
    code: str
    line: int
    why_not: str | None


def blocks(page: Path) -> list[Block]:
    """All code blocks of a page that name their language, in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(found[1], found[2], text.count("\n", 0, found.start(2)) + 1, found[4])
        for found in _FENCE.finditer(text)
    ]
