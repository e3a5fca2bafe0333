"""The nouns: what a document, claim, event, figure, section, brief and edition are.

All are frozen and know nothing; functions elsewhere take them and return new ones. Counts are whole
people. Calendar days are local to the place of the event; instants carry their UTC offset.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Annotated, Literal, ParamSpec, Self, TypeVar, cast

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

Outcome = Literal["killed", "injured", "missing", "abducted", "detained", "displaced", "attacked"]
Group = Literal["state_forces", "peacekeepers", "armed_group", "civilians", "unknown", "disaster_victims", "places"]
Scope = Literal["incident", "cumulative", "background"]
Modifier = Literal["exact", "at_least", "more_than", "up_to", "fewer_than", "approximately", "range", "vague"]
ClaimantKind = Literal[
    "government", "military", "police", "medical", "armed_group", "un_ngo", "witness", "media", "other"
]
Definition = Literal["reported", "identified"]
Cause = Literal["", "disaster"]
About = Literal["", "own_losses", "enemy_losses", "civilians"]
RelationKind = Literal[
    "repeats",
    "supersedes",
    "update_same_side",
    "overtaken",
    "subset_of",
    "contains_window",
    "disjoint",
    "partial_overlap",
    "conflicts",
    "different_definition",
    "derived_from",
]
Verdict = Literal["accept", "correct", "reject", "merge", "withdraw"]
Status = Literal["claimed", "corroborated", "disputed", "not_reported"]
Standing = Literal["claimed", "denied", "attributed", "established"]
Marking = Literal["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]

OUTCOMES: tuple[Outcome, ...] = ("killed", "injured", "missing", "abducted", "detained", "displaced")
GROUPS: tuple[Group, ...] = (
    *("state_forces", "peacekeepers", "armed_group", "civilians", "unknown"),
    "disaster_victims",
)
"""Groups that people are counted in; `extract` gives peacekeepers as `state_forces`, which desks and figures part.

So they do people harmed by disasters, of whichever group, whose claims have that `cause`.
"""
REPORT_FILES = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf"})
"""The endings of files that reports are collected from."""
MARKINGS: tuple[Marking, ...] = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")
"""Mildest first, so the strictest of several is the one with the highest index (TLP 2.0, FIRST)."""


def strictest(markings: Iterable[Marking]) -> Marking:
    """Return the strictest of several markings: what is made of them may be shared no further."""
    return max(markings, key=MARKINGS.index, default="TLP:CLEAR")


_SIZE = struct.Struct(">Q")


def digest(*parts: str | bytes) -> str:
    """Return the SHA-256 of the parts in hexadecimal; parts are length-prefixed, so none can leak over."""
    plain = [part.encode() if isinstance(part, str) else part for part in parts]
    return hashlib.sha256(b"".join([_SIZE.pack(len(part)) + part for part in plain])).hexdigest()


class Noun(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


_Fields = ParamSpec("_Fields")
_Kind = TypeVar("_Kind", bound=Noun)


def unchecked(kind: Callable[_Fields, _Kind]) -> Callable[_Fields, _Kind]:
    """Return a maker of one kind of noun that takes its fields as they are, for a fifth of the time of checking them.

    It is for what the reading of reports makes by the dozen out of values that are of the right types already, which
    the type checker sees; whatever comes from outside, and whatever has a rule of its own, is made by `kind(...)`.
    """
    noun = cast(type[_Kind], kind)
    blank = {name: field.get_default(call_default_factory=True) for name, field in noun.model_fields.items()}

    def make(*_: _Fields.args, **fields: _Fields.kwargs) -> _Kind:
        made = noun.__new__(noun)  # what pydantic's own `model_construct` does, without asking each field in turn
        object.__setattr__(made, "__dict__", blank | fields)
        object.__setattr__(made, "__pydantic_fields_set__", set(fields))
        object.__setattr__(made, "__pydantic_extra__", None)
        object.__setattr__(made, "__pydantic_private__", None)
        return made

    return make


class Window(Noun):
    """A stretch of whole local days, both ends included."""

    start: date
    end: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"window ends ({self.end}) before it starts ({self.start})")
        return self

    def __eq__(self, other: object) -> bool:
        """Say whether both are of the same days; asked for every claim, so without asking each field in turn."""
        return isinstance(other, Window) and self.start == other.start and self.end == other.end

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    @property
    def days(self) -> int:
        """Return how many days the window covers, at least 1."""
        return (self.end - self.start).days + 1

    def contains(self, other: Window) -> bool:
        """Say whether `other` lies wholly inside this window."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Window) -> bool:
        """Say whether the two windows share a day."""
        return self.start <= other.end and other.start <= self.end


