"""What kind of thing each column holds: text, number, category, or vector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

Kind = Literal["text", "number", "category", "vector"]

LEVELS = 50
"""A column of more different values than this is no category."""


def column_kinds(sample: pa.Table, fields: Sequence[str]) -> dict[str, Kind]:
    """The kind of each field, judged by a sample; a field without any value is left out.

    Numbers written as text count as numbers. A category is a column of short texts with few different
    values, each seen three times on average; any other text is text.

    Examples
    --------
    >>> column_kinds(pa.table({"age": ["31", "7", ""], "note": ["a b c", "d e f", "g h i"]}), ["age", "note"])
    {'age': 'number', 'note': 'text'}
    """
    kinds = {name: _kind(sample.column(name)) for name in fields}
    return {name: kind for name, kind in kinds.items() if kind is not None}


def _kind(column: pa.ChunkedArray) -> Kind | None:
    kind = column.type
    if column.null_count == len(column):
        return None
    if pa.types.is_fixed_size_list(kind) or pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return "vector"
    if pa.types.is_boolean(kind) or pa.types.is_dictionary(kind):
        return "category"
    if _is_number(kind):
        return "number"
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        return "category"
    return _text_kind(column)


def _is_number(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_decimal(kind)
        or pa.types.is_temporal(kind)
    )


def _text_kind(column: pa.ChunkedArray) -> Kind | None:
    filled = pc.drop_null(column.filter(pc.not_equal(pc.utf8_trim_whitespace(column), "")))
    if len(filled) == 0:
        return None
    if pc.all(pc.match_substring_regex(filled, NUMBER)).as_py():
        return "number"
    values = pc.count_distinct(filled).as_py()
    short = pc.mean(pc.utf8_length(filled)).as_py() <= 40
    return "category" if short and values <= LEVELS and len(filled) >= 3 * values else "text"


NUMBER = r"^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$"
"""Numbers as programs write them; ``1,5`` is text."""
