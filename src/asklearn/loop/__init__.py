"""One turn of the loop as pure functions: state in, state out; no files, no store."""

from asklearn.loop.learning import Learned, learn
from asklearn.loop.material import Material
from asklearn.loop.pace import retrain_after
from asklearn.loop.ranking import rank
from asklearn.loop.state import Config, Known, State
from asklearn.loop.step import step

__all__ = ["Config", "Known", "Learned", "Material", "State", "learn", "rank", "retrain_after", "step"]
