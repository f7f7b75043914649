"""One number makes overconfident logits honest."""

import numpy as np
import pytest

from asklearn.models.temperature import fit_scale, softmax


def sample(n: int, factor: float) -> tuple[np.ndarray, np.ndarray]:
    """Logits that are ``factor`` times too large for the labels drawn from them."""
    rng = np.random.default_rng(3)
    logits = rng.normal(size=(n, 4))
    y = np.array([rng.choice(4, p=p) for p in softmax(logits)])
    return logits * factor, y


@pytest.mark.parametrize("factor", [0.2, 1.0, 5.0])
def test_the_factor_is_found(factor: float) -> None:
    logits, y = sample(4_000, factor)
    assert fit_scale(logits, y) == pytest.approx(1 / factor, rel=0.15)


def test_few_labels_choose_no_extreme() -> None:
    perfect = 3 * np.eye(4)
    assert 0.3 < fit_scale(perfect, np.arange(4)) < 5
    assert 0.1 < fit_scale(perfect, np.arange(4)[::-1]) < 1


def test_rows_of_a_class_unknown_to_the_model_do_not_count() -> None:
    logits, y = sample(500, 2.0)
    unknown = np.vstack([logits, [[0, 0, 0, -np.inf]]])
    assert fit_scale(unknown, np.append(y, 3)) == fit_scale(logits, y)
    assert fit_scale(np.empty((0, 4)), np.empty(0, dtype=np.int64)) == 1.0
