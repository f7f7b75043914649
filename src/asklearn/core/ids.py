"""Identities: keys of answers, and 64-bit hashes of ids and contents."""

from __future__ import annotations

import json
import os
import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from json.encoder import encode_basestring
from typing import Any

import numpy as np
from numpy.typing import NDArray


def new_key() -> str:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, then randomness; sorts by time."""
    milliseconds = time.time_ns() // 1_000_000
    raw = bytearray(milliseconds.to_bytes(6, "big") + os.urandom(10))
    raw[6] = (raw[6] & 0x0F) | 0x70
    raw[8] = (raw[8] & 0x3F) | 0x80
    return str(uuid.UUID(bytes=bytes(raw)))


def hash64(text: str) -> int:
    """The 64-bit BLAKE2b hash of a text, unsigned."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def hash_ids(ids: Iterable[str]) -> NDArray[np.uint64]:
    """``hash64`` of each id; shape (n,), uint64."""
    raw = b"".join(blake2b(one.encode("utf-8", "surrogatepass"), digest_size=8).digest() for one in ids)
    return np.frombuffer(raw, dtype="<u8").astype(np.uint64)


def canonical_json(value: Any) -> str:
    """JSON with sorted keys and no spaces: equal values give equal texts."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def content_id(fields: Mapping[str, Any]) -> str:
    """The id of an item without one: a hash of its fields, 16 hexadecimal digits."""
    return f"{hash64(canonical_json(dict(fields))):016x}"


def content_hashes(columns: Mapping[str, Sequence[Any]]) -> NDArray[np.uint64]:
    """The hash behind `content_id` for each row of some columns, without a dict for each row.

    Parameters
    ----------
    columns : mapping of str to sequence
        Columns of equal length as Python values; ``bytes`` (of vectors, say) are hashed as they are.

    Returns
    -------
    ndarray of shape (n,), uint64
    """
    names = sorted(columns)
    members = [
        [encode_basestring(value) if isinstance(value, str) else _json(value) for value in columns[name]]
        for name in names
    ]
    record = "{" + ",".join(encode_basestring(name).replace("%", "%%") + ":%s" for name in names) + "}"
    raw = b"".join(
        [
            blake2b((record % row).encode("utf-8", "surrogatepass"), digest_size=8).digest()
            for row in zip(*members, strict=True)
        ]
    )
    return np.frombuffer(raw, dtype="<u8").astype(np.uint64)


def _json(value: Any) -> str:
    return blake2b(value, digest_size=16).hexdigest() if isinstance(value, bytes) else canonical_json(value)
