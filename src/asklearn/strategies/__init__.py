"""What to ask next: scorers, filters and pickers, pipelines of them, and policies that choose among those.

Every strategy works in a project (``strategy="margin"``, ``strategy=Margin() | Top(n=500)``) and on plain
arrays (`pick`). A new one is a file with a frozen dataclass, a line in `catalogue`, and a line here;
`asklearn.testing.check_strategy` says whether it keeps the contract.
"""

from asklearn.strategies.catalogue import (
    PARTS,
    STRATEGIES,
    Entry,
    check_needs,
    from_json,
    listing,
    strategy,
    workable,
)
from asklearn.strategies.filters.top import Top
from asklearn.strategies.methods.margin_clusters import MarginClusters
from asklearn.strategies.mixture import Mix, mix
from asklearn.strategies.parts import Choosing, Filter, Method, Part, Picker, Scorer
from asklearn.strategies.pickers.best import Best
from asklearn.strategies.pickers.diverse import Diverse
from asklearn.strategies.pickers.one_per_cluster import OnePerCluster
from asklearn.strategies.pickers.random import Random
from asklearn.strategies.picking import pick
from asklearn.strategies.pipeline import Pipeline
from asklearn.strategies.policies.auto import Auto
from asklearn.strategies.policies.policy import Evidence, Policy
from asklearn.strategies.scorers.entropy import Entropy
from asklearn.strategies.scorers.least_confidence import LeastConfidence
from asklearn.strategies.scorers.margin import DecisionMargin, Margin

__all__ = [
    "PARTS",
    "STRATEGIES",
    "Auto",
    "Best",
    "Choosing",
    "DecisionMargin",
    "Diverse",
    "Entropy",
    "Entry",
    "Evidence",
    "Filter",
    "LeastConfidence",
    "Margin",
    "MarginClusters",
    "Method",
    "Mix",
    "OnePerCluster",
    "Part",
    "Picker",
    "Pipeline",
    "Policy",
    "Random",
    "Scorer",
    "Top",
    "check_needs",
    "from_json",
    "listing",
    "mix",
    "pick",
    "strategy",
    "workable",
]
