"""A hash index is a dict of numbers in sorted arrays."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from asklearn.core.hash_index import HashIndex, occurrence
from asklearn.core.ids import content_hashes, content_id

small = st.integers(0, 20)
pairs = st.lists(st.tuples(small, st.integers(-5, 5)), max_size=30)


def arrays(batch):
    return np.array([k for k, _ in batch], dtype=np.uint64), np.array([v for _, v in batch], dtype=np.int64)


@given(st.lists(pairs, max_size=8))
def test_it_answers_like_a_dict_that_was_updated_batch_by_batch(batches):
    index, model = HashIndex(), {}
    for batch in batches:
        index.add(*arrays(batch))
        model.update(dict(batch))
    found, values = index.find(np.arange(25, dtype=np.uint64))
    assert found.tolist() == [k in model for k in range(25)]
    assert values.tolist() == [model.get(k, -1) for k in range(25)]
    assert index.values().tolist() == [model[k] for k in sorted(model)]
    assert len(index) == len(model)


@given(pairs, pairs)
def test_a_copy_goes_its_own_way(first, second):
    index = HashIndex()
    index.add(*arrays(first))
    twin = index.copy()
    twin.add(*arrays(second))
    assert index.values().tolist() == [dict(first)[k] for k in sorted(dict(first))]


@given(st.lists(small, max_size=40))
def test_occurrence_counts_how_often_a_hash_came_before(hashes):
    expected = [hashes[:place].count(one) for place, one in enumerate(hashes)]
    assert occurrence(np.array(hashes, dtype=np.uint64)).tolist() == expected


values = st.one_of(
    st.none(), st.text(max_size=5), st.integers(-9, 9), st.booleans(), st.floats(allow_nan=False)
)


@given(st.lists(st.fixed_dictionaries({"a": values, "b%s": values}), max_size=5))
def test_content_hashes_of_columns_are_those_of_the_records(records):
    columns = {name: [record[name] for record in records] for name in ("b%s", "a")}
    assert [f"{one:016x}" for one in content_hashes(columns)] == [content_id(record) for record in records]
