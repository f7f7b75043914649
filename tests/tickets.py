"""The file of tickets that the pages speak of."""

from __future__ import annotations

import csv
from pathlib import Path

SAYINGS = {
    "billing": ("I was charged twice on the {} invoice", "the invoice for {} has a wrong amount",
                "please refund what I was charged in {}"),
    "bug": ("the app shows an error when I open {}", "it will crash as soon as I touch {}",
            "an error and a crash since the {} update"),
    "praise": ("I love the new {} view, thank you", "great work on {}, it saves me hours",
               "the {} page is the best that I have seen"),
}  # fmt: skip
PLACES = ("March", "April", "export", "search", "settings", "mobile", "weekly", "sync", "login", "report")


def rows() -> list[dict[str, str]]:
    """Ninety tickets, a third of each kind; every third one says its kind in the column ``kind``."""
    told = [
        (kind, saying.format(place))
        for place in PLACES
        for sayings in zip(*SAYINGS.values(), strict=True)
        for kind, saying in zip(SAYINGS, sayings, strict=True)
    ]
    return [
        {"ticket_id": str(number), "body": body, "kind": kind if number % 3 == number % 9 // 3 else ""}
        for number, (kind, body) in enumerate(told, start=1)
    ]


def write(path: Path) -> Path:
    """The tickets as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=["ticket_id", "body", "kind"])
        writer.writeheader()
        writer.writerows(rows())
    return path
