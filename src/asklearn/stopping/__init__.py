"""When to stop: rules that read rounds and return a verdict, joined by ``|`` (any) and ``&`` (all)."""

from asklearn.stopping.budget import Budget
from asklearn.stopping.combine import All, Any
from asklearn.stopping.rule import RULES, Rule, from_json
from asklearn.stopping.stable import Stable

__all__ = ["RULES", "All", "Any", "Budget", "Rule", "Stable", "from_json"]
