"""What every encoder shares: a version that pins it down, and a folder to come back from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asklearn.core.errors import NotReady
from asklearn.core.ids import canonical_json
from asklearn.models.fields import as_table, texts_of

State = dict[str, NDArray[Any]]

SMALL_SAMPLE, LARGE_SAMPLE, GROWTH = 250, 20_000, 4


class BaseEncoder:
    """An encoder whose whole being is a configuration and a few arrays.

    Parameters
    ----------
    fields : sequence of str
        Columns that it reads; several text columns are joined.

    Attributes
    ----------
    sample_size : int
        Items that it learned from; 0 for an encoder that learns nothing.

    Notes
    -----
    A subclass sets ``kind`` and ``sparse``, raises ``code`` whenever its output changes, and implements
    `transform`; one that learns something implements `fit`, `state` and `restore` too. Copies, pickles
    and skops files carry configuration and state only, never the weights of a pretrained model.
    """

    kind: ClassVar[str]
    code: ClassVar[int] = 1
    sparse: bool = False
    learns: ClassVar[bool] = False

    def __init__(self, fields: Sequence[str]) -> None:
        self.fields = tuple(fields)
        self.sample_size = 0
        self._version: str | None = None

    @property
    def name(self) -> str:
        """Short name, the key of its features."""
        return self.kind

    def config(self) -> dict[str, Any]:
        """Keyword arguments that build it again; plain JSON."""
        return {"fields": list(self.fields)}

    def state(self) -> State:
        """What `fit` learned."""
        return {}

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        """Take back what `state` gave."""

    @property
    def fitted(self) -> bool:
        """Whether it can transform."""
        return not self.learns or bool(self.state())

    def outgrown(self, items: int) -> bool:
        """Whether the pool has so outgrown the sample it learned from that it should learn anew.

        Its version changes then, and with it all features and models.
        """
        enough = GROWTH * max(self.sample_size, SMALL_SAMPLE)
        return self.learns and self.sample_size < LARGE_SAMPLE and items > enough

    @property
    def version(self) -> str:
        """Sixteen hexadecimal digits: hash of configuration, code version, fitted state, field names.

        Raises
        ------
        NotReady
            When it must be fitted first.
        """
        if not self.fitted:
            raise NotReady(f"The encoder {self.name!r} has no version before it is fitted; call fit first.")
        if self._version is None:
            digest = blake2b(canonical_json([self.kind, self.code, self.config()]).encode(), digest_size=8)
            for name, array in sorted(self.state().items()):
                digest.update(name.encode())
                digest.update(np.ascontiguousarray(array).tobytes())
            self._version = digest.hexdigest()
        return self._version

    def fit(self, sample: Any) -> Self:
        """Learn from a sample of items; does nothing for an encoder that is ready as it comes."""
        self._version = None
        return self

    def transform(self, fields: Any) -> Any:
        """Features of each item, shape (n, d)."""
        raise NotImplementedError

    def save(self, folder: str | Path) -> None:
        """Write configuration and state into a folder: ``encoder.json`` and ``state.npz``."""
        place = Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(place / "state.npz", **self.state())  # type: ignore[arg-type]
        about = {"kind": self.kind, "code": self.code, "version": self.version, "config": self.config()}
        (place / "encoder.json").write_text(json.dumps(about, indent=1), encoding="utf-8")

    def _texts(self, fields: Any, cut: int | None = None) -> list[str]:
        return texts_of(self._table(fields), self.fields, cut=cut)

    def _table(self, fields: Any) -> pa.Table:
        return as_table(fields, self.fields)

    def __getstate__(self) -> dict[str, Any]:
        return {"config": self.config(), "state": self.state()}

    def __setstate__(self, saved: Mapping[str, Any]) -> None:
        self.__init__(**saved["config"])  # type: ignore[misc]
        if saved["state"]:
            self.restore(saved["state"])

    def __repr__(self) -> str:
        shown = ", ".join(f"{key}={value!r}" for key, value in self.config().items())
        return f"{type(self).__name__}({shown})"
