"""Who can speak in a report: names and posts, and the kind of claimant they make.

The book of who spoke before (see `remembered`) says whom "Hale said", "he" or "the group" means.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ..lexis.bodies import BODIES, FIRMS, HOUSES, KIN, SPOKESMEN, kind_of, tells_of_person
from ..lexis.lexicon import (
    ADVERBS,
    ARMED,
    AUXILIARIES,
    CAPITALS,
    COUNTRIES,
    KIND_OF,
    ROLE_WORDS,
    SAY,
    SINGULAR,
    WEEKDAYS,
    wordset,
)
from ..lexis.quantities import TENS, UNITS
from ..lexis.sentences import Tokens, text_of
from . import posts
from .anaphors import (
    ANAPHORS,
    HIS,
    LEADERS,
    MEN_OF,
    NOUN,
    OF,
    OF_THEIRS,
    OFFICES,
    POINTING,
    WHERE,
    by_first_name,
    holder_of,
    office_of,
    one_person,
    short_for,
    taken_up,
    whose,
)
from .remembered import KINDS_OF_BODY, Speaker, Speakers

_NOT_SUBJECTS: Final = wordset(
    """some many several most others both all few initial early local preliminary no more another these those they
    also more nobody none everyone one two three what here hundreds dozens scores earlier later but and however
    hours days weeks months minutes moments
    separately meanwhile so then now still only even such it's that's i'm we're there's"""
)
_PARTICLES: Final = wordset("al el bin ibn de da del la le van von der den di abu ul-haq")
TITLES: Final = wordset(
    """mr mrs ms dr gen col lt capt maj brig sgt gov sen lt-gen general colonel captain major brigadier lieutenant
    sergeant rep cmdr adm"""
)
STOPPERS: Final = (
    wordset(
        """that when while after before as because but where which although though whereas if until and in on at by
    with for from since who whom to"""
    )
    | frozenset('"“”;:—–()«»•')
    | {"--", "."}
)
_PERSON_PRONOUNS: Final = wordset("he she him her")
_BODY_PRONOUNS: Final = wordset("it they them")


def apposed(tokens: Tokens, a: int, b: int, speakers: Speakers) -> Speaker | None:
    """Read "Name, post" or "post, Name" over tokens `a` to `b`."""
    low = tokens.low
    comma = next((k for k in range(a, b) if low[k] == ","), None)
    if comma is None:
        return speaker_of(tokens, a, b, speakers)
    end = next((k for k in range(comma - 2, a, -1) if low[k] == "("), comma) if low[comma - 1] == ")" else comma
    return join(
        speaker_of(tokens, a, end, speakers),
        speaker_of(tokens, comma + 1, b, speakers),
        tokens,
        (a, comma),
        (comma + 1, b),
    )


def join(
    first: Speaker | None, second: Speaker | None, tokens: Tokens, one: tuple[int, int], two: tuple[int, int]
) -> Speaker | None:
    """Make one speaker of a name and a post."""
    bare = " ".join(tokens.low[slice(*one)])
    land = first and first.name.lower() == bare and (bare in COUNTRIES or bare in CAPITALS)
    if first and land and tells_of_person(tokens.low[slice(*two)]):
        first = Speaker(first.name, "other", person=True)  # who bears the name of a country
    if first is None or second is None:
        return first or second
    for named, post, span in ((first, second, two), (second, first, one)):
        if named.person and (named.office is None or not post.person):
            if named.office is not None and named.kind != "other" and tokens.low[span[1] - 1] in KIN:
                return named  # "a brother, Colonel Omar Hale"
            held = "" if post.person else post.office
            text = held or text_of(tokens, *span)
            kind = post.kind if post.kind != "other" else named.kind
            titled = named.office is not None and named.office.lower().strip(".") not in TITLES
            return Speaker(named.name, kind, named.office if titled and not held else _bare(text), True)
    if tokens.low[two[1] - 1] in FIRMS and not first.person:
        return replace(first, kind="other")  # "Sorvan Intelligence, a research firm"
    own = first.kind == "media" and second.kind == "armed_group"  # "Hill Voice, the media wing of the rebels"
    return replace(first, kind=second.kind) if (first.kind == "other" or own) and not first.person else first