@lru_cache(maxsize=4096)
def days(start: date, end: date) -> Window:
    """Return a window, the same object for the same days: comparing windows is most of the work."""
    return Window(start=start, end=end)


class Document(Noun):
    """One report as received. `id` is the digest of what was received, so the same report is one document.

    `published` is the instant of publication if known; `published_on` is the calendar day at the place of
    publication, against which "Saturday" or "the day before" are resolved. `revises` is the version of the same
    report it takes the place of, where `revisions` found one; it is no part of what was received.
    """

    id: str
    source: str
    title: str = ""
    publisher: str = ""
    url: str = ""
    author: str = ""
    published: AwareDatetime | None = None
    published_on: date | None = None
    retrieved: AwareDatetime | None = None
    language: str = "en"
    marking: Marking = "TLP:CLEAR"
    text: str
    revises: str | None = None

    @property
    def file(self) -> str:
        """Return the name of the file it was collected from; nothing for what came from a feed or an address."""
        return self.source if self.source.lower().endswith(tuple(REPORT_FILES)) else ""

    @classmethod
    def of(cls, **fields: object) -> Self:
        """Make a document and give it its content key: publisher, url, title, publication day, text, marking.

        The mildest marking is left out of the key; a stricter one makes it another document, which the store
        keeps beside the first.
        """
        parts = [str(fields.get(name) or "") for name in ("publisher", "url", "title", "published_on", "text")]
        marking = str(fields.get("marking") or MARKINGS[0])
        key = digest(*parts, *([marking] if marking != MARKINGS[0] else []))
        return cls.model_validate({"id": key[:32], **fields})


class Site(Noun):
    """A place on earth that a name in a report means: a settlement, a first-level region or a country.

    `id` is the GeoNames number of a settlement, the ISO 3166-2 code of a region, the ISO 3166-1 code of a
    country; `admin1` the ISO 3166-2 code of the region it lies in. `precision` is as in `Incident`: 1 the place
    itself, 2 its district, 3 a region, 4 a country. Coordinates are degrees, good to about a kilometre.
    """

    id: str
    name: str
    kind: Literal["settlement", "admin1", "country"]
    country: str
    admin1: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    precision: Literal[1, 2, 3, 4]


