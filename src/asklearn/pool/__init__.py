"""All items of a project: shards, ids, duplicates, and a cache of features for each encoder."""

from asklearn.pool.admission import Appended, OnChange
from asklearn.pool.features import FeatureCache
from asklearn.pool.memory import MemoryPool
from asklearn.pool.pool import Pool
from asklearn.pool.sharded import ShardedPool

__all__ = ["Appended", "FeatureCache", "MemoryPool", "OnChange", "Pool", "ShardedPool"]