def _bare(text: str) -> str:
    for article in ("the ", "a ", "an ", "of the ", "The ", "A ", "An "):
        if text.startswith(article):
            return text[len(article) :]
    return text


def _on_a_day(low: list[str], a: int) -> bool:
    """Say whether "on Sunday" stands at token `a`, before who spoke then: "Later | on Sunday police said"."""
    return low[a] == "on" and low[a + 1 : a + 2] != [] and low[a + 1] in WEEKDAYS


_LEADING: Final = wordset("and but meanwhile however earlier later also so").union(WEEKDAYS)
_TRAILING: Final = ADVERBS.union(WEEKDAYS)


def speaker_of(tokens: Tokens, a: int, b: int, speakers: Speakers, *, known_only: bool = False) -> Speaker | None:
    """Return the speaker that the words `a` to `b` name, or `None` if they name nobody who speaks."""
    low = tokens.low
    a, b = _trimmed(low, a, b)
    if a >= b:
        return None
    if speakers.armed and (owner := speakers.band_called(text_of(tokens, a, b))) is not None:
        return owner
    if b - a == 1 and low[a] in _PRONOUNS:
        return _taken_up_by(low[a], speakers)
    if low[a] in OF_THEIRS and b - a in MEN_OF and (low[b - 1] in ARMED or low[b - 1] in LEADERS):
        return whose(tokens, a, b, speakers)  # "its fighters"
    known = _of_others(tokens, a, b, speakers, known_only=known_only) or _in_office(tokens, a, b, speakers)
    if known is not None:
        return known
    if low[b - 1] in BODIES and (body := _body(tokens, a, b)) is not None:
        return body
    name_at = _name_start(tokens, a, b) if not speakers.caseless else _plain_name(tokens, a, b, speakers)
    if name_at < b and not known_only and (named := _named(tokens, a, name_at, b, speakers)) is not None:
        return named
    return _by_kind(tokens, a, b, speakers)


def ends_body(tokens: Tokens, a: int, name_at: int) -> bool:
    """Say whether a capitalised word ends the name of a body: the "Care" of "the Ministry of Relief and Care"."""
    if name_at - a < _BODY_WORDS or tokens.low[name_at - 1] != "and":
        return False
    kind = next((k for k in range(a, name_at - 2) if tokens.low[k] in _NAMED_FOR), -1)
    return kind >= 0 and tokens.low[kind + 1] in {"of", "for"} and tokens.words[name_at - 2][:1].isupper()


_BODY_WORDS: Final = 4
_NAMED_FOR: Final = wordset(
    "ministry department institute centre center bureau office agency authority council commission committee "
    "secretariat minister secretary"
)


def _trimmed(low: list[str], a: int, b: int) -> tuple[int, int]:
    """Return where a name begins and ends without words and marks around it that are no part of one."""
    b = min(b, len(low))  # a name may be looked for beyond the end of a text that was cut off
    while a < b and (low[a] in _LEADING or not low[a][0].isalnum() or _on_a_day(low, a)):
        a += 1
    if b - a > 1 and "on" in low[a + 1 : b]:
        b = next((k for k in range(a + 1, b) if _on_a_day(low, k)), b)  # "said police on Sunday evening"
    while b > a and (low[b - 1] in _TRAILING or not low[b - 1][-1].isalnum()) and not low[b - 1].endswith("."):
        b -= 1
    if "(" in low[a:b] and ")" not in low[a:b]:
        b = low.index("(", a)  # "Aid without Borders (AWB), also known as …"
    for k in range(a, min(a + 4, b - 1)):
        if low[k] in _PAPERS and low[k + 1] in {"from", "by"}:
            return k + 2, b  # "another report from the government said"
    return a, b


def _taken_up_by(pronoun: str, speakers: Speakers) -> Speaker | None:
    """Return whom "he", "it" or "they" means, `None` for words that mean nobody told of before."""
    latest = speakers.latest
    if pronoun in _PERSON_PRONOUNS:
        if latest is not None and not latest.person and one_person(latest.name):
            return latest  # "The administrator confirmed it. He told reporters …"
        return speakers.person or latest
    if pronoun in _BODY_PRONOUNS:
        return speakers.body or latest if pronoun == "it" else latest
    return None


