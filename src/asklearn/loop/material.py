"""The pool and its features as the loop reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asklearn.core.protocols import Encoder
from asklearn.core.records import Item
from asklearn.core.view import Matrix
from asklearn.loop.sampling import sample_rows
from asklearn.models.learner import POOL_SAMPLE, Inputs
from asklearn.pool import FeatureCache, Pool


@dataclass(frozen=True)
class Material:
    """Reading access to items and features; encodes what is asked for and missing.

    Attributes
    ----------
    pool : Pool
    encoders : mapping of str to Encoder
        Fitted, by name.
    caches : mapping of str to FeatureCache
        One for each encoder.
    """

    pool: Pool
    encoders: Mapping[str, Encoder]
    caches: Mapping[str, FeatureCache]

    def __len__(self) -> int:
        return len(self.pool)

    @property
    def keys(self) -> NDArray[np.uint64]:
        """Hash of each row's id, shape (n,)."""
        return self.pool.keys()

    @property
    def askable(self) -> NDArray[np.bool_]:
        """Rows one may ask about, shape (n,)."""
        return self.pool.askable()

    @property
    def ready(self) -> NDArray[np.bool_]:
        """Rows whose features are there, shape (n,)."""
        ready = np.ones(len(self.pool), dtype=bool)
        for cache in self.caches.values():
            ready &= cache.ready(len(self.pool))
        return ready

    def inputs(self, rows: NDArray[np.int64], columns: tuple[str, ...] = ()) -> Inputs:
        """What a learner reads of those rows, in that order: features, and the raw columns it wants."""
        encoded = {name: cache.get(rows, pool=self.pool) for name, cache in self.caches.items()}
        return Inputs(self._fields(rows, columns), encoded)

    def sample(self, seed: int, columns: tuple[str, ...] = ()) -> Inputs:
        """A random sample of the pool, by which a learner may see what unlabelled items look like."""
        return self.inputs(sample_rows(self.keys, self.askable, seed, size=POOL_SAMPLE), columns)

    def embedding(self, rows: NDArray[np.int64]) -> Matrix:
        """Dense vectors of those rows, shape (k, d) float32."""
        name = self.dense_encoder
        if name is None:
            raise LookupError("no dense encoder")
        return np.asarray(self.caches[name].get(rows, pool=self.pool), dtype=np.float32)

    @property
    def dense_encoder(self) -> str | None:
        """Name of the first encoder whose vectors are dense, if any."""
        return next((name for name, encoder in self.encoders.items() if not encoder.sparse), None)

    def items(self, rows: NDArray[np.int64]) -> list[Item]:
        """Items of those rows, with their fields."""
        return self.pool.items(rows)

    def _fields(self, rows: NDArray[np.int64], columns: tuple[str, ...]) -> Any:
        import pyarrow as pa

        return self.pool.take(rows, columns=list(columns)) if columns else pa.table({"row": pa.array(rows)})
