"""A labelling page of your own, here a terminal: ask, show, tell, learn.

Run it beside a project: ``python examples/own_page.py tickets``. Answers are read from standard input, one
label a line; an empty line skips, and the end of the input ends it.
"""

from __future__ import annotations

import sys
import time

import asklearn as al
from asklearn.core.errors import InputError, NothingToAsk
from asklearn.core.records import Answer

LEARN_AFTER = 5


def main(folder: str, annotator: str = "me") -> None:
    """Ask one item after the other until the input or the pool ends."""
    with al.Project.open(folder) as project:
        names = ", ".join(project.task.names)
        told = 0
        while answer := next_answer(project, names, annotator):
            try:
                project.tell([answer], annotator=annotator)
            except InputError as error:
                print(error.sentence)
                continue
            told += answer.kind == "answer"
            if told and told % LEARN_AFTER == 0:
                done = project.learn()
                print(f"Model {done.number}, trained on {done.labels} labels. {project.verdict()}")
        print(f"{told} answers, {len(project.labels())} labels in all.")


def next_answer(project: al.Project, names: str, annotator: str) -> Answer | None:
    """Show the item most worth a label and read its answer; None at the end."""
    try:
        query = project.ask(1, annotator=annotator)[0]
    except NothingToAsk as nothing:
        print(nothing.sentence)
        return None
    print(f"\n{' '.join(map(str, query.fields.values()))}\n[{names}]")
    began = time.monotonic()
    line = sys.stdin.readline()
    if not line:
        return None
    label = line.strip()
    return Answer(
        item=query.id,
        query=query.key,
        value=label or None,
        kind="answer" if label else "skip",
        seconds=time.monotonic() - began,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
