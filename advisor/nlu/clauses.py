"""One message → the parts of it that each want an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Clause:
    """A part of a text, from `start` to `end` of it. `question`: it asks for something, "?" or not."""

    text: str
    start: int
    end: int
    question: bool


_SUBJECT = (
    r"(?:it|its|they|there|you|i|we|he|she|this|that|these|those|the|a|an|any|my|all"
    r"|both|either|students?|people|international|most)\b"
)
# After "is" these words go on with the clause before: "a school that is public and is in Texas".
_GOES_ON = (
    r"(?:in|at|on|near|not|under|over|below|above|less|more|private|public|online|cheap\w*"
    r"|affordable|stem|located|ranked|within|close|"
    r"good|great|open|also|still|around|about|between|offered|part|full|one|only|really"
    r"|very|too|well|known|n't)\b"
)
_BE = rf"(?:is|are|does|isn't|aren't|doesn't)\ (?!{_GOES_ON})(?=\w)"
_MODAL = (
    r"(?:do|did|can|could|should|would|will|was|were|am|may|shall|don't|didn't|can't"
    rf"|won't)\ (?={_SUBJECT})"
)
_HAVE = r"(?:has|have|had)\ (?=(?:it|they|there|you|i|we|he|she|any\ of)\b)"
_REQUEST = (
    r"(?:tell\ me|show(?:\ me)?\b|give\ me|list\b|compare\b|recommend\b|suggest\b|find(?:\ me)?\b"
    r"|explain\b|name\ (?:the|some|a|all|me)\b|"
    r"describe\b|help\ me|rank\ (?:the|them|these|my)\b|any\ (?:idea|suggestions?|advice"
    r"|chance|recommendations?)\b|let\ me\ know)"
)
_WH = (
    r"(?:what(?:'?s|'re)?|how(?:'?s)?|why|which|whose|whom|who(?:'s|\ is|\ are|\ works?"
    r"|\ teach\w*|\ leads?|\ runs?|\ hires?|\ else|\ gets?)|"
    r"where(?:'s|\ is|\ are|\ do|\ does|\ can|\ could|\ should|\ would|\ will|\ else)"
    r"|when(?:'s|\ is|\ are|\ do|\ does|\ can|\ should|\ will))\b"
)
_ASKS = rf"(?:{_WH}|{_BE}|{_MODAL}|{_HAVE}|{_REQUEST})"

# A connector, with the start of a new question right after it.
_JOINT = re.compile(
    rf"(?:,?\ (?:and|also|plus|but|then|or(?!\ whose\b)|&)|,|\ -)(?:\ (?:also|then|and|so|plus))?\ (?={_ASKS})",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:(?:ok|okay|so|and|also|hi|hey|hello|please|pls|plz|well|but|plus|then|btw|um"
    r"|uh|hm|or|yes|no|yeah|great|thanks|now|just|quick\ question)"
    r"\b[\ ,:!-]*){1,6}",
    re.IGNORECASE | re.VERBOSE,
)
_ASKING = re.compile(
    rf"(?:{_ASKS}|(?:where|when|who|is|are|does|do|did|can|could|should|would|will|has"
    r"|have|am|was|were)\b)",
    re.IGNORECASE | re.VERBOSE,
)
_ASKING_LATER = re.compile(rf"(?:[,:-]|\b(?:and|but|so|then|also|plus))\ +{_ASKS}", re.IGNORECASE | re.VERBOSE)
_WONDERING = re.compile(
    r"\b(?:wonder(?:ing)?|want to know|like to know|need to know|curious|any idea|suggest(?:ions?)?"
    r"|recommend(?:ations?)?|help me|"
    r"tell me|show me|looking for|do you know)\b",
    re.IGNORECASE,
)
# "BU or NEU, which is cheaper": the question is about what stands before it.
_LEANS_BACK = re.compile(
    r"(?:which(?:\ (?:one|of\ (?:them|these|those|the\ two)))?\ (?:is|are|has|have|should"
    r"|would|do|does|can|costs?)\b|which\ one\b"
    r"|(?:is|are|does|do|should|would|can|could|has|have)\ (?:it|they|i|these|those|either"
    r"|both)\b|who's\b|what's\ (?:better|cheaper))",
    re.IGNORECASE | re.VERBOSE,
)
_PERSONAL = re.compile(r"\b(?:i|i'm|i've|im|my|we|our)\b", re.IGNORECASE)
_CHOICE = re.compile(r"\ or\ |/|\bvs\b|\bversus\b", re.IGNORECASE | re.VERBOSE)

_NEVER_ENDS = frozenset(
    [
        "st", "vs", "e.g", "i.e", "eg", "ie", "dr", "prof", "mr", "mrs", "univ", "dept", "approx",
        "mt", "ft", "jr", "sr", "cf", "incl", "excl", "max", "min", "avg", "fig", "sec", "vol", "ca",
    ]
)  # fmt: skip
# These can end a sentence, and do when a question follows.
_MAY_END = re.compile(
    r"(?:(?:[^\W\d_]\.)+[^\W\d_]|ph\.?d|etc|inc|b\.?tech|m\.?tech|b\.?sc|m\.?sc|co|corp)$", re.IGNORECASE
)
_LAST_WORD = re.compile(r"[^\W_][\w.]*$")

_FLUFF = frozenset(
    [
        "lol", "haha", "hahaha", "lmao", "thanks", "thank", "you", "thx", "ty", "tysm", "please",
        "pls", "plz", "right", "ok", "okay", "tia", "cheers", "in", "advance", "so", "much", "a",
        "lot", "for", "the", "help", "your", "any", "appreciated", "man", "bro", "dude", "guys", "sir",
        "mam", "ma'am", "asap", "huh", "eh", "hehe", "xd", "kindly",
    ]
)  # fmt: skip
_NOT_TAILS = frozenset({"ok", "okay", "you", "for", "a", "in", "any", "your", "the", "so", "help", "man", "right"})
_WORDS = re.compile(r"[\w']+")

_END = re.compile(r"\n+|[?!]+[?!.]*|;+|\.+")
_MARK = re.compile(r"(?:^|(?<=\n))[ \t]*(?:[-*•·]+|\(?(?:\d{1,2}|[a-h])[.)])[ \t]+")
_INLINE = re.compile(r"(?<![\w(])\(?(\d{1,2}|[a-h])\)[ \t]*(?=\w)|(?<!\w)(\d{1,2})\.[ \t]+(?=[^\W\d])")


def split(text: str) -> tuple[Clause, ...]:
    """The clauses of a text in order: sentences, entries of a list, and questions joined by "and".

    >>> [c.text for c in split("how much is bu and how much is neu, both boston right")]
    ['how much is bu', 'how much is neu, both boston right']
    """
    spans = [part for start, end in _sentences(text) for part in _questions(text, start, end)]
    return tuple(Clause(text[start:end], start, end, _asks(text[start:end])) for start, end in _with_tails(text, spans))


# ---- sentences and lists -------------------------------------------------------------------------


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """The spans between ends of sentences, line breaks and marks of a list."""
    marks = {m.start(): m.end() for m in _MARK.finditer(text)} | _inline_marks(text)
    cuts = sorted(
        [(start, end) for start, end in marks.items()]
        + [(m.end(), m.end()) for m in _END.finditer(text) if _ends(text, m)]
    )
    begin = 0
    for start, end in [*cuts, (len(text), len(text))]:
        if start >= begin:
            yield from _stripped(text, begin, start)
            begin = end
        else:
            begin = max(begin, end)


def _inline_marks(text: str) -> dict[int, int]:
    """The marks of a list within a line, "1) … 2) …": only in order, from the first."""
    found: dict[int, int] = {}
    wanted = {"1": "1", "a": "a"}
    for m in _INLINE.finditer(text):
        mark = m[1] or m[2]
        kind = "1" if mark.isdigit() else "a"
        if mark == wanted[kind]:
            found[m.start()] = m.end()
            wanted[kind] = str(int(mark) + 1) if kind == "1" else chr(ord(mark) + 1)
    return found if len(found) > 1 else {}


_FIGURE = re.compile(r"\s*\d")
_NEXT_ASKS = re.compile(rf"\s*(?:(?:and|so|also|but)\ )?{_ASKS}", re.IGNORECASE | re.VERBOSE)


def _ends(text: str, m: re.Match[str]) -> bool:
    """Whether a mark ends a sentence; a dot in "3.0", "u.s." or "st. louis" does not."""
    if m.group() != ".":
        return True
    left = text[max(0, m.start() - 30) : m.start()]
    word = _LAST_WORD.search(left)
    last = word.group() if word else ""
    if m.end() < len(text) and not text[m.end()].isspace():
        # "thanks.what is …": a missing blank, unless it is a name or a figure.
        return len(last) > 2 and last.isalpha() and bool(_NEXT_ASKS.match(text, m.end()))
    if last.lower() in _NEVER_ENDS or last.lower() == "no" and _FIGURE.match(text, m.end()):
        return False
    if _MAY_END.fullmatch(last) or len(last) == 1 and last.isalpha():
        return bool(_NEXT_ASKS.match(text, m.end()))
    return not (last.isdigit() and len(last) <= 2 and _only_mark(text, m.start() - len(last)))


def _only_mark(text: str, start: int) -> bool:
    """Whether the number at `start` stands alone at the beginning of a line: it numbers an entry."""
    return not text[text.rfind("\n", 0, start) + 1 : start].strip()


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


# ---- questions within a sentence -----------------------------------------------------------------


def _questions(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, cut where a connector is followed by a question of its own."""
    begin = start
    for m in _JOINT.finditer(text, start, end):
        if m.start() < begin:
            continue
        left = text[begin : m.start()]
        if _stands_alone(left, text[m.end() : end], m.group()):
            yield from _stripped(text, begin, m.start())
            begin = m.end()
    yield from _stripped(text, begin, end)


