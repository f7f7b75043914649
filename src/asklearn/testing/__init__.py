"""Checks of the contracts between rooms, for our own classes and for those of users."""

from asklearn.testing.strategy import check_strategy

__all__ = ["check_strategy"]
