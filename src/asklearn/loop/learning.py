"""Train on what is known, and measure what can be measured honestly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asklearn.core.errors import NotReady
from asklearn.core.records import Observation, Round
from asklearn.evaluation import cohen_kappa, observe
from asklearn.loop.material import Material
from asklearn.loop.random_slice import slice_draws
from asklearn.loop.sampling import STOP_SET_SIZE, stop_set
from asklearn.loop.state import State
from asklearn.models.learner import FittedModel

FEWEST_HELD_OUT = 10
"""With fewer labels a held-out figure says nothing but noise."""


@dataclass(frozen=True)
class Learned:
    """A new model, its round, and the state that has them."""

    model: FittedModel
    round: Round
    state: State


def learn(state: State, material: Material, *, started_at: int = 0) -> Learned:
    """Fit the learner on the known labels and observe it.

    Raises
    ------
    NotReady
        When there is no label yet.
    """
    if not len(state.known):
        raise NotReady("There is nothing to learn from yet: give at least one label first.")
    config = state.config
    state = state.having(known=state.known.in_order_of(material.keys))
    y = config.task.encode(state.known.values)
    columns = config.learner.columns
    model = config.learner.fit(
        material.inputs(state.known.rows, columns),
        y,
        config.task,
        encoders=material.encoders,
        seed=config.seed,
        sample_weight=state.known.weights,
        pool=material.sample(config.seed, columns),
    )
    state = state if _has_stop_set(state, material) else _with_stop_set(state, material)
    stop_rows = state.stop_rows
    stop_proba = model.predict_proba(material.inputs(stop_rows, model.columns))
    done = Round(
        number=state.round + 1,
        labels=len(state.known),
        task_version=config.task.version,
        started_at=started_at,
        strategy=repr(config.strategy),
        learner=config.learner.describe(),
        memory=state.memory,
        observations=(*_held_out(state, material, model, y), *_stability(state, stop_proba)),
        class_counts=_class_counts(config.task.classes, y),
    )
    after = state.having(
        model=model,
        rounds=(*state.rounds, done),
        stop_rows=stop_rows,
        stop_guess=stop_proba.argmax(1).astype(np.int64),
    )
    return Learned(model, done, after)


def _has_stop_set(state: State, material: Material) -> bool:
    """Whether the frozen items still speak for the pool: a few do not, once the pool has doubled."""
    n = len(state.stop_rows)
    return n >= STOP_SET_SIZE or (n > 0 and int((material.askable & material.ready).sum()) < 2 * n)


def _with_stop_set(state: State, material: Material) -> State:
    rows = stop_set(material.keys, material.askable & material.ready, state.config.seed)
    return state.having(stop_rows=rows, stop_guess=np.empty(0, dtype=np.int64))


def _held_out(
    state: State, material: Material, model: FittedModel, y: NDArray[np.int64]
) -> tuple[Observation, ...]:
    """Out-of-fold figures: on all labels, on the random slice, and on its blind part."""
    if model.oof_proba is None or len(y) < FEWEST_HELD_OUT:
        return ()
    guess = model.oof_proba.argmax(1).astype(np.int64)
    n_classes, seed = len(model.classes), state.config.seed
    draws = slice_draws(material.keys[state.known.rows], seed)
    in_slice = draws <= _threshold(state, material)
    blind = in_slice & state.known.blind
    return (
        *observe(y, guess, n_classes, basis="cross-validation", seed=seed),
        *observe(y[in_slice], guess[in_slice], n_classes, basis="slice", seed=seed),
        *observe(y[blind], guess[blind], n_classes, basis="slice, blind", seed=seed),
    )


def _threshold(state: State, material: Material) -> float:
    """T such that every askable item with ``u <= t`` has its label: below it nothing was chosen.

    An item still open ends the slice there, since what lies beyond would be a chosen sample; one that was
    skipped is left out, since it will never have a label.
    """
    askable = material.askable.copy()
    askable[state.known.rows] = False
    askable[state.skipped] = False
    waiting = np.flatnonzero(askable)
    if not len(waiting):
        return 1.0
    return float(np.nextafter(slice_draws(material.keys[waiting], state.config.seed).min(), 0.0))


def _stability(state: State, proba: NDArray[np.float32]) -> tuple[Observation, ...]:
    if not len(proba):
        return ()
    guess = proba.argmax(1).astype(np.int64)
    unsure = Observation(
        name="uncertainty", value=float(1 - proba.max(1).mean()), n=len(proba), basis="stop set"
    )
    if len(state.stop_guess) != len(guess):
        return (unsure,)
    same = cohen_kappa(state.stop_guess, guess, proba.shape[1])
    return (unsure, Observation(name="kappa", value=same, n=len(guess), basis="stop set"))


def _class_counts(classes: tuple[str, ...], y: NDArray[np.int64]) -> dict[str, int]:
    counts = np.bincount(y, minlength=len(classes))
    return {one: int(n) for one, n in zip(classes, counts, strict=True)}
