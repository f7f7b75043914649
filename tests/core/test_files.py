"""Files are whole or as they were before; what the disk refuses is one sentence."""

from __future__ import annotations

import errno
import os

import pytest

from asklearn.core.errors import StorageError
from asklearn.core.files import replacing, storage_errors, write_whole


def test_a_block_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    path = tmp_path / "a.txt"
    write_whole(path, b"old")
    with pytest.raises(ZeroDivisionError), replacing(path) as temporary:
        temporary.write_bytes(b"half of the new" * (1 // 0))
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "read-only"), (errno.EACCES, "permissions")],
)
def test_the_disk_says_why_in_one_sentence(number, said):
    with pytest.raises(StorageError, match=said) as caught, storage_errors("labels.csv"):
        raise OSError(number, os.strerror(number))
    assert "labels.csv" in caught.value.sentence


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(StorageError, match="not there"):
        write_whole(tmp_path / "nowhere" / "a.txt", b"")
