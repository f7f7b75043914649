"""``python -m asklearn.app.worker PROJECT``: how the server starts its worker."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path


def main() -> int:
    """Work until the end; exit code 2 when the project cannot be used, with one sentence."""
    from asklearn.core.errors import AsklearnError

    parser = argparse.ArgumentParser(prog="asklearn worker", description="Encodes, trains and ranks.")
    parser.add_argument("project", type=Path)
    parser.add_argument("--tied", action="store_true", help="end when standard input closes")
    given = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="asklearn worker: %(message)s")
    try:
        from asklearn.app.worker.working import work

        work(given.project, tied=given.tied)
    except AsklearnError as error:
        print(error.sentence, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
