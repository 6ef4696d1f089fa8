"""What a clause is read in, and the scores from which the guide is taken to answer it.

What is said of the guide scores was measured on `tests/cases`, by the score alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from knowledge import Knowledge

from advisor.dialogue.acts import UserAct
from advisor.dialogue.prices import ELSEWHERE, charged
from advisor.dialogue.slots import Slot
from advisor.dialogue.state import DialogueState
from advisor.nlu.filters import FilterReader
from advisor.nlu.intents import Intents
from advisor.nlu.phrases import Token
from advisor.nlu.questions import Order
from advisor.nlu.reading import Reading

GUIDE_SURE = 0.68
"""Guide score from which a clause is taken as a guide question although it could also be read otherwise.
Half of the guide questions score as much, and 4 in 100 questions about a school's facts."""
GUIDE_CLEAR = 0.55
"""Guide score from which a clause is a guide question whatever the nearest examples say, unless an off-topic one
is nearer. Nine in ten guide questions score as much, and 2 in 100 off-topic lines."""
GUIDE_LIKELY = 0.43
"""Guide score from which a clause is a guide question where the examples speak for studying. 98 in 100 guide
questions score as much, and 7 in 100 off-topic lines."""

TASTES = frozenset(("interests", "priorities", "goal"))
"""The slots whose wishes order the programs and leave none out."""
SOFT = TASTES | {"gpa", "thesis"}
"""Those, and the slots that are often told in passing: alone they do not make a clause a wish."""

SOCIAL = ("greet", "thanks", "goodbye", "identity", "praise", "rude", "agree", "refuse", "person", "odds")
"""The intents that ask for nothing in the knowledge."""

Guide = Callable[[str], tuple[float, str]]
"""For a text, the score and the id of what answers it best."""
Within = Callable[[str, str], float]
"""For a program's id and a text, the score of the program's best passage; of any program's for an empty id."""
Superlative = Callable[[Sequence[Token]], tuple[str, Order] | None]
"""For a text, the field of its superlative and the order in which the best comes first."""

WITHIN = 0.36
"""Score of a school's own passage from which a question naming the school is about it, however it is put."""


@dataclass(frozen=True)
class Context:
    """What a clause is read in: the talk so far, and the clauses before it in the same message.

    `before` are the programs of the clause before, `acts` all acts that were made of the message so far.
    `choosing`: the message asks for schools to choose from ("what fits", "which ones", "recommend something").
    """

    knowledge: Knowledge
    slots: Mapping[str, Slot]
    state: DialogueState
    guide: Guide
    topic: Guide
    within: Within
    intents: Intents
    filters: FilterReader
    superlative: Superlative
    before: tuple[str, ...] = ()
    acts: tuple[UserAct, ...] = ()
    choosing: bool = False

    def charged(self, program: str) -> bool:
        """Whether the record gives what a program charges a year."""
        return bool(charged(self.knowledge.program(program), ELSEWHERE, self.knowledge))


Interpreter = Callable[[Reading, Context], list[UserAct] | None]
"""What a clause does, or None to pass it on."""