_PRONOUNS: Final = _PERSON_PRONOUNS | _BODY_PRONOUNS | wordset("i we you there who which this what nobody")


def _of_others(tokens: Tokens, a: int, b: int, speakers: Speakers, *, known_only: bool) -> Speaker | None:
    """Return a speaker named by the body he belongs to, or by less than a name heard before: "its channel"."""
    low = tokens.low
    if not _OUTLETS.isdisjoint(low[a:b]) and (owner := _owner(tokens, a, b, speakers)) is not None:
        return owner
    if not known_only and not speakers.caseless and (member := _of_body(tokens, a, b, speakers)) is not None:
        return member
    return short_for(low[a:b], speakers) if speakers.bodies else None


def _in_office(tokens: Tokens, a: int, b: int, speakers: Speakers) -> Speaker | None:
    """Return a speaker named by a post or an office told of before: "his spokesman", "its director", "the Office"."""
    low = tokens.low
    if low[a] in HIS and low[b - 1] in SPOKESMEN and b - a in MEN_OF and speakers.person is not None:
        return Speaker(text_of(tokens, a, b), speakers.person.kind)
    post = posts.post_in(low[a:b]) if low[b - 1] in posts.POSTS else None
    if post and (holder := holder_of(post, tokens, a, b, speakers)) is not None:
        return holder
    return office_of(tokens, a, speakers) if b - a == NOUN and low[a] == "the" and low[a + 1] in OFFICES else None


def _by_kind(tokens: Tokens, a: int, b: int, speakers: Speakers) -> Speaker | None:
    """Return a speaker known by what kind of claimant the words name: "the ministry", "local police", "a farmer"."""
    low, words = tokens.low, tokens.words
    if low[b - 1] in _PAPERS and (owner := max((k for k in range(a, b) if k in tokens.possessive), default=-1)) >= 0:
        b = owner + 1  # "the mission's first findings"
    if not AUXILIARIES.isdisjoint(low[a:b]) and _CLAUSES.isdisjoint(low[a:b]):
        return None  # "it had raided a base of the army" names nobody
    kind = kind_of(low[a:b], words[a:b])
    plain = speakers.caseless or not any(words[k][:1].isupper() for k in range(a + 1, b))
    if low[a] in _POINTED and b - a <= _BARELY and low[b - 1] in ANAPHORS and plain:
        known = taken_up(low[b - 1], kind, speakers)
        if known is not None:
            return known
    if kind is None:
        return None
    if low[b - 1] in SPOKESMEN:
        bodies = (speakers.named.get(word) for word in low[a : b - 1])
        known = next((body for body in bodies if body is not None and not body.person), None)
        kind = known.kind if known is not None else kind  # "the HLA spokesman", of the Hill Liberation Army
    text = text_of(tokens, a, b)
    if text[:2].lower() == "a " or text[:3].lower() == "an ":
        text = text.split(" ", 1)[1]
    if (b - 1) in tokens.possessive:
        text = text[:-2]
    return Speaker(text, speakers.kind_heard(text, kind))


_CLAUSES: Final = frozenset({"who", "which", "that", "whose"})
_POINTED: Final = frozenset({"the", "its", "their", "that"})
_BARELY: Final = 4
"""Words of a description that may take up a body told of before."""


def about(tokens: Tokens, speakers: Speakers) -> Speaker | None:
    """Return the body that a sentence begins with: "The police force sent in reinforcements"; a bare noun is none."""
    low = tokens.low
    if low[0] not in POINTING:
        return None
    for end in range(NOUN, min(_SUBJECT, len(low))):
        if not ARMED.isdisjoint(low[:end]):
            return Speaker(text_of(tokens, 0, end), "armed_group")
        if kind_of(low[1:end], tokens.words[1:end]) is not None and low[end] not in _GOING_ON and low[end - 1] != "of":
            return speaker_of(tokens, 0, end, speakers, known_only=True)
    return None


