"""From annotations to labels: whose answer counts, and what they settle on."""

from asklearn.quality.consensus import current_answers, majority, standing

__all__ = ["current_answers", "majority", "standing"]
