"""Formulas in CSV: a spreadsheet runs a field that starts with ``=``, so we put an apostrophe before it.

A file in which that happened says so by a last, empty column, `ESCAPE_COLUMN`. In such a file, and in no
other, one leading apostrophe is taken off each field that has one; since fields that start with an
apostrophe of their own got another, what went out comes in again unchanged.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

ESCAPE_COLUMN = "asklearn:escaped"
_RISKY = r"^[=+\-@\t\r\n'＝＋－＠]"


def needs_escape(column: pa.ChunkedArray | pa.Array) -> bool:
    """Whether a field of this text column could run as a formula."""
    found = pc.any(pc.match_substring_regex(column, r"^[=+\-@\t\r\n＝＋－＠]")).as_py()
    return bool(found)


def escape_column(column: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    """The texts, with an apostrophe before each that starts like a formula or with an apostrophe."""
    risky = pc.fill_null(pc.match_substring_regex(column, _RISKY), fill_value=False)
    return pc.if_else(risky, pc.binary_join_element_wise("'", column, ""), column)


def unescape_column(column: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    """The way back: one leading apostrophe off each text that has one."""
    return pc.replace_substring_regex(column, r"\A'", "")
