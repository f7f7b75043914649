"""The tables, as SQLAlchemy Core sees them. A change here needs a revision in ``migrations``."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

#: Number of this schema; kept in ``PRAGMA user_version``.
SCHEMA = 1

metadata = MetaData()

#: One row: the newest event's seq, and the head of the queue (`asklearn.store.queue`).
counters = Table(
    "counters",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("head", Integer, nullable=False),
)

#: Only items that were asked, are queued, or are labelled.
items = Table(
    "items",
    metadata,
    Column("id", String, primary_key=True),
    Column("row", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("origin", String, nullable=False),
    Column("content", LargeBinary, index=True),  # hash of the fields; null without fields
    Column("fields", Text, nullable=False),
)

#: ``turn`` is the place in the queue: the head's place when it was queued, plus the rank.
queries = Table(
    "queries",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("item", ForeignKey("items.id"), nullable=False, index=True),
    Column("purpose", String, nullable=False),
    Column("state", String, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("overlap", Integer, nullable=False),
    Column("session", String),
    Column("queued_at", BigInteger, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("detail", Text, nullable=False),
    Index("ix_queries_state_turn", "state", "turn"),
    sqlite_autoincrement=True,
)

#: Who holds a query now, and until when.
claims = Table(
    "claims",
    metadata,
    Column("query", ForeignKey("queries.number"), primary_key=True),
    Column("annotator", String, primary_key=True),
    Column("session", String, nullable=False),
    Column("until", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

#: Append-only but for ``current``, which says whether it stands.
annotation_table = Table(
    "annotations",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("key", String, nullable=False, unique=True),
    Column("body", LargeBinary, nullable=False),  # hash of what makes a retry the same answer
    Column("item", ForeignKey("items.id"), nullable=False),
    Column("annotator", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("value", Text, nullable=False),
    Column("query", String),
    Column("revision", Integer, nullable=False),
    Column("task_version", Integer, nullable=False),
    Column("guideline_version", Integer, nullable=False),
    Column("suggestion", Text),
    Column("seconds", Float),
    Column("answered_at", BigInteger, nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("source", String, nullable=False),
    Column("supersedes", String),
    Column("comment", Text),
    Column("current", Boolean, nullable=False),
    Index("ix_annotations_item_annotator", "item", "annotator"),
    Index("ix_annotations_annotator_seq", "annotator", "seq"),
    Index("ix_annotations_flag", "current", sqlite_where=text("kind = 'flag'")),
    Index("ix_annotations_supersedes", "supersedes", sqlite_where=text("supersedes IS NOT NULL")),
)

labels = Table(
    "labels",
    metadata,
    Column("item", String, primary_key=True),
    Column("value", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("state", String, nullable=False),
    Column("since", BigInteger, nullable=False),
)

rounds = Table(
    "rounds",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("kind", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("subject", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("body", Text, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String, primary_key=True),
    Column("holder", String, nullable=False),
    Column("until", BigInteger, nullable=False),
)

memory = Table(
    "memory",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)
