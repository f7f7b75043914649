"""Vectors that the pool holds already, and vectors that somebody's function makes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from asklearn.core.errors import InputError
from asklearn.models.encoders.base import BaseEncoder
from asklearn.models.fields import VECTOR, vectors_of


class VectorEncoder(BaseEncoder):
    """The vectors of a pool of arrays, as they are.

    Parameters
    ----------
    fields : sequence of str
        The one column that holds them.

    Examples
    --------
    >>> import numpy as np
    >>> VectorEncoder().transform(np.ones((3, 4))).shape
    (3, 4)
    """

    kind: ClassVar[str] = "vector"

    def __init__(self, fields: Sequence[str] = (VECTOR,)) -> None:
        super().__init__(fields)
        if len(self.fields) != 1:
            raise InputError(f"Vectors are read from one column; got {list(self.fields)!r}.")

    def transform(self, fields: Any) -> NDArray[np.float32]:
        """The vectors, shape (n, d), float32."""
        return vectors_of(self._table(fields), self.fields[0])


class FunctionEncoder(BaseEncoder):
    """Vectors made by any function of texts: a model of your own, or of sentence-transformers.

    Parameters
    ----------
    fields : sequence of str
        Text columns; several are joined by line breaks.
    function : callable or str
        From a list of str to an array of shape (n, d). ``"module:name"`` imports it on first use, and
        then the encoder can be saved; an object with a method ``encode`` serves too.
    label : str
        Its name among the encoders of a project; by default the function's own.
    revision : str
        Say another one when the function starts to answer differently, so that features are made anew.
    """

    kind: ClassVar[str] = "function"

    def __init__(
        self, fields: Sequence[str], function: Callable[..., Any] | str, label: str = "", revision: str = "1"
    ) -> None:
        super().__init__(fields)
        self.path = function if isinstance(function, str) else _path(function)
        self._function = None if isinstance(function, str) else function
        self.label = label or self.path.rpartition(":")[2].rpartition(".")[2]
        self.revision = revision

    @property
    def name(self) -> str:
        """The label given, or the function's name."""
        return self.label

    def config(self) -> dict[str, Any]:
        """Import path and revision."""
        return {
            "fields": list(self.fields), "function": self.path, "label": self.label, "revision": self.revision
        }  # fmt: skip

    def transform(self, fields: Any) -> NDArray[np.float32]:
        """What the function answers, shape (n, d), float32.

        Raises
        ------
        InputError
            When it answers anything but one row for each text.
        """
        texts = self._texts(fields)
        if not texts:
            return self.transform([dict.fromkeys(self.fields, "")])[:0]
        if self._function is None:
            self._function = _imported(self.path)
        call = getattr(self._function, "encode", self._function)
        vectors = np.asarray(call(texts), dtype=np.float32)
        if vectors.ndim != 2 or len(vectors) != len(texts):
            raise InputError(
                f"The encoder {self.name!r} answered an array of shape {vectors.shape} for {len(texts)} "
                "texts; it must give one row for each."
            )
        return vectors


def _path(function: Any) -> str:
    kind = function if hasattr(function, "__qualname__") else type(function)
    return f"{kind.__module__}:{kind.__qualname__}"


def _imported(path: str) -> Any:
    module, _, name = path.partition(":")
    try:
        found = import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError) as error:
        raise InputError(
            f"The encoder {path!r} cannot be imported here: {error}. Write it as 'module:name'."
        ) from None
    return found
