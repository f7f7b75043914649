"""Making the tables, and bringing older ones up to date."""

from __future__ import annotations

from sqlalchemy import Connection, insert

from asklearn.core.errors import StorageError, VersionMismatch
from asklearn.store import tables


def ensure(connection: Connection, place: str) -> None:
    """Make the tables in an empty database; migrate older ones.

    Alembic is imported only when the schema number differs.

    Raises
    ------
    VersionMismatch
        When a newer asklearn made it.
    StorageError
        When the file holds something else.
    """
    found = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if found == tables.SCHEMA:
        return
    if found > tables.SCHEMA:
        raise VersionMismatch(
            f"{place} was made by a newer asklearn (schema {found}, this one knows {tables.SCHEMA}); "
            "upgrade asklearn to open it."
        )
    empty = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one() == 0
    if found == 0 and not empty:
        raise StorageError(f"{place} is a database of something else; give the project a folder of its own.")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    if empty:
        tables.metadata.create_all(connection, checkfirst=False)
        connection.execute(insert(tables.counters).values(id=1, seq=0, head=0))
    else:
        from asklearn.store.migrations import upgrade

        upgrade(connection, since=found)
    connection.exec_driver_sql(f"PRAGMA user_version = {tables.SCHEMA}")
    connection.exec_driver_sql("COMMIT")
