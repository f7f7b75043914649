"""Files and frames, both ways: items in, labels out. One file for each format."""

from __future__ import annotations

from asklearn.formats.reading import Reading, read
from asklearn.formats.writing import write

__all__ = ["Reading", "read", "write"]
