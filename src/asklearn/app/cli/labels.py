"""``asklearn labels``: what is labelled, and changes of the label set."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from asklearn.app.cli.common import options as o
from asklearn.app.cli.common.opening import opened
from asklearn.app.cli.common.output import present, say, table
from asklearn.core.errors import InputError

if TYPE_CHECKING:
    from asklearn.tasks import SingleLabel

Name = Annotated[str, typer.Argument(metavar="LABEL", help="The label's name.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]
Edit = Callable[["SingleLabel"], "SingleLabel"]
Where = tuple[Path, str | None]

labels = typer.Typer(
    help="Print the labels; its subcommands change the label set.", invoke_without_command=True
)


@labels.callback()
def show_labels(
    context: typer.Context,
    project: o.ProjectOption = None,
    home: o.Home = o.HERE,
    json: o.Json = False,
) -> None:
    """Print the labels; its subcommands change the label set, with all history kept."""
    context.obj = (home, project)
    if context.invoked_subcommand is not None:
        return
    with opened(home, project) as one:
        rows = one.labels().to_arrow().to_pylist()
        options = one.task.options
        counts = one.status().class_counts
    present(
        {"options": options, "labels": rows},
        as_json=json,
        people=lambda console: _show(console, options, counts, len(rows)),
    )


def _show(console: Any, options: Any, counts: Mapping[str, int], labelled: int) -> None:
    rows = [[one.name, counts[one.name], one.key, one.description] for one in options]
    console.print(table(["label", "items", "key", "description"], rows, numbers=["items"]))
    have = "item has a label" if labelled == 1 else "items have a label"
    console.print(f"{labelled:,} {have}; asklearn export writes the labels to a file.")


@labels.command()
def add(
    context: typer.Context,
    label: Name,
    description: Annotated[
        str, typer.Option("--description", help="A sentence; the learner reads it too.")
    ] = "",
    key: Annotated[str, typer.Option("--key", help="A letter that gives this label on the page.")] = "",
    yes: Yes = False,
    project: o.ProjectOption = None,
    home: o.Home = o.HERE,
    json: o.Json = False,
) -> None:
    """Add a label at the end."""
    _change(
        _where(context, home, project),
        lambda task: task.add(label, description, key),
        f"Add the label {label!r}.",
        yes=yes,
        json=json,
    )


@labels.command()
def rename(
    context: typer.Context,
    label: Name,
    to: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")],
    yes: Yes = False,
    project: o.ProjectOption = None,
    home: o.Home = o.HERE,
    json: o.Json = False,
) -> None:
    """Give a label another name; its answers stay."""
    _change(
        _where(context, home, project),
        lambda task: task.rename(label, to),
        f"Rename {label!r} to {to!r}.",
        yes=yes,
        json=json,
    )


@labels.command()
def describe(
    context: typer.Context,
    label: Name,
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE", help="What the label means.")],
    yes: Yes = False,
    project: o.ProjectOption = None,
    home: o.Home = o.HERE,
    json: o.Json = False,
) -> None:
    """Say in a sentence what a label means; annotators and the learner read it."""
    _change(
        _where(context, home, project),
        lambda task: task.describe(label, sentence),
        f"Describe {label!r}.",
        yes=yes,
        json=json,
    )


@labels.command()
def merge(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="LABEL", help="The labels that become one.")],
    into: Annotated[
        str, typer.Option("--into", help="The label they become: one of them, another, or a new one.")
    ],
    yes: Yes = False,
    project: o.ProjectOption = None,
    home: o.Home = o.HERE,
    json: o.Json = False,
) -> None:
    """Make one label of several; their answers follow."""
    said = f"Merge {_list(names)} into {into!r}."
    _change(_where(context, home, project), lambda task: task.combine(names, into), said, yes=yes, json=json)


@labels.command()
def split(
    context: typer.Context,
    label: Name,
    into: Annotated[list[str], typer.Option("--into", help="A new label; repeat it for each.")],
    yes: Yes = False,
    project: o.ProjectOption = None,
    home: o.Home = o.HERE,
    json: o.Json = False,
) -> None:
    """Replace a label by several; its items are asked again."""
    said = f"Split {label!r} into {_list(into)}."
    _change(_where(context, home, project), lambda task: task.split(label, into), said, yes=yes, json=json)


@labels.command()
def delete(
    context: typer.Context,
    label: Name,
    yes: Yes = False,
    project: o.ProjectOption = None,
    home: o.Home = o.HERE,
    json: o.Json = False,
) -> None:
    """Remove a label; its items are asked again."""
    _change(
        _where(context, home, project),
        lambda task: task.delete(label),
        f"Delete {label!r}.",
        yes=yes,
        json=json,
    )


def _where(context: typer.Context, home: Path, project: str | None) -> Where:
    """The project named behind the subcommand, else the one named before it."""
    outer_home, outer_project = context.obj
    return outer_home if home == o.HERE else home, project or outer_project


def _change(where: Where, edit: Edit, said: str, *, yes: bool, json: bool) -> None:
    """Show what a change touches, and do it when told to."""
    with opened(*where) as project:
        task = project.task
        changed = edit(task)
        touched = project.preview_task(changed)
        done = yes or (not json and _confirmed(f"{said} {touched.sentence}"))
        if done:
            project.change_task(changed)
    result = {"change": said, "version": changed.version, "touches": touched, "changed": done}
    present(result, as_json=json, people=lambda console: console.print(_outcome(done, changed)))


def _confirmed(sentence: str) -> bool:
    if not sys.stdin.isatty():
        raise InputError(f"{sentence} Nothing was changed; add --yes to do it.")
    say(sentence)
    return typer.confirm("Do it?", err=True)


def _outcome(done: bool, task: SingleLabel) -> str:
    if not done:
        return "Nothing was changed."
    return f"The label set is now version {task.version}: {', '.join(task.names)}."


def _list(names: list[str]) -> str:
    return ", ".join(map(repr, names))
