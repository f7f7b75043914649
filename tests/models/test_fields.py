"""Whatever a person holds becomes the columns that a model reads."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from asklearn.core.errors import InputError
from asklearn.models.fields import as_table, frame_of, texts_of, vector_table, vectors_of

TEXTS = ["one", "zwei ß", "三"]


@pytest.mark.parametrize(
    "given",
    [
        TEXTS,
        tuple(TEXTS),
        np.array(TEXTS),
        [{"body": text, "more": 1} for text in TEXTS],
        pd.DataFrame({"more": [1, 2, 3], "body": TEXTS}),
        pl.DataFrame({"more": [1, 2, 3], "body": TEXTS}),
        pa.table({"more": [1, 2, 3], "body": TEXTS}),
        pa.table({"body": TEXTS}).to_batches()[0],
        pd.Series(TEXTS),
        pl.Series(TEXTS),
    ],
    ids=lambda given: f"{type(given).__module__}.{type(given).__name__}",
)
def test_texts_come_in_many_shapes(given: object) -> None:
    table = as_table(given, ["body"])
    assert table.column_names == ["body"]
    assert texts_of(table, ["body"]) == TEXTS


def test_a_missing_column_is_named_beside_those_there_are() -> None:
    with pytest.raises(InputError, match=r"reads the column 'body'.*columns given are 'text'"):
        as_table(pd.DataFrame({"text": TEXTS}), ["body"])


def test_a_plain_list_does_not_say_which_of_two_columns_it_is() -> None:
    with pytest.raises(InputError, match=r"'title', 'body'.*give a DataFrame"):
        as_table(TEXTS, ["title", "body"])


@pytest.mark.parametrize("wrong", ["one text", 7, [1, 2], object()])
def test_what_is_no_list_of_items_is_refused_by_what_it_is(wrong: object) -> None:
    with pytest.raises(InputError, match=r"Items come as|holds texts or dicts"):
        as_table(wrong, ["body"])


def test_several_fields_join_and_blank_ones_leave_no_gap() -> None:
    table = pa.table({"title": ["Hi", None, ""], "body": ["there", "alone", None], "stars": [1, None, 3]})
    assert texts_of(table, ["title", "body"]) == ["Hi\nthere", "alone", ""]
    assert texts_of(table, ["stars", "title"]) == ["1\nHi", "", "3"]
    assert texts_of(table, ["title", "body"], cut=4) == ["Hi\nt", "alon", ""]


def test_lone_surrogates_do_no_harm() -> None:
    assert texts_of(as_table(["bad \ud800 text"], ["body"]), ["body"]) == ["bad ? text"]


def test_vectors_go_in_and_out_also_from_a_slice() -> None:
    X = np.arange(12, dtype=np.float32).reshape(4, 3)
    table = vector_table(X)
    assert np.array_equal(vectors_of(table), X)
    assert np.array_equal(vectors_of(table.slice(1, 2)), X[1:3])
    assert np.array_equal(vectors_of(table.take([3, 0])), X[[3, 0]])
    assert np.array_equal(vectors_of(as_table(X, ["vector"])), X)
    assert np.array_equal(vectors_of(pa.table({"vector": X.tolist()})), X)


def test_uneven_or_missing_vectors_are_refused() -> None:
    with pytest.raises(InputError, match="differ in length: 1 and 2"):
        vectors_of(pa.table({"vector": [[1.0], [1.0, 2.0]]}))
    with pytest.raises(InputError, match="lacks 1 vectors"):
        vectors_of(pa.table({"vector": [[1.0], None]}))


def test_columns_by_name_come_as_a_data_frame() -> None:
    assert list(frame_of(pa.table({"a": [1], "b": ["x"]})).columns) == ["a", "b"]
