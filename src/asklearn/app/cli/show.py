"""``asklearn show``: the whole story of an item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from asklearn.app.cli.common import options as o
from asklearn.app.cli.common.opening import opened
from asklearn.app.cli.common.output import present

if TYPE_CHECKING:
    from asklearn.project import Story


def show(
    item: Annotated[str, typer.Argument(metavar="ITEM", help="The item's id.")],
    project: o.ProjectOption = None,
    home: o.Home = o.HERE,
    json: o.Json = False,
) -> None:
    """Tell when and why an item was asked, who answered what, and which models learned from it."""
    with opened(home, project) as one:
        story = one.story(item)
    present(story, as_json=json, people=lambda console: _show(console, story))


def _show(console: Any, story: Story) -> None:
    console.print(story.item.id, style="bold")
    for name, value in story.item.fields.items():
        console.print(f"{name}: {value}")
    console.print()
    for sentence in story.sentences:
        console.print(sentence)
