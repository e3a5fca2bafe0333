"""Know whom words take up that name nobody: "its fighters", "the ministry", "a spokesman", "the Office", "Hale"."""

from __future__ import annotations

from typing import Final

from ..lexis.bodies import SPOKESMEN, kind_of
from ..lexis.lexicon import ARMED, wordset
from ..lexis.sentences import Tokens, text_of
from ..model import ClaimantKind
from . import posts
from .remembered import ARTICLE, Speaker, Speakers

_HOLDERS: Final = posts.POSTS | wordset("administrator mayor governor minister president prefect commissioner sheriff")
ANAPHORS: Final = wordset(
    """group organisation organization statement ministry spokesman spokeswoman official source sources agency
    officials report network outfit militants front movement faction body officer"""
)
_BANDS: Final = frozenset({"group", "outfit", "militants"})
_UNNAMED: Final = wordset("source sources official officials")
_OWN_NAMES: Final = wordset("front movement faction")


def whose(tokens: Tokens, a: int, b: int, speakers: Speakers) -> Speaker | None:
    """Return the armed group that "its fighters" and "its leaders" are of; if none was named, the men.

    Leaders are those of the body that the sentence before is about, if that is another; of a person's town, themselves.
    """
    if speakers.owner is not None and tokens.low[b - 1] not in ARMED:
        words = Speaker(text_of(tokens, a, b), speakers.owner.kind)
        return words if speakers.owner.person else speakers.owner
    if speakers.group is not None and speakers.group.kind == "armed_group":
        return speakers.group
    if speakers.band:
        return Speaker(speakers.band, "armed_group")
    if speakers.armed:
        return next(reversed(speakers.armed.values()))
    if tokens.low[b - 1] not in ARMED:
        return None
    return Speaker(text_of(tokens, a + 1, b), "armed_group")


def led_by_it(tokens: Tokens) -> bool:
    """Say whether a sentence begins with the leaders of what the one before is about: "Its commanders"."""
    return tokens.low[0] in OF_THEIRS and not LEADERS.isdisjoint(tokens.low[1 : MEN_OF.stop])


OF_THEIRS: Final = frozenset({"its", "their"})
MEN_OF: Final = range(2, 4)
HIS: Final = frozenset({"his", "her"})
LEADERS: Final = wordset("forces leaders commanders leadership command")


def one_person(name: str) -> bool:
    """Say whether words name one person by post or trade alone: "administrator", "health worker at a clinic"."""
    low = name.lower().split()
    head = next((k for k, word in enumerate(low) if word in WHERE or word in OF or word == "who"), len(low)) - 1
    return head >= 0 and (low[head] in _HOLDERS or low[head] in _ONES)


_ONES: Final = wordset(
    """worker resident witness survivor nurse doctor medic paramedic officer official teacher farmer villager elder
    priest"""
)


def holder_of(post: str, tokens: Tokens, a: int, b: int, speakers: Speakers) -> Speaker | None:
    """Return who holds a post of the body, or in the house of care, that was told of last."""
    own = tokens.low[a] in {"its", "their"}
    if speakers.house and (own or posts.of_a_house(post)):
        return Speaker(post, "medical", f"{speakers.house} {post}")
    if tokens.low[a] == "the" and (known := taken_up(tokens.low[b - 1], kind_of([post], [post]), speakers)):
        return known
    body = speakers.body
    if own and body is None and speakers.band:
        body = Speaker(speakers.band, "armed_group")
    if body is None or body.kind not in _BODIED or (posts.of_a_house(post) and not own):
        return None
    speaks = post in SPOKESMEN and body.name.lower().removeprefix("the ") not in _UNNAMED_BODIES
    return Speaker(post, body.kind, f"{ARTICLE.sub('', body.name)} {post}") if own or speaks else None


_BODIED: Final = frozenset({"government", "military", "police", "medical", "armed_group", "un_ngo", "other"})
_UNNAMED_BODIES: Final = wordset("officials sources source official authorities it they")


NOUN: Final = 2


def short_for(words: list[str], speakers: Speakers) -> Speaker | None:
    """Return the body that "the ministry", "the Front" or "a ministry spokesman" means, as the report named it."""
    words = words[1:] if words[0] in POINTING else words
    known = speakers.bodies.get(words[0]) if words else None
    if known is None or len(words) > NOUN or not _SPEAKING.issuperset(words[1:]):
        return None
    return known


POINTING: Final = frozenset({"the", "a"})
_SPEAKING: Final = SPOKESMEN | {"statement"}
OFFICES: Final = frozenset({"office", "mission", "agency"})


def office_of(tokens: Tokens, a: int, speakers: Speakers) -> Speaker | None:
    """Return the international body that "the Office" means where such a body, or one of its people, spoke last."""
    last = speakers.latest
    if last is None or last.kind != "un_ngo":
        return None
    if not last.person and (last.name.isupper() or tokens.low[a + 1] in last.name.lower().split()):
        return last
    named = not speakers.caseless and tokens.words[a + 1][:1].isupper()
    return Speaker(text_of(tokens, a, a + NOUN), "un_ngo") if named else None


def taken_up(word: str, kind: ClaimantKind | None, speakers: Speakers) -> Speaker | None:
    """Return whom "the group", "the statement", "the ministry" mean."""
    if speakers.latest and word in _UNNAMED and word in speakers.latest.name.lower().split():
        return speakers.latest
    if word in {"source", "sources"} and speakers.latest and speakers.latest.name[:1].islower():
        return speakers.latest  # "a teacher … the source said"
    if word in {"spokesman", "spokeswoman", "official"}:
        return speakers.person if speakers.person and speakers.person.kind == kind else None
    if word == "officer":
        told = speakers.person
        return told if told and told is speakers.latest and told.kind in _UNIFORMED else None
    if word == "body":
        return speakers.body
    if word == "report":
        return speakers.latest
    if word == "statement":
        latest = speakers.latest
        return speakers.issuer if latest and latest.name.lower().split()[-1] in _PRIVATE else latest
    if word in {"group", "organisation", "organization", "network", "outfit", "militants"}:
        band = Speaker(speakers.band, "armed_group") if speakers.band and word in _BANDS else None
        return speakers.group or band or (speakers.taken_for_a_band() if word in _BANDS else None)
    if word in _OWN_NAMES:
        body = speakers.body
        return (
            body
            if body and body.kind == "armed_group"
            else Speaker("the front", "armed_group")
            if word == "front"
            else None
        )
    return (
        speakers.body if speakers.body and speakers.body.kind == kind and word in speakers.body.name.lower() else None
    )


def by_first_name(word: str, lead: list[str], speakers: Speakers) -> Speaker | None:
    """Return who spoke before and is called again by the first of two names, as in much of the world: "Mayor Sahle".

    Words before the name that make it another's post than theirs, and two people of that name, leave it untold.
    """
    called = {one for one in speakers.named.values() if one.person and one.name.lower().split()[0] == word}
    if len(called) != 1:
        return None
    (person,) = called
    return person if _COURTESIES.union((person.office or "").lower().split()).issuperset(lead) else None


_PRIVATE: Final = wordset("source sources residents witnesses locals villagers survivors relatives")
"""Who puts out no statements."""
_UNIFORMED: Final = frozenset({"police", "military"})
_COURTESIES: Final = wordset("mr mrs ms the")


OF: Final = frozenset({"of", "for"})
WHERE: Final = wordset("in at from on near")
