"""A real project behind a real server on a real port, and a browser that visits it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.server.sites import Browser, Site, make_project, running


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("original") / "messages")


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "messages"))


@pytest.fixture
def site(folder: Path) -> Iterator[Site]:
    with running(folder) as one:
        yield one


@pytest.fixture
def ana(site: Site) -> Browser:
    return site.browser("ana")
