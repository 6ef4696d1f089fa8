"""What a clause does, by an ordered list of interpreters: the first that makes something of it wins.

Each takes the reading of a clause and its context, and returns user acts, or None to pass. Surest first:
the talk itself and names and fields that are known exactly, then the guide and examples by meaning.
"""

from advisor.nlu.interpreters.again import table_again
from advisor.nlu.interpreters.context import SOCIAL, Context, Guide, Interpreter, Within
from advisor.nlu.interpreters.costing import of_cost
from advisor.nlu.interpreters.distances import distances
from advisor.nlu.interpreters.follow import follow_up, of_the_focus
from advisor.nlu.interpreters.guide import asks_guide, by_example, far_off, from_the_guide, surely_the_guide
from advisor.nlu.interpreters.places import place_or_school
from advisor.nlu.interpreters.record import of_record
from advisor.nlu.interpreters.schools import one_school, several_schools
from advisor.nlu.interpreters.table import over_the_table, rows_of_a_place
from advisor.nlu.interpreters.talk import cue_of_clause, injected, of_the_source, reading_chosen, starts_over, why
from advisor.nlu.interpreters.unknowns import other_school, topic_by_meaning, uncovered_topic
from advisor.nlu.interpreters.which import than_a_school, which_school
from advisor.nlu.interpreters.wishing import critique, wishes

INTERPRETERS: tuple[Interpreter, ...] = (
    starts_over,
    injected,
    cue_of_clause,
    reading_chosen,
    of_the_source,
    distances,
    of_record,
    why,
    far_off,
    surely_the_guide,
    uncovered_topic,
    topic_by_meaning,
    than_a_school,
    other_school,
    several_schools,
    one_school,
    place_or_school,
    table_again,
    over_the_table,
    rows_of_a_place,
    of_the_focus,
    which_school,
    critique,
    wishes,
    follow_up,
    from_the_guide,
    by_example,
)

OF_THE_WHOLE: tuple[Interpreter, ...] = (of_cost,)
"""Interpreters of the message as a whole, asked first: what they read is told in several sentences."""

__all__ = ["INTERPRETERS", "OF_THE_WHOLE", "SOCIAL", "Context", "Guide", "Interpreter", "Within", "asks_guide"]
