"""Labels, annotations and provenance as tables; names at the edge, ids kept beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from asklearn.core.clock import to_rfc3339
from asklearn.core.ids import canonical_json
from asklearn.core.records import Annotation, Label, Query
from asklearn.project.workspace import Workspace

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


class LabelTable:
    """Settled labels, one row for each item: id, label, confidence, state, and the item's fields.

    Exact duplicates were asked once; each of them has its row, and ``same_as`` names the item that was
    asked.
    """

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        return iter(self._table.to_pylist())

    def to_arrow(self) -> pa.Table:
        """As a pyarrow Table."""
        return self._table

    def to_pandas(self) -> pd.DataFrame:
        """As a pandas DataFrame.

        Raises
        ------
        ImportError
            When pandas is not installed.
        """
        frame: pd.DataFrame = self._table.to_pandas()
        return frame

    def __repr__(self) -> str:
        return f"LabelTable({len(self):,} labels)"


def labels_table(ws: Workspace) -> LabelTable:
    """The labels as they stand."""
    import pyarrow as pa

    labels = sorted(
        ws.ledger.labels(ws.task, ws.settings.overlap).values(), key=lambda one: (one.since, one.item)
    )
    rows = ws.pool.find([label.item for label in labels]) if labels else np.empty(0, dtype=np.int64)
    known = [(int(row), label) for row, label in zip(rows, labels, strict=True) if row >= 0]
    spread = list(_spread(ws, known))
    positions = np.array([twin for twin, _, _ in spread], dtype=np.int64)
    ids = dict(zip(rows.tolist(), [label.item for label in labels], strict=True))
    columns: dict[str, Any] = {
        "id": pa.array(ws.pool.ids(positions), type=pa.string()),
        "label": pa.array([ws.task.display(label.value) for _, _, label in spread], type=pa.string()),
        "confidence": pa.array([label.confidence for _, _, label in spread], type=pa.float64()),
        "state": pa.array([label.state for _, _, label in spread], type=pa.string()),
        "labelled_at": pa.array([to_rfc3339(label.since) for _, _, label in spread], type=pa.string()),
        "same_as": pa.array([ids[row] if twin != row else None for twin, row, _ in spread], type=pa.string()),
    }
    return LabelTable(_beside(pa.table(columns), ws, positions))


def _spread(ws: Workspace, known: Sequence[tuple[int, Label]]) -> Iterator[tuple[int, int, Label]]:
    """Row, row it has its label from, label: every row once, and its own label before that of a duplicate."""
    taken = {row for row, _ in known}
    for row, label in known:
        yield row, row, label
        for twin in _twins(ws, row):
            if twin not in taken:
                taken.add(twin)
                yield twin, row, label


def _twins(ws: Workspace, row: int) -> list[int]:
    return [int(twin) for twin in ws.pool.duplicates_of(row) if int(twin) != row]


def _beside(table: pa.Table, ws: Workspace, rows: np.ndarray) -> pa.Table:
    fields = ws.pool.take(rows, columns=list(ws.pool.fields))
    for name in ws.pool.fields:
        table = table.append_column(name if name not in table.column_names else f"field_{name}", fields[name])
    return table


def annotations_table(ws: Workspace) -> pa.Table:
    """Every annotation ever given, in order of arrival, with what was shown and what became of it."""
    import pyarrow as pa

    return pa.Table.from_pylist(
        [_annotation_row(ws, one) for one in ws.store.annotations()], schema=_annotation_schema()
    )


def _annotation_schema() -> pa.Schema:
    import pyarrow as pa

    text, number = pa.string(), pa.float64()
    return pa.schema(
        [
            ("seq", pa.int64()),
            ("key", text),
            ("id", text),
            ("annotator", text),
            ("kind", text),
            ("label", text),
            ("label_id", text),
            ("seconds", number),
            ("answered_at", text),
            ("received_at", text),
            ("source", text),
            ("query", text),
            ("suggested", text),
            ("suggestion_model", pa.int64()),
            ("accepted", pa.bool_()),
            ("revision", pa.int64()),
            ("task_version", pa.int64()),
            ("supersedes", text),
            ("comment", text),
            ("stands", pa.bool_()),
        ]
    )


def _annotation_row(ws: Workspace, one: Annotation) -> dict[str, Any]:
    shown = one.suggestion
    return {
        "seq": one.seq,
        "key": one.key,
        "id": one.item,
        "annotator": one.annotator,
        "kind": one.kind,
        "label": None if one.value is None else ws.task.display(one.value),
        "label_id": one.value,
        "seconds": one.seconds,
        "answered_at": to_rfc3339(one.answered_at),
        "received_at": to_rfc3339(one.received_at),
        "source": one.source,
        "query": one.query,
        "suggested": None if shown is None else ws.task.display(shown.value),
        "suggestion_model": None if shown is None else shown.model,
        "accepted": None if shown is None else shown.accepted,
        "revision": one.revision,
        "task_version": one.task_version,
        "supersedes": one.supersedes,
        "comment": one.comment,
        "stands": one.current,
    }


def provenance_table(ws: Workspace) -> pa.Table:
    """One row for each question asked: why, how it was drawn, by which model, and the answers as JSON."""
    import pyarrow as pa

    by_query: dict[str, list[dict[str, Any]]] = {}
    for one in ws.store.annotations():
        if one.query is not None:
            by_query.setdefault(one.query, []).append(_annotation_row(ws, one))
    asked = [query for query in ws.store.queries() if query.state != "queued"]
    rows = [_query_row(ws, query, by_query.get(query.key, [])) for query in asked]
    return pa.Table.from_pylist(rows, schema=_query_schema())


def _query_schema() -> pa.Schema:
    import pyarrow as pa

    text, number = pa.string(), pa.float64()
    return pa.schema(
        [
            ("query", text),
            ("id", text),
            ("purpose", text),
            ("state", text),
            ("reason", text),
            ("score", number),
            ("rank", pa.int64()),
            ("draw_q", number),
            ("draw_pi", number),
            ("strategy", text),
            ("model", pa.int64()),
            ("round", pa.int64()),
            ("suggested", text),
            ("suggested_p", number),
            ("queued_at", text),
            ("asked_at", text),
            ("answers", text),
        ]
    )


def _query_row(ws: Workspace, query: Query, answers: list[dict[str, Any]]) -> dict[str, Any]:
    from asklearn.core.wording import say_reason

    suggested = query.suggestion
    return {
        "query": query.key,
        "id": query.id,
        "purpose": query.purpose,
        "state": query.state,
        "reason": say_reason(query.reason, name_of=ws.task.display),
        "score": query.score,
        "rank": query.rank,
        "draw_q": query.draw.q,
        "draw_pi": query.draw.pi,
        "strategy": query.strategy,
        "model": query.model,
        "round": query.round,
        "suggested": None if suggested is None else ws.task.display(suggested.value),
        "suggested_p": None if suggested is None else suggested.probability,
        "queued_at": to_rfc3339(query.queued_at),
        "asked_at": to_rfc3339(query.asked_at) if query.asked_at else None,
        "answers": canonical_json(answers),
    }
