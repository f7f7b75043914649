"""Exact duplicates with labels of their own: one thing to learn from, to ask, and to count."""

from __future__ import annotations

from random import Random
from typing import Any

import pyarrow.parquet as pq

from asklearn import Project


def rows(texts: list[str], labels: list[str | None], copies: int = 1) -> list[dict[str, Any]]:
    return [
        {"id": f"{place}-{copy}", "body": text, "label": label}
        for place, (text, label) in enumerate(zip(texts, labels, strict=True))
        for copy in range(copies)
    ]


def test_held_out_figures_never_test_on_a_copy_of_what_was_trained_on(empty: Project) -> None:
    lots = Random(0)
    texts = [" ".join(lots.choices("abcdefgh", k=12)) + f" w{place}" for place in range(60)]
    labels: list[str | None] = [lots.choice(["bug", "praise"]) for _ in texts]
    empty.add(rows(texts, labels, copies=4), text="body", label="label")
    done = empty.learn()
    seen = done.observation("accuracy", "cross-validation")
    assert seen is not None
    assert seen.n == 60
    assert seen.value < 0.75, "nobody can foretell lots"
    assert empty.path is not None
    kept = pq.read_table(empty.path / "models" / "1" / "training.parquet")
    assert kept.num_rows == 240
    assert sum(kept["weight"].to_pylist()) == 60
    assert empty.story("7-3").models == (1,)


def test_an_item_whose_duplicate_has_a_label_is_not_asked(empty: Project) -> None:
    table = [
        {"id": "a", "body": "the same", "label": None},
        {"id": "b", "body": "the same", "label": "bug"},
        {"id": "c", "body": "another", "label": None},
    ]
    empty.add(table, text="body", label="label")
    assert [query.id for query in empty.ask(3)] == ["c"]


def test_labelled_duplicates_do_not_hide_what_is_left_to_ask(empty: Project) -> None:
    empty.add(rows(["the same", "again"], ["bug", "praise"], copies=9), text="body", label="label")
    empty.add([{"id": "new", "body": "another"}], text="body")
    assert empty.waiting().reason == "first ranking"
    assert [query.id for query in empty.ask(3)] == ["new"]
