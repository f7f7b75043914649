"""The project's secret: made once, private, outliving restarts."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from asklearn.app.server.secret import project_secret
from asklearn.core.errors import InputError, StorageError


def test_it_stays_the_same_and_is_private(tmp_path):
    first = project_secret(tmp_path)
    assert len(first) == 32
    assert project_secret(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_many_at_once_agree_and_leave_nothing_behind(tmp_path):
    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(lambda _: project_secret(tmp_path), range(24)))) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_a_copy_that_others_may_read_is_made_private(tmp_path):
    project_secret(tmp_path)
    (tmp_path / "secret").chmod(0o644)
    project_secret(tmp_path)
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "no secret", "ab" * 8])
def test_a_file_without_a_secret_is_refused_with_what_to_do(tmp_path, text):
    (tmp_path / "secret").write_text(text)
    with pytest.raises(InputError, match="delete it"):
        project_secret(tmp_path)


def test_a_folder_that_is_gone_is_one_sentence(tmp_path):
    with pytest.raises(StorageError, match="cannot be used"):
        project_secret(tmp_path / "gone")
