"""Both pools, which must answer alike."""

from __future__ import annotations

import pyarrow as pa
import pytest

from asklearn.pool import MemoryPool, ShardedPool


def table(*rows, **extra):
    """Items from (id, text) pairs; ``extra`` are further columns."""
    columns = {"id": [one for one, _ in rows], "text": [text for _, text in rows], **extra}
    return pa.table(
        {
            name: values if isinstance(values, pa.Array) else pa.array(values)
            for name, values in columns.items()
        }
    )


@pytest.fixture(params=["memory", "shards"])
def make_pool(request, tmp_path):
    """A function that makes an empty pool; each call another one."""
    made = []

    def make(content=("text",)):
        made.append(None)
        if request.param == "memory":
            return MemoryPool(content)
        return ShardedPool(tmp_path / f"pool-{len(made)}", content)

    return make


@pytest.fixture
def pool(make_pool):
    return make_pool()
