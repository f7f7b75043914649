"""The comparison at the end of the kill tests finds what it is meant to find."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.durability.harness import Account, Ledger, differences

from asklearn.store import MemoryStore
from asklearn.testing.store.world import answer


@pytest.fixture
def store():
    with MemoryStore() as opened:
        yield opened


def account(tmp_path, *lines: Callable[[Ledger], None]) -> Account:
    ledger = Ledger(tmp_path / "ledger")
    for line in lines:
        line(ledger)
    ledger.close()
    return Account.read([tmp_path / "ledger"])


def test_all_is_well_when_what_was_acknowledged_is_stored(store, tmp_path):
    one, two, three = answer("a"), answer("b"), answer("c")
    store.tell([one, two])
    seq = store.append("note", body={"n": 1})
    seen = account(
        tmp_path,
        lambda to: [to.tried(told.key, item=told.item, value="a") for told in (one, two, three)],
        lambda to: to.acknowledged(one.key, 1),
        lambda to: to.noted(seq, {"n": 1}),
    )
    assert differences(store, seen) == []
    assert list(seen.pending()) == [two.key, three.key]


def test_what_is_lost_altered_or_foreign_is_said(store, tmp_path):
    lost, altered, foreign, misplaced = (answer(item) for item in "abcd")
    store.tell([altered, foreign, misplaced])
    seen = account(
        tmp_path,
        lambda to: [to.tried(told.key, item=told.item) for told in (lost, misplaced)],
        lambda to: to.tried(altered.key, item=altered.item, value="something else"),
        lambda to: to.acknowledged(lost.key, 1),
        lambda to: to.acknowledged(misplaced.key, 99),
        lambda to: to.noted(7, {"n": 1}),
    )
    assert differences(store, seen) == [
        f"acknowledged answer {lost.key} is lost",
        f"answer {foreign.key} was never told",
        f"answer {altered.key} says something else than was told",
        f"answer {misplaced.key} was acknowledged as 99 and stored as 3",
        "event 7 is lost",
    ]


def test_a_line_that_was_cut_off_does_not_count(tmp_path):
    (tmp_path / "ledger").write_text('{"tried": "k", "body": {}}\n{"acknowledged": "k", "s')
    assert Account.read([tmp_path / "ledger"]).pending() == {"k": {}}
