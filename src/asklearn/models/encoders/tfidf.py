"""Words and character n-grams, weighted by how rare they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from asklearn.core.errors import NotReady
from asklearn.core.view import Matrix
from asklearn.models.encoders.base import BaseEncoder, State

WORDS = {"ngram_range": (1, 2), "token_pattern": r"(?u)\b\w+\b"}
CHARACTERS = {"analyzer": "char_wb", "ngram_range": (2, 5)}


class TfidfEncoder(BaseEncoder):
    """TF-IDF of words (one and two) beside TF-IDF of characters (two to five within a word).

    Each half has unit length, so a text has length √2. Term counts are damped to 1 + log(count).

    Parameters
    ----------
    fields : sequence of str
        Text columns; several are joined by line breaks.
    words, characters : int
        At most so many terms of each kind, the most frequent of the sample.
    cut : int
        Only the first so many characters are read.

    Examples
    --------
    >>> encoder = TfidfEncoder(["body"]).fit(["late delivery", "card refused"])
    >>> encoder.transform(["the card was late"]).shape[0]
    1
    """

    kind: ClassVar[str] = "tfidf"
    learns: ClassVar[bool] = True
    sparse: bool = True

    def __init__(
        self, fields: Sequence[str], words: int = 50_000, characters: int = 100_000, cut: int = 20_000
    ) -> None:
        super().__init__(fields)
        self.words, self.characters, self.cut = words, characters, cut
        self._halves: list[_Half] = []

    def config(self) -> dict[str, Any]:
        """Fields and bounds."""
        return {
            "fields": list(self.fields), "words": self.words, "characters": self.characters, "cut": self.cut
        }  # fmt: skip

    def fit(self, sample: Any) -> Self:
        """Learn the terms and their rarity from a sample of items."""
        texts = self._texts(sample, self.cut)
        self._halves = [
            _Half.learn(WORDS, texts, self.words),
            _Half.learn(CHARACTERS, texts, self.characters),
        ]
        self.sample_size, self._version = len(texts), None
        return self

    def transform(self, fields: Any) -> Matrix:
        """TF-IDF of each item, CSR float32, shape (n, terms)."""
        if not self._halves:
            raise NotReady("The TF-IDF encoder has not seen a sample yet; call fit first.")
        texts = self._texts(fields, self.cut)
        from scipy.sparse import hstack

        return hstack([half.transform(texts) for half in self._halves], format="csr")

    def state(self) -> State:
        """Terms as UTF-8, one a line, and their weights."""
        if not self._halves:
            return {}
        words, characters = self._halves
        return {
            "words": words.bytes(), "words_idf": words.idf,
            "characters": characters.bytes(), "characters_idf": characters.idf,
            "sample_size": np.array(self.sample_size),
        }  # fmt: skip

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        """Take back what `state` gave."""
        self._halves = [
            _Half(WORDS, _terms(state["words"]), state["words_idf"]),
            _Half(CHARACTERS, _terms(state["characters"]), state["characters_idf"]),
        ]
        self.sample_size, self._version = int(state["sample_size"]), None


class HashedTfidfEncoder(BaseEncoder):
    """TF-IDF of hashed words and character n-grams: no vocabulary, any size of pool, bounded memory.

    The fall-back above 100,000 items when no sentence encoder serves; collisions cost a little accuracy.

    Parameters
    ----------
    fields : sequence of str
    bits : int
        Each half has ``2 ** bits`` columns.
    cut : int
        Only the first so many characters are read.
    """

    kind: ClassVar[str] = "hashed"
    learns: ClassVar[bool] = True
    sparse: bool = True

    def __init__(self, fields: Sequence[str], bits: int = 17, cut: int = 2_000) -> None:
        super().__init__(fields)
        self.bits, self.cut = bits, cut
        self._idf: list[NDArray[np.float32]] = []

    def config(self) -> dict[str, Any]:
        """Fields, width and cut."""
        return {"fields": list(self.fields), "bits": self.bits, "cut": self.cut}

    def fit(self, sample: Any) -> Self:
        """Learn how rare each hashed term is from a sample of items."""
        texts = self._texts(sample, self.cut)
        self._idf = [_idf(self._counts(how, texts)) for how in (WORDS, CHARACTERS)]
        self.sample_size, self._version = len(texts), None
        return self

    def transform(self, fields: Any) -> Matrix:
        """TF-IDF of each item, CSR float32, shape (n, 2 ** (bits + 1))."""
        if not self._idf:
            raise NotReady("The hashed TF-IDF encoder has not seen a sample yet; call fit first.")
        texts = self._texts(fields, self.cut)
        halves = [
            _weigh(self._counts(how, texts), idf)
            for how, idf in zip((WORDS, CHARACTERS), self._idf, strict=True)
        ]
        from scipy.sparse import hstack

        return hstack(halves, format="csr")

    def state(self) -> State:
        """The weights of both halves."""
        if not self._idf:
            return {}
        words, characters = self._idf
        return {
            "words_idf": words, "characters_idf": characters, "sample_size": np.array(self.sample_size)
        }  # fmt: skip

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        """Take back what `state` gave."""
        self._idf = [state["words_idf"], state["characters_idf"]]
        self.sample_size, self._version = int(state["sample_size"]), None

    def _counts(self, how: Mapping[str, Any], texts: list[str]) -> Matrix:
        from scipy.sparse import csr_matrix
        from sklearn.feature_extraction.text import HashingVectorizer

        if not texts:
            return csr_matrix(np.zeros((0, 2**self.bits), dtype=np.float32))
        hashing = HashingVectorizer(
            **how, n_features=2**self.bits, alternate_sign=False, norm=None, dtype=np.float32
        )
        return hashing.transform(texts)


class _Half:
    """One vocabulary and its weights."""

    def __init__(self, how: Mapping[str, Any], terms: list[str], idf: NDArray[np.float32]) -> None:
        from sklearn.feature_extraction.text import CountVectorizer

        self.terms, self.idf = terms, idf
        places = {term: place for place, term in enumerate(terms)}
        self._counter = CountVectorizer(**how, vocabulary=places, dtype=np.float32) if terms else None

    @classmethod
    def learn(cls, how: Mapping[str, Any], texts: list[str], at_most: int) -> _Half:
        from sklearn.feature_extraction.text import CountVectorizer

        counter = CountVectorizer(**how, max_features=at_most, dtype=np.float32)
        try:
            counts = counter.fit_transform(texts)
        except ValueError:  # not one word in the whole sample
            return cls(how, [], np.empty(0, dtype=np.float32))
        return cls(how, counter.get_feature_names_out().tolist(), _idf(counts))

    def transform(self, texts: list[str]) -> Matrix:
        if self._counter is None:
            from scipy.sparse import csr_matrix

            return csr_matrix(np.zeros((len(texts), 0), dtype=np.float32))
        return _weigh(self._counter.transform(texts), self.idf)

    def bytes(self) -> NDArray[np.uint8]:
        return np.frombuffer("\n".join(self.terms).encode("utf-8", "surrogatepass"), dtype=np.uint8)


def _terms(raw: NDArray[np.uint8]) -> list[str]:
    text = raw.tobytes().decode("utf-8", "surrogatepass")
    return text.split("\n") if text else []


def _idf(counts: Matrix) -> NDArray[np.float32]:
    """Smoothed inverse document frequency, as if one more document held every term."""
    n, width = counts.shape
    seen = np.bincount(counts.indices, minlength=width)
    weights: NDArray[np.float32] = (np.log((1 + n) / (1 + seen)) + 1).astype(np.float32)
    return weights


def _weigh(counts: Matrix, idf: NDArray[np.float32]) -> Matrix:
    counts.data = (1 + np.log(counts.data)) * idf[counts.indices]
    squares = np.add.reduceat(np.append(counts.data, 0.0) ** 2, np.minimum(counts.indptr[:-1], counts.nnz))
    squares[np.diff(counts.indptr) == 0] = 1.0
    counts.data = (counts.data / np.sqrt(np.repeat(squares, np.diff(counts.indptr)))).astype(np.float32)
    return counts
