"""What a label is: one file per kind of task."""

from asklearn.tasks.catalogue import TASKS, task_from_json
from asklearn.tasks.label_set import LabelOption
from asklearn.tasks.single_label import SingleLabel

__all__ = ["TASKS", "LabelOption", "SingleLabel", "task_from_json"]