_SUBJECT: Final = 6
_GOING_ON: Final = wordset("force forces command service corps department ministry of council")


def _owner(tokens: Tokens, a: int, b: int, speakers: Speakers) -> Speaker | None:
    """Return the armed group whose channel or media wing the words `a` to `b` name: that is who speaks by it."""
    low = tokens.low
    at = next(k for k in range(a, b) if low[k] in _OUTLETS)
    group = speakers.group or next(iter(speakers.armed.values()), None)
    run = next((k for k in range(at + 1, b - 1) if low[k] in {"by", "to", "with", "of"}), 0)
    whose = next((k for k in range(a, at) if k in tokens.possessive), 0)
    n = len(low)
    if low[b : b + 1] != [] and low[b] in _RUN and low[b + 1 : b + 2] in (["by"], ["to"]):  # "run by the rebels"
        end = next((k for k in range(b + 2, min(b + 10, n)) if low[k] in SAY or low[k] in STOPPERS or low[k] == ","), n)
        owner = speaker_of(tokens, b + 2, end, speakers)
    elif low[a] in {"its", "their"} or (whose and low[whose] in _CALLED_GROUPS):
        owner = group
    elif run or whose:
        start, end = (run + 1, b) if run else (a, whose + 1)
        owner = speaker_of(tokens, start, end, speakers)
    else:
        return None
    return owner if owner is not None and owner.kind == "armed_group" else None


_OUTLETS: Final = wordset("channel channels wing arm mouthpiece outlet")
_CALLED_GROUPS: Final = frozenset({"group", "movement", "organisation", "organization", "militia"})
_RUN: Final = wordset("run operated owned controlled used linked")


_PAPERS: Final = wordset("report reports statement figures data communique bulletin tally findings statistics records")


def _of_body(tokens: Tokens, a: int, b: int, speakers: Speakers) -> Speaker | None:
    """Read "Governor Omar Hale of Tarno", "Ana Ruiz from the city hospital": the person before, the place after."""
    low, words = tokens.low, tokens.words
    at = next((k for k in range(a + 2, b - 1) if low[k] in {"of", "from"}), 0) if b - a > 3 else 0
    named = at and all(word[:1].isupper() or word[:3] in {"al-", "el-"} for word in words[at - 2 : at])
    if not named or low[at - 2] in _DEFINITE:
        return None
    if (
        low[at - 1].strip(".") in ROLE_WORDS
        or low[at - 1] in KIND_OF
        or low[at - 1] in KINDS_OF_BODY
        or any(low[k] == "," for k in range(a, b))
    ):
        return None
    person = speaker_of(tokens, a, at, speakers)
    if person is not None and not person.person and low[at - 1] in BODIES:
        return replace(person, name=f"{person.name} {text_of(tokens, at, b)}")  # "the World Organisation of Nurses"
    if person is None or not person.person:
        return None
    told = kind_of(low[at + 1 : b], words[at + 1 : b])
    bare = (person.office or "").lower() in SPOKESMEN  # "Spokesman Omar Hale of the Red Cross"
    own = person.kind if person.kind != "other" and told != "police" and not bare else None  # a major of the police
    kind = own or told or person.kind
    return Speaker(person.name, kind, person.office or text_of(tokens, at + 1, b), True)


_DEFINITE: Final = frozenset({"the", "a", "an"})


def _body(tokens: Tokens, a: int, b: int) -> Speaker | None:
    """Read "the Red Valley Front": two capitalised words or more, the last of them such a word."""
    start = b
    while start > a and (tokens.words[start - 1][:1].isupper() or _owning(tokens, start - 1, a)):
        if tokens.low[start - 1] in {"the", "a", "an"}:
            break
        start -= 1
    if b - start < 2:
        return None
    kind = BODIES[tokens.low[b - 1]] or kind_of(tokens.low[start:b], tokens.words[start:b]) or "other"
    return Speaker(text_of(tokens, start, b), kind)


