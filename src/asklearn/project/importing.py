"""Taking items in: from any source into the pool, with labels and predictions that they bring."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from asklearn.core.errors import InputError
from asklearn.core.ids import new_key
from asklearn.core.records import Annotation, Item
from asklearn.formats import Reading, read
from asklearn.formats.refusals import OnError
from asklearn.pool import OnChange
from asklearn.project.workspace import Workspace

if TYPE_CHECKING:
    import pyarrow as pa

IMPORTER = "import"
_TELL_AT_ONCE = 5_000


@dataclass(frozen=True)
class ImportReport:
    """What became of a source.

    Attributes
    ----------
    rows : int
        Rows read, bad ones left out.
    added, known, revised, kept, duplicates, blank : int
        New items; those that were there already; those with new content under an old id, which took it or
        kept the old; exact duplicates among the new (asked once); new ones without any text (set aside).
    labelled, corrected, contradicted : int
        Items that came with a label; that had another from a file before; that a person has answered
        otherwise here, which stays.
    skipped : int
        Bad rows left out; ``skipped_file`` has them.
    """

    rows: int = 0
    added: int = 0
    known: int = 0
    revised: int = 0
    kept: int = 0
    duplicates: int = 0
    blank: int = 0
    labelled: int = 0
    corrected: int = 0
    contradicted: int = 0
    skipped: int = 0
    skipped_file: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The report in one sentence."""
        parts = [f"{self.added:,} {_many(self.added, 'item')} added"]
        if self.known:
            parts.append(f"{self.known:,} {_many(self.known, 'was', 'were')} there already")
        if self.revised:
            parts.append(f"{self.revised:,} revised")
        if self.kept:
            parts.append(f"{self.kept:,} kept as {_many(self.kept, 'it was', 'they were')}")
        if self.duplicates:
            parts.append(
                f"{self.duplicates:,} of them {_many(self.duplicates, 'repeats', 'repeat')} another exactly"
            )
        if self.blank:
            parts.append(f"{self.blank:,} blank and set aside")
        if self.labelled:
            parts.append(f"{self.labelled:,} came with a label")
        if self.corrected:
            parts.append(f"{self.corrected:,} {_many(self.corrected, 'label')} corrected")
        if self.contradicted:
            parts.append(
                f"{self.contradicted:,} {_many(self.contradicted, 'has', 'have')} another answer here, "
                "which stays"
            )
        if self.skipped:
            parts.append(
                f"{self.skipped:,} bad {_many(self.skipped, 'row')} left out, see {self.skipped_file}"
            )
        return ", ".join(parts) + "."


def _many(count: int, one: str, more: str = "") -> str:
    """The word that goes with the number."""
    return one if count == 1 else more or f"{one}s"


def add_items(
    ws: Workspace,
    source: Any,
    *,
    text: str | Sequence[str] | None = None,
    id: str | Sequence[str] | None = None,
    label: str | Sequence[str | None] | None = None,
    prediction: str | None = None,
    probabilities: str | Mapping[str, str] | None = None,
    on_error: OnError = "stop",
    on_change: OnChange = "error",
    encoding: str | None = None,
    delimiter: str | None = None,
    skipped_to: str | Path | None = None,
    name: str | None = None,
    progress: Callable[[int, int, int], None] | None = None,
) -> ImportReport:
    """Read a source into the pool, all or nothing; see `Project.add`."""
    reading = read(
        source,
        text=_text_fields(ws, text),
        id=id,
        label=label,
        prediction=prediction,
        probabilities=probabilities,
        on_error=on_error,
        encoding=encoding,
        delimiter=delimiter,
        skipped_to=skipped_to,
        name=name,
        progress=progress,
    )
    _settle_text(ws, reading)
    told: list[tuple[str, str]] = []
    appended = ws.pool.append(_tables(ws, reading, told), on_change=on_change)
    _remember_predictions(ws, reading)
    report = ImportReport(
        rows=reading.rows,
        **{
            name: getattr(appended, name)
            for name in ("added", "known", "revised", "kept", "duplicates", "blank")
        },
        **_warm_start(ws, told)._asdict(),
        **reading.summary(),
    )
    ws.store.append("added", body={"sentence": report.sentence, "rows": report.rows, "added": report.added})
    return report


