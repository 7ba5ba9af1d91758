"""How well the assistant answers questions whose answers are known."""

from assistant.evaluation.questions import Question, read_questions
from assistant.evaluation.report import as_table, scores_as_json
from assistant.evaluation.run import Detail, detail_as_json, run_questions
from assistant.evaluation.scores import GroupScores, Rate, Scores, evaluate, score

__all__ = [
    "Detail",
    "GroupScores",
    "Question",
    "Rate",
    "Scores",
    "as_table",
    "detail_as_json",
    "evaluate",
    "read_questions",
    "run_questions",
    "score",
    "scores_as_json",
]
