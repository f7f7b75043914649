"""``asklearn ask``: the next queries, for a labelling page of your own, a file or a pipe."""

from __future__ import annotations

import json as jsonlib
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from asklearn.app.cli.common import options as o
from asklearn.app.cli.common.opening import opened
from asklearn.app.cli.common.output import print_json, stdout
from asklearn.app.cli.common.progress import waiting

if TYPE_CHECKING:
    from asklearn.core.records import Query
    from asklearn.tasks import SingleLabel


def ask(
    project: o.ProjectArgument = None,
    n: Annotated[int, typer.Option("-n", "--number", min=1, help="How many.")] = 1,
    annotator: o.Annotator = "me",
    seconds: Annotated[
        float, typer.Option("--seconds", min=1, help="How long they are kept for this annotator.")
    ] = 3600.0,
    home: o.Home = o.HERE,
    json: o.Json = False,
) -> None:
    """Print the items most worth a label: one JSON line each when piped or sent to a file."""
    with opened(home, project) as one:
        with waiting("Choosing what to ask"):
            # closing the project gives back the leases of its own session, so these have one by name
            batch = one.ask(n, annotator=annotator, session=f"cli:{annotator}", seconds=seconds)
        lines = [query_line(query, one.task) for query in batch]
    if json:
        print_json({"queries": lines})
    elif sys.stdout.isatty():
        _show(lines)
    else:
        for line in lines:
            sys.stdout.write(jsonlib.dumps(line, ensure_ascii=False, default=str) + "\n")


def query_line(query: Query, task: SingleLabel) -> dict[str, Any]:
    """What ``ask`` prints of a query; with a ``label`` added, ``tell`` takes it as its answer.

    ``key`` is the answer's own: telling a line twice counts once.
    """
    from asklearn.core.ids import new_key
    from asklearn.core.jsonable import to_json
    from asklearn.core.wording import say_reason

    suggestion = query.suggestion
    return {
        "id": query.id,
        "fields": to_json(query.fields),
        "purpose": query.purpose,
        "reason": say_reason(query.reason, name_of=task.display),
        "suggestion": suggestion
        and {
            "label": task.display(suggestion.value),
            "probability": suggestion.probability,
            "model": suggestion.model,
            "source": suggestion.source,
        },
        "query": query.key,
        "key": new_key(),
    }


def _show(lines: list[dict[str, Any]]) -> None:
    console = stdout()
    for line in lines:
        console.print(line["id"], style="bold")
        console.print("\n".join(str(value) for value in line["fields"].values()))
        console.print(line["reason"], style="dim")
        console.print()
    console.print("Answer with: asklearn tell ID LABEL", style="dim")
