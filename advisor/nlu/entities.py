"""Names in a text → what they stand for: schools, places, companies, labs, people, degrees, roles.

The names come from the knowledge, so a new program is understood as soon as it is in the pack. Exact
names first (longest wins), then whole names that rapidfuzz finds nearly the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from knowledge import Knowledge, Place

from advisor.dialogue.own import KINDS
from advisor.nlu.phrases import Phrases, Span, Token, common_words, key, longest, norm

NEARLY = 88.0
"""rapidfuzz ratio (0 to 100) from which a name of several words counts as meant. Over the pack's names
with one random edit, 88 keeps 97 of 100. Some different schools are nearer than that (Northwestern and
Northeastern: 95.7), which is why a name that is there to the letter is never looked up nearly."""


CODE_LEAD = frozenset(("in", "from", "near", "outside", "leave", "leaving", "to"))
"""Words after which a state's code that is a word too is the state."""
NOT_AFTER_IN = frozenset(("me", "la", "hi", "id", "as", "de", "co", "al", "ok"))
"""Codes that are words even there: "to me", "in la" is Los Angeles."""


WORD_NEARLY, COMMON_NEARLY = 75, 85
"""What each word of a nearly right name must be alike: more where it is a word by itself ("find" is no Friend)."""


@dataclass(frozen=True)
class Entity:
    """What a name stands for. `id` is a program id, a place id, the other school's name, or the text itself."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


PLACES = frozenset(("state", "city", "region", "metro"))


def is_listed(entity: Entity) -> bool:
    """Whether a name is of something that programs list: a company, a lab, a person, a degree."""
    return entity.kind not in PLACES and entity.kind not in {"program", "school"}


class Names:
    """Every name that the knowledge holds, ready to be found in a text."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.phrases: Phrases[Entity] = Phrases()
        self.school_words: set[str] = set()
        self.joinable: set[str] = set()
        entries = list(_names(knowledge))
        for name, entity in entries:
            self.phrases.add(name, entity)
        # Missing spaces: "carnegiemellon", "sanjosestate".
        for name, entity in entries:
            tokens = key(name)
            if entity.kind in {"program", "city", "state"} and len(tokens) > 1 and sum(map(len, tokens)) >= 8:
                self.phrases.add_key(("".join(tokens),), entity)
        self._states = {
            p.id.lower(): Entity("state", p.id)
            for p in knowledge.places
            if p.kind == "state" and not _state_codes(p) and p.id.lower() not in NOT_AFTER_IN
        }
        self._common = common_words()
        self._long: dict[str, dict[str, tuple[str, ...]]] = {}
        for tokens, entities in self.phrases.all().items():
            spoken = any(e.kind in {"program", "city", "school", "person", "lab"} for e in entities)
            if spoken and len(tokens) > 1 and sum(map(len, tokens)) >= 8:
                self._long.setdefault(_initials(tokens), {})[" ".join(tokens)] = tokens
        joined = {"".join(tokens) for tokens in self.phrases.all() if len(tokens) > 1}
        for name, entity in entries:
            if entity.id in knowledge.beyond:
                continue  # hundreds of schools hold nearly every word: too many to correct towards
            if entity.kind in {"program", "city", "state"}:
                self.school_words.update(t for t in key(name) if len(t) >= 5)
            if entity.kind == "program":
                self.joinable.update(t for t in key(name) if t not in joined)

    def vocabulary(self) -> set[str]:
        """All words of all names."""
        return self.phrases.vocabulary()

    def find(self, tokens: Sequence[Token]) -> list[Span[Entity]]:
        """The names in the text, none inside another."""
        exact = [*self.phrases.find(tokens), *self._codes(tokens)]
        return longest([*exact, *self._nearly(tokens, exact)])

    def _codes(self, tokens: Sequence[Token]) -> Iterator[Span[Entity]]:
        """State codes that are words too, where they stand for the state: "private in PA under 60k"."""
        for i, token in enumerate(tokens[1:], 1):
            entity = self._states.get(token.norm)
            if entity is not None and tokens[i - 1].norm in CODE_LEAD and token.norm not in CODE_LEAD:
                yield Span(i, i + 1, (entity,), (token.norm,))

    def _nearly(self, tokens: Sequence[Token], exact: Sequence[Span[Entity]]) -> Iterator[Span[Entity]]:
        """Names of several words of which a stretch of the text is a slight misspelling.

        At least one of its words must be one that no name accounts for: what is there to the letter
        needs no second look.
        """
        taken = {i for s in exact for i in range(s.first, s.last)}
        for size in (4, 3, 2):
            for first in range(len(tokens) - size + 1):
                window = range(first, first + size)
                if taken.issuperset(window):
                    continue
                text = " ".join(tokens[i].norm for i in window)
                if len(text) < 8:
                    continue
                # Each word keeps its first letter (see `_word_for_word`), so few names come into question.
                names = self._long.get(_initials(text.split()), {})
                best = process.extractOne(text, names.keys(), scorer=fuzz.ratio, score_cutoff=NEARLY)
                if best is not None and _word_for_word(text, best[0], self._common):
                    phrase = names[best[0]]
                    yield Span(first, first + size, tuple(self.phrases.all()[phrase]), phrase, best[1] / 100)


def _initials(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words)


