"""What each column holds is judged by its values."""

import datetime as dt

import pyarrow as pa
import pytest

from asklearn.models.kinds import column_kinds


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, 2, 3], "number"),
        ([1.5, None, 2.0], "number"),
        (["1", " -2.5e3", ""], "number"),
        ([True, False, True], "category"),
        (["red", "blue", "red"] * 10, "category"),
        (["007", "1,5", "x"], "text"),
        (["a long story of its own, told by someone else"] * 9, "text"),
        ([f"item {n}" for n in range(30)], "text"),
        ([[1.0, 2.0], [3.0, 4.0]], "vector"),
        ([dt.datetime(2026, 1, 1, tzinfo=dt.UTC)], "number"),
    ],
)
def test_kind(values: list[object], kind: str) -> None:
    assert column_kinds(pa.table({"x": values}), ["x"]) == {"x": kind}


@pytest.mark.parametrize("values", [["", " "], [None, None]])
def test_a_column_without_a_value_is_left_out(values: list[object]) -> None:
    assert column_kinds(pa.table({"x": pa.array(values, pa.string())}), ["x"]) == {}
