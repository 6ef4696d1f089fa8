"""The records that a pack is made of. Frozen: facts do not change while they are being thought about.

A fact is a `Claim`: one value of one field of one program, with its basis, its year and its place in a
source. A program may hold several claims for a field, which may disagree; the first is the one used.
A field that a program has no claim for is *not given*, which is neither "no" nor zero.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field as Spec, StrictFloat, StrictInt, StrictStr

from knowledge.problems import Problem

Number = StrictInt | StrictFloat
Mode = Literal["on_campus", "online", "part_time", "full_time", "evening", "hybrid"]
Type = Literal["text", "integer", "number", "percent", "money", "choice", "list"]
Item = Literal["text", "named", "degree", "duration", "format", "credits", "gpa", "track"]


class Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Months(Record):
    """A span of months; `max` is None where the source gives only the least."""

    min: Number
    max: Number | None = None


class Degree(Record):
    """One award inside a program. `duration_months` is None where the source gives no length."""

    name: StrictStr
    duration_months: Months | None = None
    notes: StrictStr = ""


class Named(Record):
    """A lab or a person, with what it works on."""

    name: StrictStr
    focus: StrictStr = ""


class Duration(Record):
    """How long a degree takes (`degree` None: the program as a whole), as months and in words."""

    degree: StrictStr | None = None
    months: Months
    text: StrictStr


class Format(Record):
    """How a degree is taught."""

    degree: StrictStr | None = None
    modes: tuple[Mode, ...]
    text: StrictStr


class Credits(Record):
    """How many credits or units a degree asks for."""

    degree: StrictStr | None = None
    count: Number
    unit: StrictStr


class Gpa(Record):
    """A grade point average out of 4.0: of those admitted, or the least that is asked for."""

    value: Number
    kind: Literal["average_admitted", "minimum"]
    degree: StrictStr | None = None


class Track(Record):
    """The tracks, concentrations or specialisations of a degree."""

    degree: StrictStr | None = None
    names: tuple[StrictStr, ...]


ITEMS: dict[str, Any] = {
    "text": StrictStr,
    "named": Named,
    "degree": Degree,
    "duration": Duration,
    "format": Format,
    "credits": Credits,
    "gpa": Gpa,
    "track": Track,
}
"""What an entry of a list field may be, by the `item` of the field."""


class Source(Record):
    """A document that claims come from. `taken` is the day it was read, as YYYY-MM-DD."""

    id: StrictStr
    title: StrictStr
    publisher: StrictStr
    taken: StrictStr
    as_of: StrictStr
    licence: StrictStr
    url: StrictStr = ""
    note: StrictStr = ""


class Field(Record):
    """A property that programs have: how it is typed, shown, ordered and asked for.

    `words` are what people call it, `least` and `most` the superlatives that order by it (smallest
    value first, largest first), `asks` whole cues ("where is"). `show` is how one value reads, with
    `{value}` in its place; `labels` are how single choices read. `better` says which end a student would
    rather have. `by_part`: each claim is of one part of what programs offer (a field of study). `beside`:
    fields that answer the same question. `of_one`: words that ask for it only where a program
    is named ("pay").
    """

    name: StrictStr
    label: StrictStr
    type: Type
    item: Item | None = None
    unit: StrictStr = ""
    basis: StrictStr = ""
    show: StrictStr = "{value}"
    better: Literal["higher", "lower"] | None = None
    by_part: bool = False
    beside: tuple[StrictStr, ...] = ()
    words: tuple[StrictStr, ...] = ()
    of_one: tuple[StrictStr, ...] = ()
    asks: tuple[StrictStr, ...] = ()
    least: tuple[StrictStr, ...] = ()
    most: tuple[StrictStr, ...] = ()
    choices: tuple[StrictStr, ...] = ()
    labels: dict[str, StrictStr] = {}
    values: dict[str, tuple[StrictStr, ...]] = {}
    least_number: Number | None = None
    most_number: Number | None = None
    entity: StrictStr = ""
    prose: bool = False


class Part(Record):
    """What some claims of a field are about: a field of study, such as 1107, Computer Science.

    `names` are what people call it. `under` is the wider part that stands in where a program has no claim
    of this one; `code` is how the source writes it ("11.07"), `codes` the narrower ones that it is made of.
    """

    id: StrictStr
    title: StrictStr
    code: StrictStr = ""
    codes: tuple[StrictStr, ...] = ()
    names: tuple[StrictStr, ...] = ()
    under: StrictStr = ""


class Claim(Record):
    """One value, with what it is and where it stands. `value` is typed by its field (see `ITEMS`).

    `part` is the id of the `Part` that the value is of, empty where it is of the program as a whole.
    `like` says what else two claims must share before they are compared ("four years after completing").
    A claim that is `withheld` has no value: the source has one and does not publish it.
    """

    program: StrictStr
    field: StrictStr
    value: Any
    source: StrictStr
    place: StrictStr
    basis: StrictStr = ""
    as_of: StrictStr = ""
    status: Literal["given", "withheld"] = "given"
    note: StrictStr = ""
    part: StrictStr = ""
    like: StrictStr = ""


class Program(Record):
    """One university's offering as a whole. `names` are what people call it, the full name first.

    `record` is its key in the record tables (tables.toml), where it has rows there.
    """

    id: StrictStr
    name: StrictStr
    short: StrictStr
    names: tuple[StrictStr, ...]
    claims: dict[str, tuple[Claim, ...]]
    record: StrictStr = ""
    latitude: float | None = None
    longitude: float | None = None

    def claim(self, field: str, part: str = "") -> Claim | None:
        """The claim that the advisor uses for a field (of one part, if named); None where no value is given."""
        for claim in self.claims.get(field, ()):
            if claim.status == "given" and (not part or claim.part == part):
                return claim
        return None

    def value(self, field: str) -> Any:
        """The value of `claim(field)`; None means *not given*."""
        claim = self.claim(field)
        return None if claim is None else claim.value


class Evidence(Record):
    """A figure of a record table that is no claim of a program: a claim of `field` is held against it.

    The undergraduate price of a school says nothing of its master's, and yet what a ranking's price may be.
    """

    program: StrictStr
    field: StrictStr
    what: StrictStr
    value: Number
    source: StrictStr
    place: StrictStr


class Import(Record):
    """Which file a record table was made from. `columns` are its own names for columns of the table."""

    table: StrictStr
    format: StrictStr
    file: StrictStr
    sha256: StrictStr
    release: StrictStr
    columns: dict[str, StrictStr] = {}


class Block(Record):
    """A stretch of a guide section that can stand alone. `asks` are questions that it answers."""

    heading: StrictStr
    text: StrictStr
    asks: tuple[StrictStr, ...] = ()


class Section(Record):
    """One page of the guide, in our own words. `blocks` joined are its text."""

    id: StrictStr
    title: StrictStr
    source: StrictStr
    place: StrictStr
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """The whole section as Markdown."""
        return "\n\n".join(f"## {b.heading}\n\n{b.text}" if b.heading else b.text for b in self.blocks)


class Saying(Record):
    """One of the things that a source says of a matter on which it contradicts itself."""

    text: StrictStr
    place: StrictStr


class Contradiction(Record):
    """A matter on which sources disagree: what each place says, which one is used, and why.

    `fields` are "program-id.field" that it touches, `sections` guide sections; a reply that draws on
    one of them tells of it.
    """

    id: StrictStr
    title: StrictStr
    says: tuple[Saying, ...]
    uses: StrictStr
    why: StrictStr
    fields: tuple[StrictStr, ...] = ()
    sections: tuple[StrictStr, ...] = ()
    brief: StrictStr


class Omission(Record):
    """A part of a source that is kept out of the knowledge on purpose, and why."""

    source: StrictStr
    place: StrictStr
    why: StrictStr


class Place(Record):
    """A place that people name: a region or metropolitan area is a list of states or of cities."""

    id: StrictStr
    kind: Literal["state", "city", "region", "metro"]
    names: tuple[StrictStr, ...]
    states: tuple[StrictStr, ...] = ()
    maybe: tuple[StrictStr, ...] = ()
    cities: tuple[StrictStr, ...] = ()
    latitude: float | None = None
    longitude: float | None = None


class Topic(Record):
    """Something that students ask about and this knowledge does not hold, and where it is found.

    `everyday` topics (the weather) are also asked about by people who have no school in mind.
    """

    id: StrictStr
    label: StrictStr
    words: tuple[StrictStr, ...]
    asks: tuple[StrictStr, ...] = ()
    where: StrictStr
    related: tuple[StrictStr, ...] = ()
    everyday: bool = False


class OtherSchool(Record):
    """A school that is known to exist and is not in this knowledge."""

    name: StrictStr
    names: tuple[StrictStr, ...] = ()


class Price(Record):
    """Which figures are the price of a program, by where the student lives.

    `asked` is the field that a price is asked for by, `field` the one that stands for the sum that applies
    to a student: of the `resident` fields where `home`, the field of the program's state, is the student's,
    else of the `other` ones. `settles` says of which programs that sum is the whole truth (field → value);
    of the others the field asked for may tell of a higher price.
    """

    asked: StrictStr
    field: StrictStr
    home: StrictStr
    resident: tuple[StrictStr, ...]
    other: tuple[StrictStr, ...]
    settles: dict[StrictStr, StrictStr] = {}

    def fields(self, program: Program, residency: str) -> tuple[str, ...]:
        """The fields whose sum applies to a student of a residency: a state, "resident" of the program's own
        state whichever it is, or anything else."""
        return self.resident if residency in {"resident", program.value(self.home)} else self.other


class Pack(Record):
    """What a pack is about, and the defaults of its claims.

    `nouns` are what its programs are called: one, several, then other words that people use ("bike",
    "bikes", "e-bike"). Empty: schools.
    """

    id: StrictStr
    title: StrictStr
    nouns: tuple[StrictStr, ...] = ()
    subject: StrictStr
    subject_words: tuple[StrictStr, ...] = ()
    level: StrictStr = ""
    source: StrictStr
    covers: StrictStr
    not_covered: StrictStr = ""
    examples: tuple[StrictStr, ...] = ()
    price: Price | None = None


class Knowledge(Record):
    """Everything in a pack, checked. `hash` names exactly this content.

    `programs` are those that the pack is first of all about; `beyond` those that only the record tables
    hold, by name. `notices` are what loading let pass, for checking to tell of.
    """

    pack: Pack
    fields: dict[str, Field]
    sources: dict[str, Source]
    programs: dict[str, Program] = Spec(description="by id, in rank order, unranked last")
    beyond: dict[str, Program] = {}
    parts: dict[str, Part] = {}
    evidence: tuple[Evidence, ...] = ()
    imports: tuple[Import, ...] = ()
    notices: tuple[Problem, ...] = ()
    sections: dict[str, Section]
    places: tuple[Place, ...]
    contradictions: tuple[Contradiction, ...] = ()
    omissions: tuple[Omission, ...] = ()
    topics: tuple[Topic, ...] = ()
    other_schools: tuple[OtherSchool, ...] = ()
    hash: StrictStr = ""

    def program(self, id: str) -> Program:
        """A program by its id, wherever it stands. Raises KeyError for an id that there is not."""
        return self.programs[id] if id in self.programs else self.beyond[id]

    def has(self, id: str) -> bool:
        """Whether there is a program with this id."""
        return id in self.programs or id in self.beyond