def _word_for_word(text: str, name: str, common: Collection[str]) -> bool:
    """Whether the two have as many words, each near its counterpart: "university of x" is near too many names."""
    words, others = text.split(), name.split()
    return len(words) == len(others) and all(
        a == b or (a[0] == b[0] and fuzz.ratio(a, b) >= (85 if a in common else 75))
        for a, b in zip(words, others, strict=True)
    )


def _names(knowledge: Knowledge) -> Iterator[tuple[str, Entity]]:
    for program in (*knowledge.programs.values(), *knowledge.beyond.values()):
        for name in {program.name, program.short, *program.names}:
            for said in (name, *_shortened(name)):
                yield said, Entity("program", program.id)
    for program in knowledge.programs.values():
        for text, kind in _listed(program.claims.items(), knowledge):
            for name in _spoken(text, kind):
                yield name, Entity(kind, text)
    for place in knowledge.places:
        for name in (*place.names, *(_state_codes(place))):
            yield name, Entity(place.kind, place.id)
        if place.kind == "city" and place.cities and not any(n.lower() == place.cities[0].lower() for n in place.names):
            yield place.cities[0], Entity(place.kind, place.id)
    for school in knowledge.other_schools:
        for name in (school.name, *school.names):
            yield name, Entity("school", school.name)


def _shortened(name: str) -> Iterator[str]:
    """A school's name with its common words cut: "Brandeis uni", "Rochester inst of tech"."""
    for word, short in (("University", "uni"), ("University", "univ"), ("Institute of Technology", "inst of tech")):
        if word in name and name != word:
            yield name.replace(word, short)


def _listed(claims: Iterable[tuple[str, tuple]], knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """The texts of list fields whose entries are names, with the kind of name."""
    for field, held in claims:
        kind = knowledge.fields[field].entity
        if kind in KINDS:
            for claim in held:
                for entry in claim.value if isinstance(claim.value, tuple) else ():
                    yield (entry if isinstance(entry, str) else entry.name), kind


def _spoken(text: str, kind: str) -> Iterator[str]:
    """How people say a name: without what is in brackets, by what is in brackets, by its last name."""
    yield text
    bare = re.sub(r"\s*\([^)]*\)", "", text).strip()
    if bare != text:
        yield bare
        for inside in re.findall(r"\(([^)]*)\)", text):
            if len(inside) > 2 and (kind in {"lab", "company"}):
                yield inside
    if kind == "person" and len(bare.split()) > 1:
        yield bare.split()[-1]
    if kind == "company":
        short = re.sub(r"\b(company|group|inc|corp|corporation|it|& co\.?|chase & co\.?)$", "", bare, flags=re.I).strip(
            " &."
        )
        if short and short.lower() != bare.lower():
            yield short
        for split in re.findall(r"[A-Z][a-z]+|[A-Z]{2,}", bare):
            if split.lower() in {"jpmorgan", "jp"}:
                yield from ("jpmorgan", "jp morgan", "j p morgan", "jpmorgan chase")
        acronym = "".join(w[0] for w in bare.split() if w[:1].isupper())
        if len(acronym) >= 3:
            yield acronym
    if kind == "lab":
        yield from _lab_names(bare)
    if kind == "degree":
        yield from _degree_names(bare)


def _degree_names(name: str) -> Iterator[str]:
    """A degree by its initials: "MS in Machine Learning and Data Science" is the MLDS and the MSMLDS."""
    words = [w for w in re.findall(r"[A-Za-z]+", name) if w.lower() not in {"in", "of", "and", "the", "for", "with"}]
    initials = "".join(w if w.isupper() else w[0].upper() for w in words)
    subject = "".join(
        w[0].upper()
        for w in words
        if w.lower() not in {"ms", "mse", "master", "science", "bs"} or w.lower() == "science" and "Data" in words
    )
    for acronym in dict.fromkeys((initials, subject)):
        if len(acronym) >= 4:
            yield acronym
    for part in re.split(r"\b(?:in|of) ", name, maxsplit=1)[1:]:
        if len(part.split()) >= 3:
            yield part


def _lab_names(name: str) -> Iterator[str]:
    """A lab by the word that sets it apart: "GRASP", "the CILVR lab", "Melady lab"."""
    for word in re.findall(r"\b[A-Z][A-Za-z]*[A-Z][A-Za-z²0-9]*\b", name):
        if len(word) >= 4:
            yield word + " lab"
            yield word + " center"
            if norm(word.lower()) not in common_words():  # "IDEAS" and "ASSET" are words first
                yield word
    trimmed = re.sub(r"\b(lab|laboratory|group|center|centre|institute|the)\b", "", name, flags=re.I).strip()
    if len(trimmed.split()) >= 2:
        yield trimmed


def _state_codes(place: Place) -> tuple[str, ...]:
    """Codes that are no English words: "MA" and "TX" are read as states, "IN", "OR", "ME", "OK" are not."""
    if place.kind != "state" or norm(place.id) in {
        "in",
        "or",
        "me",
        "ok",
        "hi",
        "oh",
        "de",
        "la",
        "pa",
        "ma",
        "al",
        "id",
        "mo",
        "co",
        "ar",
        "mi",
        "md",
        "mt",
        "ms",
    }:
        return ()
    return (place.id,)
