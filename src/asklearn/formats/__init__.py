"""Files and frames, both ways: items in, labels out. One file for each format."""

from __future__ import annotations

from asklearn.formats.reading import Reading, read

__all__ = ["Reading", "read"]