def _stands_alone(left: str, right: str, joint: str) -> bool:
    """Whether what is left of a connector is a clause that the question on the right does not need."""
    if len(right.split()) < 2:  # "… or what"
        return False
    if _CHOICE.search(left) and _LEANS_BACK.match(right):
        return False
    if _is_question(left):
        return True
    told = len(left.split()) >= 3 and bool(_PERSONAL.search(left))
    return told and joint.strip() != "," and not _LEANS_BACK.match(right)


def _is_question(text: str) -> bool:
    opening = _OPENING.match(text)
    return bool(
        _ASKING.match(text, opening.end() if opening else 0) or _ASKING_LATER.search(text) or _WONDERING.search(text)
    )


def _asks(text: str) -> bool:
    return text.rstrip(" \"')").endswith("?") or "?" in text or _is_question(text)


# ---- tails ---------------------------------------------------------------------------------------


def _with_tails(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, with those that hold nothing ("lol", "thanks") joined to the one before."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and _is_tail(text[start:end]):
            joined[-1] = (joined[-1][0], end)
        elif joined and not _WORDS.search(text[joined[-1][0] : joined[-1][1]]):
            joined[-1] = (joined[-1][0], end)  # marks alone, before any word
        else:
            joined.append((start, end))
    return joined


def _is_tail(text: str) -> bool:
    found = {word.lower() for word in _WORDS.findall(text)}
    return found <= _FLUFF and (not found or not found <= _NOT_TAILS or found == {"right"})
