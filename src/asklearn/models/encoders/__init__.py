"""Encoders: from raw fields to features, the same for the same item for ever."""

from asklearn.models.encoders.catalogue import ENCODERS, find_encoder, load_encoder
from asklearn.models.encoders.sentence import SentenceEncoder
from asklearn.models.encoders.tfidf import HashedTfidfEncoder, TfidfEncoder
from asklearn.models.encoders.vector import FunctionEncoder, VectorEncoder

__all__ = [
    "ENCODERS",
    "FunctionEncoder",
    "HashedTfidfEncoder",
    "SentenceEncoder",
    "TfidfEncoder",
    "VectorEncoder",
    "find_encoder",
    "load_encoder",
]
