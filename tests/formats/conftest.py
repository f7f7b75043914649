"""A file from bytes or text, and what reading it gives."""

from __future__ import annotations

import pytest

from asklearn.formats import read


class Got:
    """All of a reading: items by field, labels, and what was said."""

    def __init__(self, reading):
        self.reading, self.labels, self.items = reading, [], {}
        for table in reading:
            self.labels += reading.labels_of(table)
            for name, values in reading.items_of(table).to_pydict().items():
                self.items.setdefault(name, []).extend(values)
        self.said = [error.sentence for error in reading.first_skipped]


@pytest.fixture
def path_of(tmp_path):
    """A function from content and a name to a file."""

    def make(content, name="tickets.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return make


@pytest.fixture
def got(path_of):
    """A function from content to what reading it gives."""

    def take(content, name="tickets.csv", file_encoding="utf-8", **how):
        return Got(read(path_of(content, name, file_encoding), **how))

    return take
