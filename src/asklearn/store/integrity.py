"""What must hold in a store, and a copy of one."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from sqlalchemy import Connection

from asklearn.core.errors import InputError
from asklearn.store.failures import storage_errors

#: Each counts what is wrong; 0 when all is well.
_RULES = {
    "{n} events are missing from the sequence.": """
        SELECT c.seq - (SELECT count(*) FROM events WHERE seq BETWEEN 1 AND c.seq) FROM counters c""",
    "{n} events are numbered beyond the counter.": """
        SELECT count(*) FROM events WHERE seq > (SELECT seq FROM counters) OR seq < 1""",
    "{n} annotations have no event of their own.": """
        SELECT count(*) FROM annotations a LEFT JOIN events e ON e.seq = a.seq AND e.kind = 'annotation'
        AND e.subject = a.item WHERE e.seq IS NULL""",
    "{n} annotation events have lost their annotation.": """
        SELECT count(*) FROM events e LEFT JOIN annotations a ON a.seq = e.seq
        WHERE e.kind = 'annotation' AND a.seq IS NULL AND e.body <> '{"forgotten":true}'""",
    "{n} annotations stand although they were corrected or taken back.": """
        SELECT count(*) FROM annotations a JOIN annotations b ON b.supersedes = a.key AND b.item = a.item
        WHERE a.current""",
    "{n} items have two open queries.": """
        SELECT count(*) FROM (SELECT item FROM queries WHERE state IN ('queued', 'leased', 'pushed')
        GROUP BY item HAVING count(*) > 1)""",
    "{n} queries are answered without an answer.": """
        SELECT count(*) FROM queries q WHERE q.state = 'answered'
        AND NOT EXISTS (SELECT 1 FROM annotations a WHERE a.item = q.item)""",
    "{n} queries are leased to nobody.": """
        SELECT count(*) FROM queries q WHERE q.state = 'leased'
        AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.query = q.number)""",
    "{n} leases are of queries that are not open.": """
        SELECT count(*) FROM claims c JOIN queries q ON q.number = c.query WHERE q.state <> 'leased'""",
    "{n} labels are of unknown items.": """
        SELECT count(*) FROM labels l LEFT JOIN items i ON i.id = l.item WHERE i.id IS NULL""",
}


def check(connection: Connection) -> list[str]:
    """See `asklearn.core.protocols.Store.check`."""
    found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    wrong = [f"The database is damaged: {line}." for line in found if line != "ok"]
    strays = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    wrong += [f"A row of {row[0]} refers to a missing row of {row[2]}." for row in strays]
    for sentence, rule in _RULES.items():
        if n := connection.exec_driver_sql(rule).scalar_one():
            wrong.append(sentence.format(n=n))
    return wrong


def backup(connection: Connection, path: str) -> None:
    """See `asklearn.core.protocols.Store.backup`; the copy appears whole or not at all."""
    target = Path(path)
    if target.exists():
        raise InputError(f"{target} exists already; name a new file for the backup.")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    with storage_errors(str(target)):
        try:
            _copy(connection, part)
            part.replace(target)
            _sync(target.parent, os.O_RDONLY)
        finally:
            part.unlink(missing_ok=True)


def _copy(connection: Connection, part: Path) -> None:
    copy = sqlite3.connect(part)
    try:
        driver: sqlite3.Connection = connection.connection.dbapi_connection  # type: ignore[assignment]
        driver.backup(copy)  # all pages in one step: one snapshot, and writers go on
    finally:
        copy.close()
    _sync(part, os.O_RDWR)


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
