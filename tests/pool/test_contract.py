"""What a pool promises, in memory and in shards."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asklearn.core.errors import InputError
from asklearn.core.ids import hash64

from .conftest import table


def test_an_empty_pool_has_nothing_to_ask(pool):
    assert len(pool) == 0
    assert pool.keys().shape == pool.askable().shape == (0,)
    assert pool.fields == ()
    assert pool.find(["a"]).tolist() == [-1]
    assert pool.items([]) == []
    assert list(pool.blocks()) == []


def test_rows_count_from_zero_in_order_of_arrival(pool):
    pool.append(table(("b", "two"), ("a", "one")))
    pool.append(table(("c", "three")))
    assert pool.ids([0, 1, 2]) == ["b", "a", "c"]
    assert pool.find(["a", "c", "zzz"]).tolist() == [1, 2, -1]
    assert pool.keys().tolist() == [hash64(one) for one in "bac"]


def test_an_item_carries_its_fields_as_plain_values(pool):
    pool.append(table(("a", "hello"), n=[3], x=[float("nan")]), origin="synthetic")
    (item,) = pool.items([0])
    assert (item.id, item.fields, item.row) == ("a", {"text": "hello", "n": 3, "x": None}, 0)
    assert (item.origin, item.revision) == ("synthetic", 1)


def test_the_same_table_twice_adds_nothing(pool):
    rows = table(("a", "one"), ("b", "two"))
    pool.append(rows)
    again = pool.append(rows)
    assert (again.added, again.known, len(pool)) == (0, 2, 2)


def test_an_id_twice_in_one_table_is_one_item(pool):
    done = pool.append(table(("a", "one"), ("a", "one"), ("b", "two")))
    assert (done.added, done.known, pool.ids([0, 1])) == (2, 1, ["a", "b"])


def test_other_content_under_a_known_id_is_refused_and_nothing_added(pool):
    pool.append(table(("a", "one")))
    with pytest.raises(InputError, match="'a' is in the pool with other content"):
        pool.append([table(("b", "two")), table(("a", "changed"))])
    assert len(pool) == 1
    assert pool.append(table(("b", "two"))).added == 1


def test_a_revision_is_a_new_row_and_the_old_one_is_not_asked_any_more(pool):
    pool.append(table(("a", "one"), ("b", "two")))
    done = pool.append(table(("a", "changed"), ("b", "two")), on_change="revise")
    assert (done.added, done.known, done.revised) == (0, 1, 1)
    assert pool.find(["a"]).tolist() == [2]
    assert pool.items([2])[0].revision == 2
    assert pool.askable().tolist() == [False, True, True]
    assert pool.items([0])[0].fields == {"text": "one"}


def test_keep_keeps_the_old_content(pool):
    pool.append(table(("a", "one")))
    done = pool.append(table(("a", "changed")), on_change="keep")
    assert (done.kept, len(pool), pool.items([0])[0].fields["text"]) == (1, 1, "one")


def test_fields_beside_the_content_do_not_make_a_change(pool):
    pool.append(table(("a", "one"), priority=["low"]))
    assert pool.append(table(("a", "one"), priority=["high"])).known == 1


def test_without_named_content_every_field_is_content(make_pool):
    pool = make_pool(None)
    pool.append(table(("a", "one"), priority=["low"]))
    with pytest.raises(InputError, match="other content"):
        pool.append(table(("a", "one"), priority=["high"]))


def test_exact_duplicates_are_asked_once(pool):
    done = pool.append(table(("a", "same"), ("b", "same"), ("c", "other"), ("d", "same")))
    assert (done.added, done.duplicates) == (4, 2)
    assert pool.askable().tolist() == [True, False, True, False]
    assert pool.duplicates_of(1).tolist() == [0, 3]
    assert pool.representative([0, 1, 2, 3]).tolist() == [0, 0, 2, 0]
    later = pool.append(table(("e", "same")))
    assert (later.added, later.duplicates) == (1, 1)


def test_a_duplicate_takes_over_when_the_first_is_revised(pool):
    pool.append(table(("a", "same"), ("b", "same")))
    pool.append(table(("a", "new")), on_change="revise")
    assert pool.askable().tolist() == [False, True, True]


def test_blank_texts_are_counted_and_set_aside(pool):
    done = pool.append(table(("a", " \n\t"), ("b", "x"), ("c", None), ("d", "")))
    assert (done.added, done.blank, done.duplicates) == (4, 3, 0)
    assert pool.askable().tolist() == [False, True, False, False]
    assert pool.representative([0, 1]).tolist() == [-1, 1]


def test_ids_keep_their_exact_spelling(pool):
    names = ["007", "7", "1.0", " a", "a", "Ä", "ä", "x" * 300]
    pool.append(table(*((one, f"text {one}") for one in names)))
    assert pool.ids(pool.find(names)) == names


def test_take_keeps_the_order_of_rows_and_repeats_them(pool):
    pool.append([table(*((f"{i}", f"t{i}") for i in range(start, start + 50))) for start in (0, 50, 100)])
    rows = [140, 3, 3, 60, 0]
    assert pool.take(rows)["text"].to_pylist() == [f"t{row}" for row in rows]
    assert pool.take(rows, ["id"])["id"].to_pylist() == [str(row) for row in rows]


def test_blocks_are_a_grid_whatever_the_shards(pool):
    for start in (0, 30, 60):
        pool.append(table(*((f"{i}", f"t{i}") for i in range(start, start + 30))))
    blocks = list(pool.blocks(size=40))
    assert [(start, part.num_rows) for start, part in blocks] == [(0, 40), (40, 40), (80, 10)]
    assert pa.concat_tables([part for _, part in blocks])["text"].to_pylist() == [f"t{i}" for i in range(90)]


def test_fields_may_come_later_or_in_another_type(pool):
    pool.append(table(("a", "one"), n=[1]))
    pool.append(table(("b", "two"), n=[2.5], extra=["x"]))
    assert pool.take([0, 1])["n"].to_pylist() == [1.0, 2.5]
    assert pool.take([0, 1])["extra"].to_pylist() == [None, "x"]
    pool.append(table(("c", "three"), n=["many"]))
    assert pool.take([0, 2])["n"].to_pylist() == ["1", "many"]


def test_vectors_are_items_too(make_pool):
    pool = make_pool(None)
    vectors = pa.FixedSizeListArray.from_arrays(pa.array([1.0, 2.0, 3.0, 4.0, 1.0, 2.0]), 2)
    done = pool.append(pa.table({"id": ["a", "b", "c"], "vector": vectors}))
    assert (done.added, done.duplicates) == (3, 1)
    assert pool.items([1])[0].fields == {"vector": [3.0, 4.0]}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (pa.table({"text": ["x"]}), "need a column 'id'"),
        (pa.table({"id": ["a"]}), "need a column 'text'"),
        (pa.table({"id": ["a", ""], "text": ["x", "y"]}), "id that is not empty"),
        (pa.table({"id": pa.array([None], pa.string()), "text": ["x"]}), "id that is not empty"),
    ],
)
def test_tables_without_ids_or_content_are_refused(pool, rows, said):
    with pytest.raises(InputError, match=said):
        pool.append(rows)


def test_what_is_not_there_is_said(pool):
    pool.append(table(("a", "one")))
    with pytest.raises(InputError, match="no field 'body'; its fields are: id, text"):
        pool.take([0], ["body"])
    with pytest.raises(InputError, match="Rows of this pool are 0 to 0"):
        pool.items([1])
    with pytest.raises(InputError, match='"error", "revise" or "keep"'):
        pool.append(table(("a", "x")), on_change="merge")


def test_a_forgotten_item_is_gone_and_its_row_number_stays(pool):
    pool.append(table(("a", "one"), ("b", "secret"), ("c", "three")))
    pool.append(table(("b", "secret, revised")), on_change="revise")
    assert pool.forget(["b", "unknown"]).tolist() == [1, 3]
    assert pool.find(["a", "b", "c"]).tolist() == [0, -1, 2]
    assert pool.items([1])[0].fields == {"text": None}
    assert pool.ids([1, 3]) == ["", ""]
    assert pool.askable().tolist() == [True, False, True, False]
    assert pool.forgotten().tolist() == [False, True, False, True]
    assert pool.forget(["b"]).tolist() == []


def test_forgetting_outlasts_importing_the_same_file_again(pool):
    rows = table(("a", "one"), ("b", "secret"))
    pool.append(rows)
    pool.forget(["b"])
    again = pool.append(rows)
    assert (again.added, again.known, again.forgotten) == (0, 1, 1)


def test_a_duplicate_of_a_forgotten_item_can_be_asked(pool):
    pool.append(table(("a", "same"), ("b", "same")))
    pool.forget(["a"])
    assert pool.askable().tolist() == [False, True]
    assert pool.duplicates_of(1).tolist() == []


def test_things_that_share_a_hash_stay_apart(make_pool, monkeypatch):
    monkeypatch.setattr(
        "asklearn.core.ids.hash_ids", lambda ids: np.array([len(one) for one in ids], np.uint64)
    )
    monkeypatch.setattr(
        "asklearn.pool.snapshot.hash_ids", lambda ids: np.array([len(one) for one in ids], np.uint64)
    )
    monkeypatch.setattr(
        "asklearn.core.ids.content_hashes",
        lambda columns: np.array([len(one) for one in columns["text"]], np.uint64),
    )
    pool = make_pool()
    rows = table(("a", "x1"), ("b", "x2"), ("c", "x1"), ("d", "x3"))
    done = pool.append(rows)
    assert (done.added, done.duplicates) == (4, 1)
    assert pool.find(["d", "c", "b", "a", "e"]).tolist() == [3, 2, 1, 0, -1]
    assert pool.askable().tolist() == [True, True, False, True]
    again = pool.append(table(("d", "x3"), ("e", "x2")))
    assert (again.known, again.added, again.duplicates) == (1, 1, 1)
    assert len(set(pool.keys().tolist())) == 5


batches = st.lists(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", "x", "y", "z"])), max_size=6),
    max_size=5,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches)
def test_it_behaves_like_a_dict_of_histories(make_pool, batches):
    pool, history = make_pool(), {}
    for batch in batches:
        if batch:
            pool.append(table(*batch), on_change="revise")
        for one, text in batch:
            texts = history.setdefault(one, [])
            if not texts or texts[-1] != text:
                texts.append(text)
    items = pool.items(range(len(pool)))
    for one, texts in history.items():
        mine = [item for item in items if item.id == one]
        assert [item.fields["text"] for item in mine] == texts
        assert [item.revision for item in mine] == list(range(1, len(texts) + 1))
        assert pool.find([one])[0] == mine[-1].row
    asked = [items[row].fields["text"] for row in np.flatnonzero(pool.askable())]
    assert sorted(asked) == sorted({texts[-1] for texts in history.values()} - {""})
