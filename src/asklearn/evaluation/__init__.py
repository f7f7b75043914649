"""How good the model is, with an interval and what the figure rests on."""

from asklearn.evaluation.agreement import cohen_kappa
from asklearn.evaluation.metrics import accuracy, macro_f1, observe, wilson

__all__ = ["accuracy", "cohen_kappa", "macro_f1", "observe", "wilson"]
