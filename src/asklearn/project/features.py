"""Fitted encoders and their feature caches, in a folder or in memory."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from asklearn.core.protocols import Encoder
from asklearn.loop.sampling import sample_rows
from asklearn.models import Learner, load_encoder
from asklearn.models.learner import POOL_SAMPLE
from asklearn.pool import FeatureCache, Pool
from asklearn.project.artefacts import write_once

FIT_SAMPLE = 20_000


class Features:
    """Serves a learner's encoders: fitted once, kept with their version, filled block by block."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._fitted: dict[str, Encoder] = {}
        self._caches: dict[str, FeatureCache] = {}

    def serve(self, learner: Learner, pool: Pool) -> tuple[Mapping[str, Encoder], Mapping[str, FeatureCache]]:
        """The learner's encoders, fitted, and a cache for each."""
        encoders = {}
        caches = {}
        for unfitted in learner.encoders(len(pool)):
            fitted = self._fit(unfitted, pool)
            encoders[fitted.name] = fitted
            caches[fitted.name] = self._cache(fitted)
        return encoders, caches

    def _fit(self, unfitted: Encoder, pool: Pool) -> Encoder:
        """Fitted on a keyed sample of the pool, or as it was fitted before, unless outgrown."""
        configuration = repr(unfitted)
        fitted = self._fitted.get(configuration) or self._saved(unfitted.name, configuration)
        if fitted is None or fitted.outgrown(int(pool.askable().sum())):
            fitted = unfitted.fit(pool.take(_sample(pool, FIT_SAMPLE)))
            if self._folder is not None and len(pool):
                write_once(self._folder / _slot(fitted), "encoder", fitted.save)
        if len(pool):
            self._fitted[configuration] = fitted
        return fitted

    def _saved(self, name: str, configuration: str) -> Encoder | None:
        if self._folder is None or not self._folder.is_dir():
            return None
        saved = [load_encoder(path) for path in sorted(self._folder.glob(f"{name}-*/encoder"))]
        alike = [encoder for encoder in saved if repr(encoder) == configuration]
        return max(alike, key=lambda encoder: encoder.sample_size, default=None)

    def _cache(self, encoder: Encoder) -> FeatureCache:
        slot = _slot(encoder)
        if slot not in self._caches:
            self._caches[slot] = FeatureCache(None if self._folder is None else self._folder / slot, encoder)
        return self._caches[slot]

    def fill(
        self,
        learner: Learner,
        pool: Pool,
        *,
        rows: NDArray[np.int64] | None = None,
        progress: Callable[[int, int], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> None:
        """Encode what is missing (of those rows), block by block, until done or told to stop."""
        for cache in self.serve(learner, pool)[1].values():
            cache.encode(pool, rows=rows, progress=progress, stop=stop)

    def forget(self, learner: Learner, pool: Pool, rows: NDArray[np.int64]) -> None:
        """Erase the features of rows, and all those of encoders that the pool has outgrown."""
        for cache in self.serve(learner, pool)[1].values():
            cache.forget(rows)
        used = {_slot(encoder) for encoder in self._fitted.values()}
        if self._folder is not None and self._folder.is_dir():
            for path in self._folder.iterdir():
                if path.is_dir() and path.name not in used:
                    shutil.rmtree(path, ignore_errors=True)


def _slot(encoder: Encoder) -> str:
    return f"{encoder.name}-{encoder.version}"


def _sample(pool: Pool, size: int) -> NDArray[np.int64]:
    return sample_rows(pool.keys(), pool.askable(), 0, size=size, purpose="encoder sample")


def first_sample(pool: Pool, seed: int) -> NDArray[np.int64]:
    """Rows that are encoded before all others, so that the first question need not wait for the pool."""
    return sample_rows(pool.keys(), pool.askable(), seed, size=POOL_SAMPLE)
