"""Bringing an older store up to date: one Alembic revision for each schema number."""

from __future__ import annotations

from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def upgrade(connection: Connection, *, since: int) -> None:
    """Run the revisions after schema ``since``, inside the caller's transaction.

    The number of the schema lives in ``PRAGMA user_version``, so Alembic's own table is not needed.
    """
    script = ScriptDirectory(str(Path(__file__).parent))
    newest_first = script.iterate_revisions("head", f"{since:04d}" if since else "base")
    with Operations.context(MigrationContext.configure(connection)):
        for revision in reversed(list(newest_first)):
            revision.module.upgrade()
