"""The migrations make the same tables as the definitions."""

from __future__ import annotations

import re

from sqlalchemy import create_engine

from asklearn.store.migrations import upgrade
from asklearn.store.schema import ensure


def schema(make) -> dict[str, list[str]]:
    with create_engine("sqlite://").connect() as connection:
        make(connection)
        found = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
        )
        return {name: sorted(re.findall(r"[^\s,]+", sql)) for name, sql in found}


def test_all_revisions_together_make_the_present_schema():
    made = schema(lambda connection: upgrade(connection, since=0))
    assert made == schema(lambda connection: ensure(connection, "memory"))
