"""Taking items in: from any source into the pool, with labels and predictions that they bring."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from asklearn.core.clock import now
from asklearn.core.errors import InputError
from asklearn.core.ids import hash64, new_key
from asklearn.core.records import Annotation, Item, Query, Reason
from asklearn.formats import read
from asklearn.project.workspace import Workspace

IMPORTER = "import"
_TELL_AT_ONCE = 5_000


@dataclass(frozen=True)
class ImportReport:
    """What became of a source.

    Attributes
    ----------
    rows : int
        Rows read, bad ones left out.
    added, known, revised, duplicates, blank : int
        New items; those that were there already; those with new content under an old id; exact duplicates
        among the new (asked once); new ones without any text (set aside).
    labelled : int
        Items that came with a label.
    skipped : int
        Bad rows left out; ``skipped_file`` has them.
    """

    rows: int = 0
    added: int = 0
    known: int = 0
    revised: int = 0
    duplicates: int = 0
    blank: int = 0
    labelled: int = 0
    skipped: int = 0
    skipped_file: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def sentence(self) -> str:
        """The report in one sentence."""
        parts = [f"{self.added:,} items added"]
        if self.known:
            parts.append(f"{self.known:,} were there already")
        if self.revised:
            parts.append(f"{self.revised:,} revised")
        if self.duplicates:
            parts.append(f"{self.duplicates:,} exact duplicates are asked once")
        if self.blank:
            parts.append(f"{self.blank:,} blank ones set aside")
        if self.labelled:
            parts.append(f"{self.labelled:,} came with a label")
        if self.skipped:
            parts.append(f"{self.skipped:,} bad rows left out, see {self.skipped_file}")
        return ", ".join(parts) + "."


def add_items(
    ws: Workspace,
    source: Any,
    *,
    text: str | Sequence[str] | None = None,
    id: str | None = None,
    label: str | None = None,
    prediction: str | None = None,
    probabilities: str | Mapping[str, str] | None = None,
    on_error: str = "stop",
    on_change: str = "error",
    encoding: str | None = None,
    delimiter: str | None = None,
    skipped_to: str | Path | None = None,
    progress: Callable[..., None] | None = None,
) -> ImportReport:
    """Read a source into the pool; see `Project.add`."""
    fields = _text_fields(ws, text)
    reading = read(
        source,
        text=fields or None,
        id=id,
        label=label,
        prediction=prediction,
        probabilities=probabilities,
        on_error=on_error,
        encoding=encoding,
        delimiter=delimiter,
        skipped_to=skipped_to,
        progress=progress,
    )
    _remember_text(ws, fields or tuple(reading.text))
    totals = dict.fromkeys(("rows", "added", "known", "revised", "duplicates", "blank"), 0)
    labelled = 0
    for table in reading:
        ids, labels = table["id"], reading.labels_of(table)
        appended = ws.pool.append(reading.items_of(table), on_change=on_change)
        totals["rows"] += table.num_rows
        for name in ("added", "known", "revised", "duplicates", "blank"):
            totals[name] += getattr(appended, name)
        labelled += _warm_start(ws, ids.to_pylist(), labels)
    report = ImportReport(**totals, labelled=labelled, **reading.summary())
    ws.store.append("added", body={"sentence": report.sentence, "rows": report.rows, "added": report.added})
    return report
