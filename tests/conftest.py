"""What all tests share: data sets that are not bundled, and how a missing one is said."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# How long one example takes says something about a busy machine, and nothing about the code.
settings.register_profile("asklearn", deadline=None)
settings.load_profile("asklearn")

CHECKOUT = Path(__file__).resolve().parents[1]


def _data_folder() -> Path | None:
    """The folder of shared data sets: where ASKLEARN_DATA points, or ``shared/data`` beside the checkout."""
    named = os.environ.get("ASKLEARN_DATA")
    folder = Path(named) if named else CHECKOUT.parent / "shared" / "data"
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def shared_data() -> Callable[..., Path]:
    """A function from the parts of a path to a file or folder of the shared data sets.

    ``shared_data("trec6", "train.csv")`` skips the test when it is not there, saying why;
    with ASKLEARN_REQUIRE_DATA=1 it fails instead.
    """

    def find(*parts: str) -> Path:
        folder = _data_folder()
        wanted = folder.joinpath(*parts) if folder else None
        if wanted is not None and wanted.exists():
            return wanted
        name = "/".join(parts)
        reason = f"the shared data set {name} is not here; point ASKLEARN_DATA to the folder of data sets"
        if os.environ.get("ASKLEARN_REQUIRE_DATA") == "1":
            pytest.fail(reason)
        pytest.skip(reason)

    return find
