"""One server to a project, told by a lock that a killed process cannot leave behind."""

import subprocess
import sys

import pytest

from asklearn.app.holding import held, is_held
from asklearn.app.server.place import AlreadyServed, Running, only_server
from asklearn.core.errors import StorageError

HOLD = """
import sys, time
from pathlib import Path
from asklearn.app.server.place import Running, only_server
with only_server(Path(sys.argv[1])) as place:
    place.announce(Running(pid=1234, url="http://127.0.0.1:9", instance="i"))
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_server_is_told_where_the_first_is(tmp_path):
    with only_server(tmp_path) as place:
        place.announce(Running(pid=77, url="http://127.0.0.1:8765", instance="x"))
        with (
            pytest.raises(AlreadyServed, match=r"process 77, at http://127\.0\.0\.1:8765"),
            only_server(tmp_path),
        ):
            pass
    with only_server(tmp_path):
        pass


def test_while_the_first_one_starts_that_is_said(tmp_path):
    with only_server(tmp_path), pytest.raises(AlreadyServed, match="just starting"), only_server(tmp_path):
        pass


def test_a_killed_server_leaves_the_place_free(tmp_path):
    other = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE)
    with other:
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyServed, match="process 1234"), only_server(tmp_path):
            pass
        other.kill()
    with only_server(tmp_path):
        pass


def test_a_lock_file_tells_whether_it_is_held(tmp_path):
    path = tmp_path / "some.lock"
    assert not is_held(path)
    with held(path) as file:
        assert file is not None
        assert is_held(path)
    assert not is_held(path)


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    with pytest.raises(StorageError, match="cannot be written"), held(tmp_path / "gone" / "some.lock"):
        pass