def _text_fields(ws: Workspace, text: str | Sequence[str] | None) -> tuple[str, ...] | None:
    if text is not None:
        return (text,) if isinstance(text, str) else tuple(text)
    return ws.settings.text or None


def _settle_text(ws: Workspace, reading: Reading) -> None:
    """The first source says which fields are learned from; with predictions beside them, it must."""
    if len(ws.pool):
        return
    brings_predictions = reading.roles.prediction is not None or reading.classes
    ws.learn_from(reading.text or (reading.fields if brings_predictions else ()))


def _tables(ws: Workspace, reading: Reading, told: list[tuple[str, str]]) -> Iterator[pa.Table]:
    """Tables for the pool; the labels that they bring are checked, and gathered in ``told``."""
    for table in reading:
        labels = reading.labels_of(table)
        ids = table["id"].to_pylist()
        for item, name in zip(ids, labels, strict=True):
            if name is not None:
                _check_label(ws, reading, reading.roles.label, item, name)
                told.append((item, name))
        if reading.roles.prediction is not None:
            for item, name in zip(ids, reading.predictions_of(table), strict=True):
                if name is not None:
                    _check_label(ws, reading, reading.roles.prediction, item, name)
        yield _with_predictions(reading, table)


def _check_label(ws: Workspace, reading: Reading, column: str | None, item: str, name: str) -> None:
    try:
        ws.task.validate(name)
    except InputError as error:
        raise InputError(
            f"{reading.name}, column {column!r}, item {item!r}: {error} "
            "Add it to the labels, or clear it there."
        ) from None


def _with_predictions(reading: Reading, table: pa.Table) -> pa.Table:
    """The items with the columns of a weak model beside them, which serve as round 0."""
    import pyarrow as pa

    items = reading.items_of(table)
    if reading.roles.prediction is not None:
        items = items.append_column(
            reading.roles.prediction, pa.array(reading.predictions_of(table), pa.string())
        )
    for place, column in enumerate(reading.roles.probabilities.values()):
        items = items.append_column(column, pa.array(reading.probabilities_of(table)[:, place]))
    return items


def _remember_predictions(ws: Workspace, reading: Reading) -> None:
    prediction, columns = reading.roles.prediction, dict(reading.roles.probabilities)
    if prediction is not None or columns:
        ws.bring_columns({"prediction": prediction or "", "probabilities": columns})


class _WarmStart(NamedTuple):
    labelled: int
    corrected: int
    contradicted: int


def _warm_start(ws: Workspace, told: Sequence[tuple[str, str]]) -> _WarmStart:
    """Labels that came with the items become annotations; what a person answered here stays as it is."""
    there = ws.pool.find([item for item, _ in told]) >= 0  # what was forgotten stays so, with its label
    told = [pair for pair, found in zip(told, there.tolist(), strict=True) if found]
    known = ws.ledger.labels(ws.task, ws.settings.overlap)
    fresh = [(item, name) for item, name in told if item not in known]
    other = [
        (item, name) for item, name in told if item in known and known[item].value != ws.task.validate(name)
    ]
    standing = ws.store.annotations(item=[item for item, _ in other], current=True) if other else []
    by_people = {one.item for one in standing if one.annotator != IMPORTER}
    corrected = [(item, name) for item, name in other if item not in by_people]
    for start in range(0, len(fresh) + len(corrected), _TELL_AT_ONCE):
        part = [*fresh, *corrected][start : start + _TELL_AT_ONCE]
        items = {item.id: item for item in ws.pool.items(ws.pool.find([item for item, _ in part]))}
        ws.store.tell([_imported(ws, items[item], name) for item, name in part], items=items)
    return _WarmStart(len(fresh), len(corrected), len(other) - len(corrected))


def _imported(ws: Workspace, item: Item, name: str) -> Annotation:
    return Annotation(
        key=new_key(),
        item=item.id,
        annotator=IMPORTER,
        value=ws.task.validate(name),
        revision=item.revision,
        task_version=ws.task.version,
        guideline_version=ws.task.guideline_version,
        source="import",
    )
