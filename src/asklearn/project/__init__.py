"""The project: a folder, its settings, and the durable loop. The one object most users touch."""

from asklearn.project.importing import ImportReport
from asklearn.project.project import Project
from asklearn.project.settings import Settings
from asklearn.project.status import Progress, Status
from asklearn.project.story import Story
from asklearn.project.tables import LabelTable
from asklearn.project.task_changes import TaskChange

__all__ = ["ImportReport", "LabelTable", "Progress", "Project", "Settings", "Status", "Story", "TaskChange"]
