"""Encoders by name, by object, and back from a folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from asklearn.core.errors import InputError, VersionMismatch
from asklearn.core.protocols import Encoder
from asklearn.core.registry import Registry

ENCODERS = Registry(
    "encoder",
    "asklearn.encoders",
    {
        "function": "asklearn.models.encoders.vector:FunctionEncoder",
        "hashed": "asklearn.models.encoders.tfidf:HashedTfidfEncoder",
        "sentence": "asklearn.models.encoders.sentence:SentenceEncoder",
        "tfidf": "asklearn.models.encoders.tfidf:TfidfEncoder",
        "vector": "asklearn.models.encoders.vector:VectorEncoder",
    },
)


def find_encoder(spec: Any, fields: Sequence[str] = ("text",)) -> Encoder:
    """An encoder of those fields.

    Parameters
    ----------
    spec : str, callable, or encoder
        A registered name, ``"module:function"``, a function of a list of texts, an object with a method
        ``encode``, or an encoder, which is returned as it is.
    fields : sequence of str
        Columns that it reads.

    Raises
    ------
    InputError
        When it is none of these.
    """
    if hasattr(spec, "transform") and hasattr(spec, "version"):
        found: Encoder = spec
        return found
    if isinstance(spec, str) and ":" not in spec:
        named: Encoder = ENCODERS.get(spec)(fields)
        return named
    if isinstance(spec, str) or callable(spec) or hasattr(spec, "encode"):
        made: Encoder = ENCODERS.get("function")(fields, spec)
        return made
    raise InputError(f"An encoder is a name, a function of texts, or an object with transform; got {spec!r}.")


def load_encoder(folder: str | Path) -> Encoder:
    """The encoder that was saved into a folder.

    Raises
    ------
    InputError
        When the folder holds none.
    VersionMismatch
        When today's code or package would encode differently.
    """
    place = Path(folder)
    try:
        about = json.loads((place / "encoder.json").read_text(encoding="utf-8"))
        with np.load(place / "state.npz", allow_pickle=False) as arrays:
            state = {name: arrays[name] for name in arrays.files}
    except (OSError, ValueError) as error:
        raise InputError(f"{place} holds no saved encoder: {error}.") from None
    build: Any = ENCODERS.get(about["kind"])
    if about["code"] != build.code:
        raise VersionMismatch(
            f"The features in {place} were made by code version {about['code']} of {about['kind']!r}, this "
            f"is {build.code}; they are made anew."
        )
    found = build(**about["config"])
    if state:
        found.restore(state)
    loaded: Encoder = found
    return loaded
