"""Small real datasets that come with asklearn, each with its notice."""

from asklearn.datasets.bank_messages import create_demo, load_bank_messages

__all__ = ["create_demo", "load_bank_messages"]
