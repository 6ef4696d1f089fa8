"""Words that point at something said before → program ids: "it", "both", "the second one", "the cheaper one"."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.dialogue.state import DialogueState
from advisor.nlu.phrases import Phrases, Token

ONE = (
    "it", "its", "it's", "that", "that one", "this one", "that school", "this school", "the school", "that program",
    "this program", "the program", "that university", "this university", "the university", "they", "their", "them",
    "there", "that place", "the same school", "that college", "this", "whats it", "the first school you named",
)  # fmt: skip
ALL = (
    "both", "both of them", "these", "those", "these schools", "those schools", "all of them", "all three", "them all",
    "those two", "these two", "the two", "the three", "those three", "these three", "each of them", "all of these",
    "all of those", "those programs", "these programs", "each", "any of them", "any of those", "any of these",
    "of them", "of these", "of those", "which of them", "between them", "the pair", "all five", "all four", "the list",
)  # fmt: skip
OTHER = ("the other one", "the other", "other one", "the other school")
LAST = ("the last one", "the last", "last one")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_phrases: Phrases[tuple[str, int]] = Phrases(
    [
        *((p, ("one", 0)) for p in ONE),
        *((p, ("all", 0)) for p in ALL),
        *((p, ("other", 0)) for p in OTHER),
        *((p, ("last", 0)) for p in LAST),
        *(
            (form, ("nth", n))
            for n, word in enumerate(ORDINALS, 1)
            for form in (
                f"the {word} one", f"{word} one", f"the {word} school", f"the {word} program", f"the {word} option",
                f"{word} option", f"the {word}", f"{word} school", f"{word} on the list", f"the {n}th one",
            )
        ),
        *((f"the {n}{s} one", ("nth", n)) for n, s in ((1, "st"), (2, "nd"), (3, "rd"))),
        *((f"{n}{s} one", ("nth", n)) for n, s in ((1, "st"), (2, "nd"), (3, "rd"), (4, "th"), (5, "th"))),
        *((f"number {n}", ("nth", n)) for n in range(1, 6)),
        *((f"option {n}", ("nth", n)) for n in range(1, 6)),
        *((f"number {w}", ("nth", n)) for n, w in enumerate(NUMBERS, 1)),
        *((f"the first {w}", ("head", n)) for n, w in enumerate(NUMBERS, 1)),
        *((f"first {w}", ("head", n)) for n, w in enumerate(NUMBERS, 1)),
        *((f"the top {w}", ("head", n)) for n, w in enumerate(NUMBERS, 1)),
        *((f"the first {n}", ("head", n)) for n in range(2, 6)),
    ]
)  # fmt: skip


def refer(tokens: Sequence[Token], state: DialogueState) -> tuple[str, ...]:
    """The programs that the text points at; () when it points at nothing, or there is nothing to point at.

    Ordinals count through what the last reply named; "it" is what was talked about last; "both" and
    "those" are all that the last reply was about.
    """
    found: list[str] = []
    named = state.mentioned or state.shortlist
    for span in _phrases.find(tokens):
        kind, n = span.values[0]
        if kind == "nth":
            listed = state.shortlist if len(named) < 2 and len(state.shortlist) > 1 else named
            found += listed[n - 1 : n]
        elif kind == "head":
            found.extend(named[:n])
        elif kind == "last" and named:
            found.append(named[-1])
        elif kind == "other":
            found.extend(_others(state))
        elif kind == "all":
            found.extend(_all(state))
        elif kind == "one" and state.focus:
            found.extend(state.focus if len(state.focus) == 1 else state.focus[:1])
    return tuple(dict.fromkeys(found))


def points(tokens: Sequence[Token]) -> bool:
    """Whether the text holds a word that points at something said before."""
    return bool(_phrases.find(tokens))


def _all(state: DialogueState) -> tuple[str, ...]:
    if len(state.focus) == 1 and state.last == "facts" and len(state.mentioned) < 2 and len(state.recent) > 1:
        return state.recent  # asked of one after the other: "tuition at CMU?", "and NYU?", "which of them is cheaper?"
    return (
        state.focus
        if len(state.focus) > 1
        else (state.mentioned if len(state.mentioned) > 1 else state.shortlist or state.focus)
    )


def _others(state: DialogueState) -> tuple[str, ...]:
    """What was talked about beside the one in focus."""
    pool = state.mentioned if len(state.mentioned) > 1 else state.shortlist
    return tuple(p for p in pool if p not in state.focus[:1])
