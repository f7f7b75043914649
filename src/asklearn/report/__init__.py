"""What is handed on: model cards."""

from asklearn.report.card import model_card

__all__ = ["model_card"]
