"""Label names as words, for an encoder to read."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from asklearn.core.protocols import Encoder, Task

_JOINTS = re.compile(r"[_\-./\\|:+&#]+")
_HUMP = re.compile(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ])(?=[A-ZÀ-Þ][a-zà-ÿ])")
_PLACEHOLDER = re.compile(
    r"(?:(?:label|class|category|topic|cluster|group|type|tag)\s*)?[\d\W]*", re.IGNORECASE
)


def words_of(name: str) -> str:
    """A label's name in words: ``card_payment``, ``cardPayment``, ``card-payment`` become "card payment".

    A name that says nothing, such as ``3`` or ``LABEL_0``, becomes an empty text.

    Examples
    --------
    >>> words_of("pending_cardPayment")
    'pending card payment'
    >>> words_of("LABEL_0")
    ''
    """
    words = _HUMP.sub(" ", _JOINTS.sub(" ", name))
    words = " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in words.split())
    return "" if _PLACEHOLDER.fullmatch(words) else words


def described(task: Task) -> list[str]:
    """For each label, its name in words, followed by its description if it has one."""
    notes = {one.id: one.description for one in getattr(task, "options", ())}
    texts = []
    for one in task.classes:
        parts = (words_of(str(task.display(one))), notes.get(one, "").strip())
        texts.append(": ".join(part for part in parts if part))
    return texts


def name_vectors(task: Task, encoders: Mapping[str, Encoder]) -> NDArray[np.float32] | None:
    """What the first dense encoder makes of the labels, shape (n_classes, d); None without such an encoder.

    A label whose name says nothing has a row of zeros.
    """
    dense = next((one for one in encoders.values() if not one.sparse), None)
    if dense is None:
        return None
    texts = described(task)
    fields = getattr(dense, "fields", ("text",))
    rows = [{name: text if place == 0 else "" for place, name in enumerate(fields)} for text in texts]
    vectors = np.asarray(dense.transform(rows), dtype=np.float32)
    vectors[[not text for text in texts]] = 0.0
    return vectors