class Claim(Noun):
    """One statement that a number of people of one group suffered one outcome.

    `document.text[start:end] == quote`. `low`/`high` are whole people, `None` is open. `claimant` is the
    name or words in the text, `office` the post the claimant speaks from; both `None` where the text states
    the number in its own voice. `sites` are the places on earth that the names in `place` mean for certain.
    `part_of` is the quote of the total a sub-total belongs to. `definition` says
    what was counted: the dead as reported, or only bodies that were identified. `cause` says where a disaster harmed
    them and nobody's violence, `victims` of which group they are where `group` only says that. `rule` names what read
    it. `origin` is who printed it first, where this is a copy: outlet, agency or document. `withdrawn` is the instant
    from which a later version of its document no longer says so, or takes it back. A claim on top of another, after a
    review, names that other in `corrects`; one a person holds to be the same statement as another's names it in
    `merged_into`.
    """

    id: str = ""
    document_id: str = ""
    quote: str
    sentence: str
    start: int
    end: int
    outcome: Outcome
    low: int | None
    high: int | None
    modifier: Modifier
    group: Group
    group_text: str = ""
    claimant: str | None = None
    claimant_kind: ClaimantKind | None = None
    office: str | None = None
    place: str | None = None
    sites: tuple[Site, ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    scope: Scope = "incident"
    increment: bool = False
    part_of: str | None = None
    headline: bool = False
    definition: Definition = "reported"
    cause: Cause = ""
    victims: Group | Literal[""] = ""
    corrects: str | None = None
    merged_into: str | None = None
    rule: str
    publisher: str = ""
    stated: AwareDatetime | None = None
    stated_on: date | None = None
    origin: str = ""
    withdrawn: AwareDatetime | None = None

    @property
    def window(self) -> Window | None:
        """Return the days in which people suffered the outcome, or `None` if the text gives no ground."""
        if self.date_from is None or self.date_to is None:
            return None
        return days(self.date_from, self.date_to)


class Responsibility(Noun):
    """Who is said to stand behind acts: never phrased as a finding.

    `standing`: a group claims the acts, or denies them; somebody else (`claimant`) lays them at its door, or an
    independent body established it. `group` is as named, `name` the long name the text ties to an acronym. `claims`
    are the ids of the group's own counts of the acts; `scope` says whether they are the news or an earlier event.
    """

    id: str = ""
    document_id: str = ""
    quote: str
    sentence: str
    start: int
    end: int
    group: str
    name: str = ""
    standing: Standing = "claimed"
    claimant: str | None = None
    claimant_kind: ClaimantKind | None = None
    medium: str | None = None
    acts: str | None = None
    denied: bool = False
    place: str | None = None
    date_from: date | None = None
    date_to: date | None = None
    scope: Scope = "incident"
    headline: bool = False
    claims: tuple[str, ...] = ()
    rule: str
    publisher: str = ""
    stated: AwareDatetime | None = None
    stated_on: date | None = None

    @model_validator(mode="after")
    def _one_denial(self) -> Self:
        if self.denied != (self.standing == "denied"):
            raise ValueError(f"denied is {self.denied}, but the standing is {self.standing!r}")
        return self

    @model_validator(mode="before")
    @classmethod
    def _standing_of_a_denial(cls, given: object) -> object:
        """Read a record made before standings were kept, which said only whether it was a denial."""
        if isinstance(given, dict) and "standing" not in given and given.get("denied"):
            return {**given, "standing": "denied"}
        return given


class Actor(Noun):
    """Who did it, or to whom, in the words of whoever describes them; `name` is the words without their article.

    `document.text[start:end] == quote`. A class is always `claimant`'s word where one is named (R5), never a finding.
    """

    id: str = ""
    document_id: str = ""
    part: Literal["perpetrator", "target"]
    name: str
    quote: str
    sentence: str
    start: int
    end: int
    group: Group = "unknown"
    claimant: str | None = None
    claimant_kind: ClaimantKind | None = None
    place: str | None = None
    date_from: date | None = None
    date_to: date | None = None
    scope: Scope = "incident"
    headline: bool = False
    rule: str
    publisher: str = ""
    stated: AwareDatetime | None = None
    stated_on: date | None = None


class Passage(Noun):
    """A sentence kept for what it says, not for a count: simultaneity, background, operational impact."""

    id: str = ""
    document_id: str = ""
    kind: Literal["simultaneity", "background", "impact", "development"]
    quote: str
    start: int
    end: int
    claimant: str | None = None
    office: str | None = None
    place: str | None = None
    date_from: date | None = None
    date_to: date | None = None
    rule: str
    publisher: str = ""
    stated: AwareDatetime | None = None
    stated_on: date | None = None


class Reading(Noun):
    """All that one document says: claims, responsibility claims, passages, actors, extents.

    `extents` count places, not people: claims of the outcome "attacked" and the group "places", never among `claims`.
    """

    document_id: str
    claims: tuple[Claim, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    passages: tuple[Passage, ...] = ()
    actors: tuple[Actor, ...] = ()
    extents: tuple[Claim, ...] = ()


class Incident(Noun):
    """One row of a conflict-event table (UCDP GED, ACLED): context, never part of the current toll.

    `precision` of place: 1 exact or near a known place, 2 district, 3 province, 4 country or worse.
    """

    id: str
    dataset: str
    dataset_version: str = ""
    date_start: date
    date_end: date
    date_precision: Literal[1, 2, 3] = 1
    country: str = ""
    admin1: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    precision: Literal[1, 2, 3, 4] = 1
    kind: str = ""
    actor_a: str = ""
    actor_b: str = ""
    killed_low: int | None = None
    killed_best: int | None = None
    killed_high: int | None = None
    killed_civilians: int | None = None
    note: str = ""
    source: str = ""
    url: str = ""


class Event(Noun):
    """What happened, somewhere, within a day: what claims, actors and responsibility hang on.

    `parent` is the event it is one incident of, where simultaneous attacks make one wave; tolls of the one are never
    those of the other.
    """

    id: str
    title: str
    window: Window
    place: str | None = None
    claims: tuple[Claim, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    passages: tuple[Passage, ...] = ()
    actors: tuple[Actor, ...] = ()
    documents: tuple[str, ...] = ()
    parent: str | None = None


class Review(Noun):
    """What a person says of a claim, or of all claims of an event or a report: who, when, why; what was read stays.

    `claims` are the statements as they were read, which tie the review to document, span and outcome, whatever
    ids a newer reading gives them. `readings` are the same statements as the person reads them, one for one:
    unchanged if accepted, none if rejected. `into` are those they are one with (merge); `withdraws` is the
    review that this one takes back. `subject` is the id it was asked for by.
    """

    id: str
    verdict: Verdict
    kind: Literal["claim", "event", "document"] = "claim"
    subject: str
    claims: tuple[Claim, ...] = ()
    readings: tuple[Claim, ...] = ()
    into: tuple[Claim, ...] = ()
    corrections: dict[str, str | int | None] = Field(default_factory=dict)
    withdraws: str | None = None
    reason: str = ""
    by: str
    at: AwareDatetime


class Reviewed(Noun):
    """How many of the claims a figure rests on a person has looked at, and who; those it lost by review included.

    `claims` is how many there are in all; the other counts are of verdicts on them.
    """

    claims: int
    accepted: int = 0
    corrected: int = 0
    rejected: int = 0
    merged: int = 0
    by: tuple[str, ...] = ()

    @property
    def looked_at(self) -> int:
        """Return how many claims have a verdict."""
        return self.accepted + self.corrected + self.rejected + self.merged


class Computation(Noun):
    """A number nobody stated, worked out from numbers somebody did; always printed as such."""

    value: int
    operation: Literal["sum"] = "sum"
    terms: tuple[int, ...]
    claims: tuple[str, ...]

    @property
    def formula(self) -> str:
        """Return the terms as a reader sees them, such as `20 + 5`."""
        return " + ".join(str(term) for term in self.terms)


class Voice(Noun):
    """Who stands behind a number: one office of one side, however many outlets carry it."""

    key: str
    name: str
    kind: ClaimantKind | None = None
    side: str = ""


class KnownVoice(Noun):
    """A voice somebody vouches for: the names it goes by, the side it speaks for, and whether it verifies.

    Left empty, `kind` is what the text makes of the name, `side` and `party` what the kind makes of them, and
    `office` the voice's own. `independent`: a body outside the conflict that publishes only what it verified.
    """

    id: str
    name: Annotated[str, Field(min_length=2)]
    aliases: tuple[Annotated[str, Field(min_length=2)], ...] = ()
    office: str = ""
    kind: ClaimantKind | None = None
    side: str = ""
    party: bool | None = None
    independent: bool = False


class Relation(Noun):
    """How one claim stands to another, by which rule, and why in one sentence: `subject` <kind> `object`.

    Of two that are alike before the rule (`disjoint`, `partial_overlap`, `conflicts`) the later stated is the subject.
    """

    kind: RelationKind
    subject: str
    object: str
    rule: str
    why: str


class Position(Noun):
    """What one voice currently says of one cell; `claims` are all its statements, the latest first.

    `about` says whose losses a party to the conflict speaks of; it is empty for everybody else.
    """

    voice: Voice
    low: int | None
    high: int | None
    modifier: Modifier
    text: str
    window: Window
    stated: AwareDatetime | None = None
    claims: tuple[str, ...]
    superseded: tuple[str, ...] = ()
    relation: str = ""
    about: About = ""


class Amount(Noun):
    """One count as it is phrased: its bounds with what qualifies them, and the word of a source that states none."""

    low: int | None = None
    modifier: Modifier = "exact"
    high: int | None = None
    word: str = ""


class Member(Noun):
    """Some of those a figure counts, as the office whose number it is tells them: `4 women`; by one claim."""

    claim: str
    low: int | None
    modifier: Modifier = "exact"
    high: int | None = None
    word: str = ""


class Figure(Noun):
    """Claims reconciled for one cell: group, outcome, window, place, as known at `as_of`.

    `low` and `high` bound the toll; `None` in `low` is not reported, `None` in `high` an open end. `best` is
    given only by a named rule, `best_rule`. `text` is how the range is phrased in English; `rule` names why it is
    so. `origins` counts the independent origins of its numbers. `computation` is the first sum that its text rests
    on, `also_computed` those of further sides; `parts` is the sum a stated total was checked by. `reviewed` is `None`
    where no person has looked at any of its claims. `unit` is the kind of place where it counts places, empty for
    people. `amounts` are the counts its text sets beside each other where it is no range of numbers. `members` are the
    women, children and the like among its people, as those tell it whose number it is: no figure of their own.
    """

    id: str
    group: Group
    outcome: Outcome
    window: Window
    place: str | None = None
    scope: Scope = "incident"
    low: int | None = None
    low_modifier: Modifier = "exact"
    high: int | None = None
    best: int | None = None
    best_rule: str = ""
    definition: Definition = "reported"
    origins: int = 0
    status: Status
    text: str
    amounts: tuple[Amount, ...] = ()
    rule: str
    rules: tuple[str, ...] = ()
    computation: Computation | None = None
    also_computed: tuple[Computation, ...] = ()
    parts: Computation | None = None
    positions: tuple[Position, ...] = ()
    claims: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    reviewed: Reviewed | None = None
    unit: str = ""
    members: tuple[Member, ...] = ()
    as_of: AwareDatetime

    @property
    def computations(self) -> tuple[Computation, ...]:
        """Return the sums its text rests on, one for each side that is a sum."""
        return (*((self.computation,) if self.computation else ()), *self.also_computed)

    @property
    def top(self) -> int:
        """Return the greatest number that it names; 0 where it names none."""
        named = (self.low, self.high, *(end for one in self.amounts for end in (one.low, one.high)))
        return max((number for number in named if number is not None), default=0)

    @property
    def formula(self) -> str:
        """Return its sums as a reader sees them: `20 + 5`, of several `5 = 2 + 3; 18 = 12 + 6`; empty without any."""
        sums = {one.formula: one.value for one in self.computations}
        if len(sums) < 2:
            return next(iter(sums), "")
        return "; ".join(f"{value} = {terms}" for terms, value in sums.items())


class Account(Noun):
    """What one report says one event cost, all groups together.

    `terms` are the counts it was added up from, of the claims in the same order, where the report states no total;
    `aside` names the rule by which it neither sets the range of the total nor the best number.
    """

    document_id: str
    publisher: str = ""
    low: int | None
    high: int | None
    modifier: Modifier
    text: str
    rule: str
    terms: tuple[int, ...] = ()
    groups: tuple[Group, ...] = ()
    claims: tuple[str, ...]
    origin: str = ""
    stated_on: date | None = None
    aside: str = ""


class Total(Noun):
    """How many people of all groups together one event cost, from reports on it, as known at `as_of`.

    It is no cell of a brief: fighters and civilians stand in it side by side, so what was added up is always
    said. `low` is `None` where nothing bounds it from below, `high` where the end is open; `best` is given only
    by the rule `best_rule`. `computation` holds the terms where the number was worked out within one report.
    """

    id: str
    outcome: Outcome
    low: int | None = None
    low_modifier: Modifier = "exact"
    high: int | None = None
    best: int | None = None
    best_rule: str = ""
    text: str
    rule: str
    rules: tuple[str, ...] = ()
    computation: Computation | None = None
    accounts: tuple[Account, ...] = ()
    claims: tuple[str, ...] = ()
    origins: int = 0
    flags: tuple[str, ...] = ()
    as_of: AwareDatetime | None = None


class Change(Noun):
    """One step of a figure between two instants: which office, by which rule, from what to what, and why.

    `by` is the person whose review made the step; empty where a statement did.
    """

    group: Group
    outcome: Outcome
    window: Window
    old: str
    new: str
    office: str
    rule: str
    claim: str
    at: AwareDatetime
    reason: Literal["", "new claim", "supersession", "correction", "re-scope"] = ""
    why: str = ""
    by: str = ""


class Finding(Noun):
    """Something a check noticed. `stop` findings keep a brief from being filed."""

    level: Literal["stop", "warn", "note"]
    code: str
    message: str
    where: str = ""


class Edition(Noun):
    """A brief as issued. `pdf_sha256` is what an approval is bound to.

    `contents_sha256` is that of what is printed anew for a release: its sections, and what travels inside the PDF.
    """

    id: str
    brief: str
    date: date
    version: Annotated[int, Field(ge=1)]
    title: str
    marking: Marking
    as_of: AwareDatetime
    period: Window
    folder: str
    pdf_name: str
    pdf_sha256: str
    inputs_sha256: str
    contents_sha256: str = ""

    @property
    def series(self) -> str:
        """Return what its versions are counted in: the brief, and the language where it is not the brief's own."""
        return self.id.removesuffix(f"-{self.date}-{self.version}")


class Approval(Noun):
    """One person's word that these very bytes may be sent; a `standing` one was given before they were there."""

    edition_id: str
    pdf_sha256: str
    by: str
    at: AwareDatetime
    note: str = ""
    standing: bool = False


class Receipt(Noun):
    """What became of one message to one recipient: an edition, a notice about one, or what owners are told of a run.

    `again_at` is when one that was put off is tried again.
    """

    kind: Literal["edition", "notice", "alarm"] = "edition"
    edition_id: str
    recipient: str
    channel: str
    state: Literal["queued", "sending", "sent", "failed", "deferred", "unknown", "bounced", "stopped"]
    message_id: str
    attempts: int = 0
    detail: str = ""
    at: datetime
    again_at: datetime | None = None