def _owning(tokens: Tokens, k: int, a: int) -> bool:
    """Say whether the apostrophe at `k` stands inside a name: "the Doctors' Network"."""
    return k > a and tokens.low[k] in {"'", "’"} and tokens.words[k - 1][:1].isupper()


def _plain_name(tokens: Tokens, a: int, b: int, speakers: Speakers) -> int:
    """Return where the name begins in a text without capitals: after the last word of a post."""
    low = tokens.low
    k = b
    while (
        k > a
        and low[k - 1] not in ROLE_WORDS
        and low[k - 1] not in KIND_OF
        and low[k - 1].isalpha()
        and low[k - 1] not in STOPPERS
    ):
        k -= 1
    if k < b and low[k] in OF:
        return b  # "the governor of Kesra province"
    return k if (k > a and b - k in {1, 2, 3}) or low[b - 1] in speakers.named else b


def _name_start(tokens: Tokens, a: int, b: int) -> int:
    """Return where the run of capitalised name words that ends the segment begins (`b` if there is none)."""
    words, low = tokens.words, tokens.low
    k = b
    while k > a:
        word = low[k - 1]
        if word == "." and a < k - 1 and k < b and len(low[k - 2]) == 1 and shortened(tokens, k - 1):
            k -= 1  # "R. K. Hale"
            continue
        named = (
            (words[k - 1][:1].isupper() or words[k - 1][:3] in {"al-", "el-"})
            and word.strip(".") not in ROLE_WORDS
            and word.strip(".") not in KIND_OF
            and (word not in COUNTRIES or low[k - 2] in _NAMING)
            and (k - 1) not in tokens.possessive
        )
        if not named and not (word in _PARTICLES and k < b):
            break
        k -= 1
    while k < b and (low[k] in {"the", "a", "an"} or low[k].strip(".") in TITLES) and low[k + 1 : k + 2] != ["."]:
        k += 1
    if ends_body(tokens, a, k):  # "the Ministry of Relief and Care", "Minister of Relief and Care Omar Hale"
        return k + 1 if b - k > _FULL_NAME else b
    return k


_FULL_NAME: Final = 2
_NO_NAMES: Final = _NOT_SUBJECTS | wordset("findings investigation investigations inquiries results checks enquiries")
"""Words that name nobody by themselves though a sentence begins with them: "Findings showed that nine had died"."""


def shortened(tokens: Tokens, k: int) -> bool:
    """Say whether the full stop at `k` shortens a title or a first name: "Gen. R. Hale"."""
    word = tokens.words[k - 1] if k else ""
    return tokens.low[k] == "." and (word.lower() in TITLES or (len(word) == 1 and word.isupper()))


