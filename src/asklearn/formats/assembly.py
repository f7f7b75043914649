"""Raw rows to items: ids, fields, labels and predictions, with bad rows taken out and told."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from asklearn.core.errors import InputError
from asklearn.formats.batch import MAX_FIELD, Problem, RawBatch, Source
from asklearn.formats.identities import GivenIds, MadeIds, content_of
from asklearn.formats.refusals import Refusals
from asklearn.formats.roles import Roles
from asklearn.formats.values import normalise

Reasons = dict[int, tuple[str, str | None]]


class Assembly:
    """Turns the batches of one source into tables of items.

    Parameters
    ----------
    source : Source
    roles : Roles
    refusals : Refusals
        Told of every bad row.
    """

    def __init__(self, source: Source, roles: Roles, refusals: Refusals) -> None:
        self._source, self._roles, self._refusals = source, roles, refusals
        self._made, self._given = MadeIds(), GivenIds()

    def tables(self) -> Iterator[tuple[pa.Table, int]]:
        """Tables with ``id``, the fields and the other roles' columns; and the bytes read so far."""
        for batch in self._source.batches():
            table, reasons = self._typed(batch)
            self._check_sizes(table, reasons)
            if self._roles.id is not None:
                self._check_ids(table, batch, reasons)
            named = [
                Problem(int(batch.lines[at]), reason, column, batch.raw(at))
                for at, (reason, column) in reasons.items()
            ]
            self._refusals.add([*batch.problems, *named])
            if reasons:
                keep = np.ones(table.num_rows, dtype=np.bool_)
                keep[list(reasons)] = False
                table = table.filter(pa.array(keep))
            if table.num_rows:
                yield self._with_ids(table), batch.done

    def _typed(self, batch: RawBatch) -> tuple[pa.Table, Reasons]:
        """Columns as the pool keeps them, under their names there."""
        roles, reasons, columns = self._roles, Reasons(), {}
        if roles.id is not None:
            columns["id"] = _text(batch.table[roles.id], roles.id)
        for name, field in roles.fields.items():
            read = _text if field in roles.text else normalise
            columns[field] = read(_column(batch.table, name), name)
        for said in (roles.label, roles.prediction):
            if said is not None:
                columns[_role(said)] = _blank_to_null(_text(_column(batch.table, said), said))
        for share in roles.probabilities.values():
            columns[_role(share)] = _shares(_column(batch.table, share), share, reasons)
        return pa.table(columns), reasons

    def _check_sizes(self, table: pa.Table, reasons: Reasons) -> None:
        for name in table.column_names:
            if not pa.types.is_string(table.schema.field(name).type):
                continue
            sizes = pc.binary_length(table[name])
            if (pc.max(sizes).as_py() or 0) > MAX_FIELD:
                for at in np.flatnonzero(
                    np.asarray(pc.fill_null(pc.greater(sizes, MAX_FIELD), fill_value=False))
                ):
                    size = sizes[int(at)].as_py() / 1e6
                    reasons.setdefault(
                        int(at), (f"it holds {size:.1f} MB; a field may hold 1 MB", _plain(name))
                    )
            if pc.any(pc.match_substring(table[name], "\0")).as_py():
                nul = np.asarray(pc.fill_null(pc.match_substring(table[name], "\0"), fill_value=False))
                for at in np.flatnonzero(nul):
                    reasons.setdefault(int(at), ("it holds a NUL byte, which is no text", _plain(name)))

    def _check_ids(self, table: pa.Table, batch: RawBatch, reasons: Reasons) -> None:
        hashes = content_of(table, self._roles.content)
        ids = table["id"].combine_chunks()
        found = self._given.problems(ids, hashes, batch.lines, self._source.unit)
        for at, reason in found.items():
            reasons.setdefault(at, (reason, self._roles.id))

    def _with_ids(self, table: pa.Table) -> pa.Table:
        if self._roles.id is not None:
            return table
        ids = self._made.make(content_of(table, self._roles.content))
        return pa.table([ids, *table.columns], names=["id", *table.column_names])


def _role(name: str) -> str:
    """Columns of other roles stand beside the fields under names that no field has."""
    return f"\0{name}"


def _plain(name: str) -> str:
    return name.removeprefix("\0")


def role_column(table: pa.Table, name: str) -> pa.ChunkedArray:
    """The column that serves as label, prediction or probability."""
    return table[_role(name)]


def item_columns(table: pa.Table) -> list[str]:
    """``id`` and the fields."""
    return [name for name in table.column_names if not name.startswith("\0")]


def _column(table: pa.Table, name: str) -> pa.ChunkedArray | pa.Array:
    """The column; null where a batch of a ragged source lacks it."""
    return table[name] if name in table.column_names else pa.nulls(table.num_rows)


def _text(column: pa.ChunkedArray | pa.Array, name: str) -> pa.Array:
    values = normalise(column, name)
    if pa.types.is_fixed_size_list(values.type):
        raise InputError(f"Column {name!r} holds vectors, where texts are needed.")
    return values.cast(pa.string())


def _blank_to_null(column: pa.Array) -> pa.Array:
    blank = pc.fill_null(pc.equal(pc.utf8_trim_whitespace(column), ""), fill_value=True)
    return pc.if_else(blank, pa.scalar(None, pa.string()), column)


def _shares(column: pa.ChunkedArray | pa.Array, name: str, reasons: Reasons) -> pa.Array:
    """Probabilities as numbers; what is none is a reason, what is blank is NaN."""
    values = normalise(column, name).to_pylist()
    shares = np.full(len(values), np.nan)
    for at, value in enumerate(values):
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        try:
            shares[at] = float(value)
        except ValueError:
            reasons.setdefault(at, (f"{value!r} is no probability", name))
            continue
        if not 0 <= shares[at] <= 1:
            reasons.setdefault(at, (f"{value} is no probability between 0 and 1", name))
    return pa.array(shares)
