"""check_strategy finds what others got wrong: each class here breaks one promise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
import pytest

from asklearn.core.records import Draw, Reason
from asklearn.core.view import Embedding, Picks, Proba
from asklearn.strategies import STRATEGIES, Margin, Picker, Random, Scorer
from asklearn.testing import check_strategy


@dataclass(frozen=True, repr=False)
class Mine(Margin):
    """Margin under a name of a user's own; what follows spoils it."""

    name: ClassVar[str] = "mine"


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    monkeypatch.setattr(STRATEGIES, "_added", dict(STRATEGIES._added))


def spoiled(kind):
    STRATEGIES.add(kind.name, kind)
    return kind()


def assert_fails(kind, sentence):
    with pytest.raises(AssertionError, match=sentence):
        check_strategy(spoiled(kind))


def test_a_user_s_own_class_passes():
    check_strategy(spoiled(Mine))


def test_what_is_no_strategy():
    with pytest.raises(AssertionError, match="is no strategy"):
        check_strategy("margin")


def test_a_name_that_is_not_registered():
    with pytest.raises(AssertionError, match="does not come back from its JSON"):
        check_strategy(Mine())


def test_the_same_candidate_twice():
    class Twice(Mine):
        def select(self, view, n, *, key, memory):
            picks, memory = super().select(view, n, key=key, memory=memory)
            if len(picks) > 1:
                picks = replace(picks, positions=np.repeat(picks.positions[:1], len(picks)))
            return picks, memory

    assert_fails(Twice, "picks a candidate twice")


def test_more_than_asked_for():
    class Greedy(Mine):
        def select(self, view, n, *, key, memory):
            return super().select(view, n + 1, key=key, memory=memory)

    assert_fails(Greedy, "picks 1 when asked for 0")


def test_ties_by_position():
    class First(Mine):
        def select(self, view, n, *, key, memory):
            return super().select(view, n, key=0, memory=memory)

    assert_fails(First, "breaks ties by position")


def test_picks_by_position():
    class InOrder(Random):
        name: ClassVar[str] = "in-order"

        def pick(self, view, scores, n, key):
            return replace(super().pick(view, scores, n, key), positions=np.arange(n))

    assert_fails(InOrder, "picks other items when the rows come in another order")


def test_state_between_calls():
    class Remembering(Mine):
        calls: ClassVar[list[int]] = []

        def select(self, view, n, *, key, memory):
            self.calls.append(n)
            return super().select(view, n, key=key, memory=memory)

        def score(self, view, summary):
            return super().score(view, summary) * (-1) ** len(self.calls)

    assert_fails(Remembering, "with the same seed|in another order")


def test_a_column_that_was_not_declared():
    class Sneaky(Mine):
        def score(self, view, summary):
            view.column(Embedding())
            return super().score(view, summary)

    with pytest.raises(Exception, match="nothing here provides"):
        check_strategy(spoiled(Sneaky))


def test_arrays_that_are_changed():
    class Writing(Mine):
        def score(self, view, summary):
            labelled = view.labelled.providers[Proba()](slice(None))
            labelled += 1
            return super().score(view, summary)

    assert_fails(Writing, "changes the arrays that it is given")


def test_memory_that_is_no_json():
    class Arrays(Mine):
        def select(self, view, n, *, key, memory):
            return super().select(view, n, key=key, memory=memory)[0], {"seen": view.keys}

    assert_fails(Arrays, "memory of .* is no JSON")


def test_a_configuration_that_is_lost():
    @dataclass(frozen=True, repr=False)
    class Forgetful(Mine):
        power: float = 1.0

        def to_json(self):
            return {"name": self.name}

    STRATEGIES.add("mine", Forgetful)
    with pytest.raises(AssertionError, match="comes back from its JSON as"):
        check_strategy(Forgetful(power=2.0))


def test_nan_that_passes():
    class Careless(Mine):
        def score(self, view, summary):
            return np.nan_to_num(super().score(view, summary))

    assert_fails(Careless, "NaN instead of raising InputError")


def test_half_precision_that_picks_otherwise():
    class Doubled(Mine):
        def score(self, view, summary):
            sign = -1 if view.column(Proba()).dtype == np.float16 else 1
            return sign * super().score(view, summary)

    assert_fails(Doubled, "in half precision")


def test_probabilities_of_draws_that_are_not_true():
    class Boastful(Picker):
        name: ClassVar[str] = "boastful"
        by_score: ClassVar[bool] = False

        def pick(self, view, scores, n, key):
            picks = Random().pick(view, scores, n, key)
            return replace(picks, draws=(Draw(q=1.0, pi=1.0),) * n)

    assert_fails(dataclass(frozen=True, repr=False)(Boastful), "more or less often than it says")


def test_a_reason_that_is_no_record():
    class Talking(Scorer):
        name: ClassVar[str] = "talking"

        @property
        def needs(self):
            return frozenset({Proba()})

        def score(self, view, summary):
            return np.zeros(len(view), np.float32)

        def explain(self, view, scores):
            return ("because",) * len(scores)

    assert_fails(dataclass(frozen=True, repr=False)(Talking), "which is no Reason")


def test_fewer_reasons_than_picks():
    class Silent(Random):
        name: ClassVar[str] = "silent"

        def pick(self, view, scores, n, key):
            picks = super().pick(view, scores, n, key)
            return Picks(picks.positions, picks.scores, (*picks.reasons, Reason(kind="random")), picks.draws)

    assert_fails(Silent, "reasons for")


def test_a_column_of_one_s_own_can_be_made_up():
    from asklearn.core.view import Column

    @dataclass(frozen=True, slots=True)
    class Length(Column):
        """How long an item is."""

    class Longest(Scorer):
        name: ClassVar[str] = "longest"

        @property
        def needs(self):
            return frozenset({Length()})

        def score(self, view, summary):
            return np.asarray(view.column(Length()), dtype=np.float32)

        def explain(self, view, scores):
            return tuple(Reason(kind="longest", figures={"length": float(one)}) for one in scores)

    longest = spoiled(dataclass(frozen=True, repr=False)(Longest))
    with pytest.raises(AssertionError, match="cannot make up"):
        check_strategy(longest)
    check_strategy(longest, columns={Length(): lambda n, rng: rng.random(n)})