def _named(tokens: Tokens, a: int, name_at: int, b: int, speakers: Speakers) -> Speaker | None:
    """Read "Interior Minister Omar Hale", "Hale"."""
    low = tokens.low
    name = text_of(tokens, name_at, b)
    if not AUXILIARIES.isdisjoint(low[name_at:b]):
        return None
    land = name.lower().removeprefix("the ")
    lead, one_word = low[a:name_at], name_at == b - 1
    if name_at > a + 1 and low[name_at - 1] in WHERE and low[name_at - 2] in _TEAMS:
        return _called(tokens, a, name_at, b)
    staffed = name_at > a + 1 and low[name_at - 1] in WHERE and _seated(lead)
    if not staffed and _stands_for_its_government(land, lead, speakers):
        if name_at > a + 1 and low[name_at - 1] in WHERE and BODIES.get(low[name_at - 2]):
            return Speaker(text_of(tokens, a, b), BODIES[low[name_at - 2]] or "other")  # "the Union Mission in Mali"
        return Speaker(name, "government")
    if one_word and (low[name_at] in _NO_NAMES or low[name_at] in UNITS or low[name_at] in TENS):
        return None
    if name.lower() in ARMED or not ARMED.isdisjoint(low[name_at:b]):
        return Speaker(name, "armed_group")
    known = speakers.named.get(low[b - 1])
    if known is None and one_word and (called := by_first_name(low[name_at], lead, speakers)) is not None:
        return called
    roles = [word for word in lead if word.strip(".") in ROLE_WORDS or word in KIND_OF or word in SINGULAR]
    if known is not None and not any(word not in TITLES for word in roles):
        return known
    if roles:
        start = a
        while start < name_at and (
            low[start] in {"the", "a", "an", "another"}
            or (
                start in tokens.possessive and tokens.words[start][0].isupper() and tokens.words[start + 1][0].isupper()
            )
        ):
            start += 1
        if low[name_at - 1] in OF or (low[name_at - 1] == "the" and low[name_at - 2] in OF):
            return Speaker(text_of(tokens, start, b), kind_of(low[start:b], tokens.words[start:b]) or "other")
        at = _placed_at(low, start, name_at)
        if at > start:
            kind_there = kind_of(low[start:name_at], tokens.words[start:name_at]) or "other"
            return Speaker(text_of(tokens, start, at), kind_there)  # "hospital staff in Brela"
        office = text_of(tokens, start, name_at) or None
        kind = kind_of(lead, tokens.words[a:name_at]) or (known.kind if known else "other")
        for word in tokens.words[a:name_at]:
            if word.isupper() and (body := speakers.named.get(word.lower())) is not None and not body.person:
                kind = body.kind  # "KIA spokesman Colonel Omar Hale"
        return Speaker(name, speakers.kind_heard(office or "", kind), office, True)
    if lead and any(word not in {"the", "a", "an"} and word not in TITLES for word in lead):
        return _called(tokens, a, name_at, b)
    if b - name_at > 5:
        return None
    acronym = name.isupper() and 2 <= len(name) <= 6
    if acronym or ("-" in name and name.split("-")[0] in {"Al", "al"}):
        return Speaker(name, "armed_group" if name.lower() in ARMED else "media" if low[b - 1] in KIND_OF else "other")
    return Speaker(name, "other", None, True)


def _placed_at(low: list[str], start: int, name_at: int) -> int:
    """Return where it is told in which place a body sits: "the ministry | in the capital Mezin"; 0 if it is not."""
    k = name_at - 1
    if low[k] in _LANDS and k > start:
        k -= 1
        k -= low[k] in _DEFINITE
    return k if k > start and low[k] in WHERE else 0


_LANDS: Final = wordset("capital city town village")


def _stands_for_its_government(land: str, lead: list[str], speakers: Speakers) -> bool:
    """Say whether a name is that of a state, or of its capital, and not of somebody who is "called Jordan"."""
    if lead[-1:] != [] and lead[-1] in _NAMING:
        return False
    bearer = land in speakers.named or by_first_name(land, lead, speakers) is not None
    return land in COUNTRIES or (land in CAPITALS and not bearer)


def _seated(lead: list[str]) -> bool:
    """Say whether who sits in a capital speaks for himself: "a doctor at a hospital in X", "the General Staff in X"."""
    return not HOUSES.isdisjoint(lead) or lead[-3:-1] == ["general", "staff"]


_NAMING: Final = frozenset({"called", "named"})


def _called(tokens: Tokens, a: int, name_at: int, b: int) -> Speaker | None:
    """Read "the civic platform Vera", whose kind the words before the name tell, and "the observer team in Mezin"."""
    low, words = tokens.low, tokens.words
    before = low[name_at - 1]
    if before in WHERE and low[name_at - 2] in _TEAMS:
        return Speaker(text_of(tokens, a, b), kind_of(low[a : name_at - 1], words[a : name_at - 1]) or "other")
    if before in OF and low[name_at - 2] in _ORDERS:
        return Speaker(text_of(tokens, a, b), kind_of(low[a:name_at], words[a:name_at]) or "other")
    if before in _BODY_NOUNS:
        return Speaker(text_of(tokens, name_at, b), kind_of(low[a:name_at], words[a:name_at]) or "other")
    return None


_TEAMS: Final = wordset("team teams room network bureau branch")
_ORDERS: Final = KINDS_OF_BODY | {"order", "network", "college", "chamber", "team", "teams"}
_BODY_NOUNS: Final = wordset(
    "platform group organisation organization association network charity collective coalition ngo initiative campaign"
)
