"""Keyed randomness: the same for the same key and item, uniform, and independent of order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from asklearn.core.ids import hash64, hash_ids, new_key
from asklearn.core.randomness import derive_key, uniform


def test_numbers_are_uniform_and_differ_by_key() -> None:
    ids = hash_ids(str(n) for n in range(20_000))
    one, two = uniform(derive_key(0, "slice"), ids), uniform(derive_key(1, "slice"), ids)
    for draws in (one, two):
        counts = np.histogram(draws, bins=20, range=(0, 1))[0]
        assert ((counts - 1_000) ** 2 / 1_000).sum() < 43.8  # chi-square, 19 degrees, p = 0.001
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.03


def test_consecutive_counters_are_not_alike() -> None:
    draws = uniform(derive_key(0), np.arange(20_000, dtype=np.uint64))
    assert abs(np.corrcoef(draws[:-1], draws[1:])[0, 1]) < 0.03


@given(some.lists(some.text(max_size=10), min_size=1, unique=True), some.randoms())
def test_a_number_belongs_to_its_item_wherever_it_stands(ids: list[str], random: object) -> None:
    key = derive_key(3, "train", 7)
    drawn = dict(zip(ids, uniform(key, hash_ids(ids)), strict=True))
    shuffled = list(ids)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert dict(zip(shuffled, uniform(key, hash_ids(shuffled)), strict=True)) == drawn


def test_keys_depend_on_every_part_and_its_type() -> None:
    keys = {
        derive_key(0, "a"),
        derive_key(0, "b"),
        derive_key("0", "a"),
        derive_key(0, "a", 1),
        derive_key("0a"),
    }
    assert len(keys) == 5


def test_answer_keys_are_version_seven_and_sort_by_time() -> None:
    keys = [new_key() for _ in range(50)]
    assert {key[14] for key in keys} == {"7"}
    assert len(set(keys)) == 50
    assert hash64("a") == int(hash_ids(["a"])[0])
