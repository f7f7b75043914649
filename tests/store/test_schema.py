"""The migrations make the same tables as the definitions."""

from __future__ import annotations

import re

from sqlalchemy import create_engine

from asklearn.store.migrations import upgrade
from asklearn.store.schema import ensure


def schema(make) -> dict[str, list[str]]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        make(connection)
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
    engine.dispose()
    return {name: sorted(re.findall(r"[^\s,]+", sql)) for name, sql in rows}


def test_all_revisions_together_make_the_present_schema():
    made = schema(lambda connection: upgrade(connection, since=0))
    assert made == schema(lambda connection: ensure(connection, "memory"))
