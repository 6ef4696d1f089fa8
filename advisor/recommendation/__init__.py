"""Which programs fit a profile, in what order and why; what a small change would let in; what to ask next."""

from advisor.recommendation.asking import next_question
from advisor.recommendation.matching import match
from advisor.recommendation.ranking import Ranker, read_criteria
from advisor.recommendation.relaxing import near_misses

__all__ = ["Ranker", "match", "near_misses", "next_question", "read_criteria"]
