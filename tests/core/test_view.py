"""What a strategy sees: columns over candidates, in blocks, without copies, and what surrounds them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy.sparse import csr_array

from asklearn.core.errors import InputError
from asklearn.core.records import Draw, Reason
from asklearn.core.view import BLOCK_ROWS, Committee, Decision, Embedding, Labelled, Picks, Proba, View


def view_of(n=10, **more):
    columns = {Proba(): np.arange(2.0 * n).reshape(n, 2), **more}
    return View.of_arrays(columns, keys=np.arange(n, dtype=np.uint64))


@given(some.lists(some.integers(0, 9), max_size=12))
def test_a_column_is_that_of_the_candidates_in_their_order(positions):
    found = view_of().take(np.array(positions, dtype=np.int64)).column(Proba())
    assert found[:, 0].tolist() == [2.0 * one for one in positions]


def test_taking_twice_counts_from_the_candidates():
    twice = view_of().take(np.array([5, 7, 9])).take(np.array([2, 0]))
    assert twice.rows.tolist() == twice.keys.tolist() == [9, 5]


def test_blocks_are_a_grid_and_share_the_caller_s_memory():
    n = BLOCK_ROWS + 3
    P = np.zeros((n, 2))
    view = View.of_arrays({Proba(): P}, keys=np.arange(n, dtype=np.uint64))
    parts = list(view.blocks())
    assert [(part.start, part.stop) for part, _ in parts] == [(0, BLOCK_ROWS), (BLOCK_ROWS, n)]
    assert all(np.shares_memory(block.column(Proba()), P) for _, block in parts)


def test_what_a_strategy_gets_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        view_of().column(Proba())[0, 0] = 1


def test_a_function_of_each_block_comes_in_order_whoever_runs_it():
    view = view_of(2 * BLOCK_ROWS + 1)
    backwards = replace(view, run=lambda function, parts: [*map(function, list(parts)[::-1])][::-1])
    assert view.map_blocks(len) == backwards.map_blocks(len) == [BLOCK_ROWS, BLOCK_ROWS, 1]


def test_members_of_a_committee_come_first():
    members = np.arange(24.0).reshape(3, 4, 2)
    view = View.of_arrays({Committee(3): members}, keys=np.arange(4, dtype=np.uint64))
    assert view.take(np.array([3, 1])).column(Committee(3)).tolist() == members[:, [3, 1]].tolist()


def test_ragged_and_sparse_columns_are_taken_by_row_too():
    ragged = [np.zeros((one, 1)) for one in range(4)]
    sparse = csr_array(np.eye(4))
    view = View.of_arrays({Decision(): ragged, Embedding(): sparse}, keys=np.arange(4, dtype=np.uint64))
    part = view.take(np.array([3, 0]))
    assert [len(one) for one in part.column(Decision())] == [3, 0]
    assert part.column(Embedding()).toarray().tolist() == np.eye(4)[[3, 0]].tolist()


def test_a_column_that_nobody_provides_says_which_there_are():
    assert not view_of().has(Embedding())
    with pytest.raises(InputError, match=r"needs Embedding\(source='encoder'\).*there are: Proba\(\)"):
        view_of().column(Embedding())


def test_around_the_candidates_are_labelled_and_pending_items():
    X = np.arange(10.0)[:, None]
    labelled = Labelled(np.array([0, 1]), {Embedding(): lambda rows: 100.0 + rows[:, None]})
    view = replace(view_of(), providers={Embedding(): lambda rows: X[rows]}, labelled=labelled)
    pending = replace(view, pending=np.array([4, 2]))
    assert [part.ravel().tolist() for part in view.around(Embedding())] == [[100, 101]]
    assert [part.ravel().tolist() for part in pending.around(Embedding())] == [[100, 101], [4, 2]]
    assert replace(view, labelled=Labelled(np.array([0]))).around(Embedding()) == []


def test_picks_say_why_in_the_names_of_the_classes():
    reason = Reason(kind="least-confidence", classes=(1,), figures={"p1": 0.4})
    picks = Picks(np.array([3]), np.array([0.1]), (reason,), (Draw(),), classes=("bug", "praise"))
    assert picks.sentences == ["Asked because even the best guess, praise, gets only 40\u202f%."]
