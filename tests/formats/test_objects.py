"""DataFrames, lists and arrays."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from asklearn.core.errors import InputError
from asklearn.formats import read

from .conftest import Got

DATA = {"id": ["007", "1.0"], "body": ["a", None], "n": [1, 2], "label": ["x", ""]}


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pl.LazyFrame, pa.table], ids=str)
def test_frames_of_any_kind_are_read_alike(make):
    found = Got(read(make(DATA), text="body", label="label"))
    assert found.items == {"id": ["007", "1.0"], "body": ["a", None], "n": [1, 2]}
    assert found.labels == ["x", None]


def test_parquet_is_read_like_a_frame(tmp_path):
    pq.write_table(pa.table(DATA), tmp_path / "t.parquet")
    found = Got(read(tmp_path / "t.parquet", text="body", label="label"))
    assert found.items == {"id": ["007", "1.0"], "body": ["a", None], "n": [1, 2]}


def test_other_kinds_of_columns_become_text():
    frame = pd.DataFrame(
        {
            "mixed": [1, "a", None],
            "kind": pd.Categorical(["u", "v", "u"]),
            "day": pd.to_datetime(["2020-01-01"] * 3),
            "record": [{"k": 1}, None, {"k": 2}],
        }
    )
    found = Got(read(frame)).items
    assert found["mixed"] == ["1", "a", None]
    assert found["kind"] == ["u", "v", "u"]
    assert found["day"][0].startswith("2020-01-01")
    assert found["record"] == ['{"k":1}', None, '{"k":2}']


def test_numbers_may_be_ids_texts_and_labels():
    found = Got(
        read(pd.DataFrame({"key": [7, 8], "text": [1, 2], "y": [0, 1]}), id="key", text="text", label="y")
    )
    assert found.items == {"id": ["7", "8"], "text": ["1", "2"]}
    assert found.labels == ["0", "1"]


def test_a_list_of_texts():
    found = Got(read(["a", "b", "a"], label=["x", None, "y"]))
    assert found.items["text"] == ["a", "b", "a"]
    assert found.labels == ["x", None, "y"]
    assert found.reading.text == ("text",)


def test_a_list_of_records():
    found = Got(read([{"id": 1, "text": "a"}, {"id": 2.5, "text": "b", "more": [1, "x"]}], text="text"))
    assert found.items == {"id": ["1", "2.5"], "text": ["a", "b"], "more": [None, '[1,"x"]']}


def test_an_array_of_texts_is_a_list():
    assert Got(read(np.array(["a", "b"]))).items["text"] == ["a", "b"]


def test_an_array_of_numbers_becomes_vectors_with_given_ids():
    found = Got(read(np.arange(6).reshape(3, 2), id=["p", "q", "r"], label=["x", "y", None]))
    assert found.items == {"id": ["p", "q", "r"], "vector": [[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]}
    assert found.labels == ["x", "y", None]


def test_equal_vectors_get_numbered_ids():
    ids = Got(read(np.array([[1.0, 2.0], [3.0, 4.0], [1.0, 2.0]]))).items["id"]
    assert ids[2] == f"{ids[0]}-2"


@pytest.mark.parametrize(
    ("source", "how", "said"),
    [
        (5, {}, "got int"),
        ([], {}, "the list has no rows"),
        (["a", 5], {}, "at position 1 it holds int"),
        (np.zeros(3), {}, r"shape \(n, d\); got shape \(3,\)"),
        (np.zeros((0, 2)), {}, "the array has no rows"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), {}, "several columns of the same name"),
        (["a", "b"], {"id": ["1"]}, "1 values of id for the 2 rows"),
        ([{"label": "x"}], {"label": ["y"]}, "has a column 'label' already"),
        (pa.table({"a": pa.array([b"\xff"])}), {}, "neither text nor number"),
        ([{"v": [1, 2]}], {"text": "v"}, None),
    ],
)
def test_what_cannot_be_items_is_said(source, how, said):
    if said is None:
        assert Got(read(source, **how)).items["v"] == ["[1,2]"]
        return
    with pytest.raises(InputError, match=said):
        Got(read(source, **how))


def test_bad_rows_of_a_list_are_told_by_row():
    found = Got(read(["fine", "half \ud800", "x" * 1_000_001], on_error="skip"))
    assert found.items["text"] == ["fine"]
    assert found.said == [
        "the list, row 2: it holds half of a surrogate pair, which is no character",
        "the list, row 3, column 'text': it holds 1.0 MB; a field may hold 1 MB",
    ]
