"""Turns claims and figures into the runs of a sentence: who said it first, then how many, what, where, when.

Words of ours hold no digit; every count is placed by reference. Names and labels are the sources' own, less
the loaded ones, for which a plain word stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import product
from urllib.parse import urlsplit

from ..core.languages import ENGLISH, Language, mark
from ..counting.disasters import tells_of_disaster
from ..model import Claim, Document, Figure, Group, Outcome, Window
from ..page.runs import Listed, filled, in_words, joined, listed, others_told, say, say_n, tally
from ..page.words import GROUPS
from ..reconciling.names import impersonal
from ..reconciling.parts import is_member
from ..reconciling.phrasing import agreement
from ..sections import ClaimRef, Day, Name, Run, Runs, Text
from .offices import voice
from .terms import (
    AMONG,
    BY_DISASTERS,
    CELLS,
    COUNTED,
    DAYS,
    FATES,
    FEMININE,
    FURTHER,
    HARMED,
    IN_DISASTERS,
    LABELS,
    MORE_DAYS,
    NOBODY,
    OF_THEM,
    OWN_WORDS,
)

LOADED = re.compile(
    r"\b(?:terror\w*|martyr\w*|jawans?|fitna\w*|khaw?ari?j\w*|prox(?:y|ies)|mercenar\w*|infidel\w*|crusader\w*|"
    r"innocent|brave|hero\w*|evil|criminals?|thugs?|agents?|enem(?:y|ies)|occup\w+|invad\w+|freedom|sponsored|"
    r"miscreants?|bandits?|saboteurs?|fidayeen|traitors?|collaborators?)\b",
    re.IGNORECASE,
)
_ACTS = (
    ("air strikes", r"air ?strikes?|airstrikes?|bombardments?"),
    ("bombings", r"bombings?|suicide (?:bomb\w*|attack\w*)|blasts?|explosions?"),
    ("shootings", r"shootings?|gunfire|shot dead|(?:open(?:ed|s|ing)?|returned|under) (?:\w+ )?fire"),
    ("shelling", r"shelling|shelled"),
    ("clashes", r"clash(?:es|ed)?|gun ?battles?|firefights?|fighting"),
    ("security operations", r"operations?|raids? by (?:the )?(?:army|military|police|troops|soldiers|security forces)"),
    (
        "attacks",
        r"attack(?:s|ed|ers)?|assaults?|ambush\w*|storm(?:ed|ing)|"
        r"(?:gunmen|fighters|militants|rebels|attackers|troops|soldiers|police|they) storm",
    ),
)
_BODY = re.compile(r"\b(?:army|front|movement|party|forces?|group|brigades?|council|alliance|militia)\b", re.IGNORECASE)
_ORGAN = re.compile(r"^[A-Z].*\b(?:Front|Corps|Commission|Authority|Department|Ministry|Committee|Council|Army|Guard)$")
_CROWD = re.compile(
    r"(?:Officials?|Police|Authorities|Residents?|Witnesses|Doctors|Medics|Activists|Rescuers|Villagers|Sources|Survivors|"
    r"(?:Local|Security|Provincial|Military|Government|Hospital|Health|State|District|Army|Rescue|Medical|Senior)\s[a-z]+)"
    r"(?:\s[a-z].*)?"
)
"""Nobody by name, with the capital letter of the sentence the words opened."""
_ARTICLE = re.compile(r"\b(the|an?)\s$", re.IGNORECASE)
_ANYONE = re.compile(
    r"(?!(?:the|its|their|his|her|an?) )(?:[a-z-]+ ){0,4}(?:official|officer|source|spokes(?:man|woman|person)|"
    r"commander|minister|witness|resident|doctor|lawmaker|aide)"
)
_CLASSES = re.compile(
    r"(?:[a-z-]+ ){0,2}(?:soldiers?|troops|officers?|polic(?:e|eman|emen|ewomen)|personnel|guards?|servicemen|"
    r"troopers?|constables?|rangers?|conscripts?|recruits?|civilians?|passengers?|labou?rers?|workers?|wom[ae]n|child(?:ren)?|"
    r"residents?|villagers?|worshippers?|journalists?|miners?|students?|pilgrims?|farmers?|patients?|migrants?|"
    r"travellers?|travelers?|drivers?|teachers?|medics?|people|prisoners?|hostages)"
)
_ROAD = re.compile(r"\b(?:Road|Street|Avenue|Highway|Motorway|Boulevard|Expressway|Lane|Bypass)$")
_NEAR = re.compile(r"\b(?:near|outside|close to|not far from) (?:the \w+ of )?$")
_LEADING = re.compile(
    r"^(?:(?:the|a|an|other|dead|killed|slain|wounded|injured|hurt|missing|displaced|abducted|kidnapped|captured|detained|"
    r"arrested)\s+)+",
    re.IGNORECASE,
)
"""What is no part of the word for people: an article, and what became of them, which is said beside it."""
# ── who, what, when ─────────────────────────────────────────────────────────────────────────────────


def who(claim: Claim) -> str:
    """Return the voice of a claim with its office: `Interior Minister X`, `the military`, else the outlet's name."""
    said = re.sub(r"^The ", "the ", speaker(claim.claimant, claim.office))
    if _CROWD.fullmatch(said):
        said = said[0].lower() + said[1:]
    if claim.claimant_kind == "armed_group" or (not claim.office and _ORGAN.search(said)):
        said = with_article(said)
    elif _ANYONE.fullmatch(said):
        said = f"{'an' if said[0] in 'aeiou' else 'a'} {said}"
    return _as_told(said, claim.sentence) or claim.publisher or "an unnamed source"


def _as_told(said: str, sentence: str) -> str:
    """Return a voice with the article its sentence gives it: `a doctor at the hospital`, `the regional hospital`."""
    before, found, _ = sentence.partition(said) if said else ("", "", "")
    article = _ARTICLE.search(before) if found else None
    return f"{article[1].lower()} {said}" if article else said


def publisher_of(document: Document, language: Language = ENGLISH) -> str:
    """Return who publishes a report: by its own word, else by its address; a file's path is nobody's name."""
    return document.publisher or urlsplit(document.url).netloc or language.text("an unnamed source")


def named(voices: Sequence[str], language: Language = ENGLISH, *, most: int | None = None) -> Runs:
    """Return voices as a list, beyond `most` counted: `X`, `X and Y`, `X, Y and two others`."""
    if language.code == "en":
        return (Name(text=listed(voices, most=most)),)
    return names_listed([voice(one, language) for one in voices], language, most=most)


def names_listed(
    names: Sequence[str], language: Language = ENGLISH, *, most: int | None = None, of: Listed = "voices"
) -> Runs:
    """Return names as a list, each a run of its own so that none changes the direction of the next."""
    shown: list[Runs] = [(Name(text=one),) for one in names[:most]]
    rest = len(names) - len(shown)
    return joined([*shown, others_told(rest, language, of=of)] if rest else shown, language)


def best_name(claims: Iterable[Claim]) -> str:
    """Return how one voice is named throughout: with post and name, the plainest form, then the commonest.

    A person's name stands only where nobody else, nor the office itself, speaks for that voice.
    """
    claims = _of_the_house(list(claims))
    offices = impersonal((one.claimant, one.office) for one in claims if one.claimant_kind != "armed_group")
    if offices:
        claims = [one for one in claims if (one.claimant or one.office) in offices] or [
            one.model_copy(update={"claimant": post, "office": None}) for one, post in product(claims, sorted(offices))
        ]
    count = Counter((who(claim), bool(claim.claimant and claim.office)) for claim in claims)
    return min(count, key=lambda said: (not said[1], "(" in said[0], -count[said], -len(said[0]), said[0]))[0]


def _of_the_house(claims: list[Claim]) -> list[Claim]:
    """Return the counts a house of care gives by its own name, where it does: its director's are no other's."""
    own = [one for one in claims if one.claimant_kind == "medical" and one.claimant and not one.office]
    names = {(one.claimant or "").casefold() for one in own}
    headed = [one for one in claims if one.office and any(name in one.office.casefold() for name in names)]
    return own if own and len(own) + len(headed) == len(claims) else claims


def with_article(group: str) -> str:
    """Return a group's name with its article where its kind of name takes one: `the Haro Freedom Army`."""
    kind = _BODY.search(group) or _ORGAN.search(group)
    return f"the {group}" if kind and not re.match(r"(?:the|a|an)\s", group, re.IGNORECASE) else group


def speaker(claimant: str | None, office: str | None) -> str:
    """Return a speaker's office and name in reading order, or an empty string where the text names nobody."""
    name, post = (claimant or "").strip(), (office or "").strip()
    if not name or not post or name.casefold() in post.casefold():
        return post or name
    if post.casefold() in name.casefold():
        return name
    return f"{name} ({post})" if re.search(r"\b(?:of|for|at|in)\b", post) else f"{post} {_less_of(post, name)}"


def _less_of(post: str, name: str) -> str:
    """Return a name without the words its post has said already: "army spokesman" before "spokesman Col. X"."""
    said, words = post.casefold().split(), name.split()
    most = min(len(said), len(words) - 1)
    over = next((n for n in range(most, 0, -1) if said[-n:] == [word.casefold() for word in words[:n]]), 0)
    return " ".join(words[over:])


def owned(claim: Claim) -> bool:
    """Say whether somebody other than the outlet stands behind the number."""
    return bool(claim.claimant or claim.office)


def noun(claims: Claim | Sequence[Claim], group: Group, *, one: bool = False) -> str:
    """Return the word for those who suffered: the sources' own if all agree on a plain one, else ours."""
    every = [claims] if isinstance(claims, Claim) else list(claims)
    plain = LABELS[group][0 if one else 1]
    if group == "places":
        return _kind_of_place(every) or plain
    if group == "armed_group" or not every:
        return plain
    said = {_LEADING.sub("", claim.group_text.strip()) for claim in every}
    if len(said) > 1:
        return plain
    word = said.pop()
    usable = _CLASSES.fullmatch(word) and not LOADED.search(word)
    return word if usable and _agrees(word, one=one) else plain


def _kind_of_place(claims: Sequence[Claim]) -> str:
    """Return the word the sources have for the places they count, if they agree on one: `towns`, `districts`."""
    said = {claim.group_text.split()[-1].lower() for claim in claims if claim.group_text.strip()}
    return said.pop() if len(said) == 1 and all(word.isalpha() for word in said) else ""


def _agrees(word: str, *, one: bool) -> bool:
    """Say whether the word's number fits, as far as its form tells."""
    last = word.split()[-1].casefold()
    plural = (last.endswith("s") and not last.endswith("ss")) or last in {
        *("people", "men", "women", "children", "police", "personnel", "policemen", "troops", "servicemen"),
        *("gunmen", "policewomen", "tribesmen", "workmen", "fishermen"),
    }
    return plural != one


def is_one(claim: Claim) -> bool:
    """Say whether a claim is of exactly one person, so that noun and verb stand in the singular."""
    return claim.low == 1 and claim.high == 1 and claim.modifier == "exact"


def counted(claim: Claim, language: Language = ENGLISH) -> Runs:
    """Return `10 security personnel`, `dozens of people`: the count by reference and its noun."""
    if language.code != "en":
        number = agreement(claim.low, claim.modifier, claim.high)
        return counted_by(
            ClaimRef(claim=claim.id),
            claim.group,
            number,
            language,
            of=_wants_of(claim),
            further=claim.increment and claim.modifier != "more_than",
            word=_many(claim),
        )
    link = " further " if claim.increment and claim.modifier != "more_than" else " of " if _wants_of(claim) else " "
    return (counted_of(claim), Text(text=link + noun(claim, claim.group, one=is_one(claim))))


def counted_of(claim: Claim, *, alone: bool = False) -> ClaimRef:
    """Return a claim's count in a sentence: `4`, `at least 10`; of nobody `no` where people follow, `none` alone."""
    return ClaimRef(claim=claim.id, form=("alone" if alone else "prose") if is_nobody(claim) else "text")


def is_nobody(claim: Claim) -> bool:
    """Say whether a claim of people is an affirmed zero."""
    return claim.low == claim.high == 0 and claim.group in GROUPS


def nobody(count: Run, group: Group, outcome: Outcome, language: Language) -> Runs:
    """Return `aucun mort (civils)`: an affirmed zero as languages say it that have no `0 civilians were killed`."""
    of = Text(text=language.text(GROUPS[group]).lower())
    return say(language, NOBODY[outcome], nobody=count, group=of)


def _wants_of(claim: Claim) -> bool:
    return claim.modifier == "vague" and bool(
        re.search(r"\b(?:tens|dozens|scores|hundreds|thousands)\b", claim.quote, re.IGNORECASE)
    )


def _many(claim: Claim) -> str:
    """Return the word for those a claim counts, in the plural: that of the source, if it is a plain one."""
    return {"child": "children", "woman": "women"}.get(word := noun(claim, claim.group, one=is_one(claim)), word)


def _agreeing(claims: Iterable[Claim]) -> list[str]:
    """Return the groups a verb agrees with; women are one of their own, where languages have genders."""
    return [agreeing(claim.group, _many(claim)) for claim in claims]


def agreeing(group: Group, word: str) -> str:
    """Return what a verb agrees with: the group people are counted in, or `women` where its word is feminine."""
    return "women" if word in FEMININE else group


def counted_by(
    count: Run,
    group: Group,
    number: int,
    language: Language,
    *,
    of: bool = False,
    further: bool = False,
    word: str = "",
) -> Runs:
    """Return a count with the page's own word for a group, or that of the sources, as it goes with the number."""
    if of:
        return say(language, OF_THEM[group], count=count)
    if further:
        return say_n(language, *FURTHER[group], number, count=count)
    return say_n(language, *OWN_WORDS.get(word, COUNTED[group]), number, count=count)


def fate(
    people: Runs,
    outcome: Outcome,
    number: int,
    groups: Iterable[str],
    language: Language = ENGLISH,
    *,
    forms: Mapping[Outcome, tuple[str, str]] = FATES,
) -> Runs:
    """Return `4 guards and 9 gunmen were killed`: what became of people, in the number and gender they have."""
    one, many = forms[outcome]
    form = language.form(one, many, number, _gender(set(groups)) if language.code != "en" else "")
    return filled(form, {"who": people}, language)


def _gender(groups: set[str]) -> str:
    """Return the context in which a catalogue has what became of people of these groups."""
    if groups == {"women"}:
        return "women"
    return "people" if groups <= {"unknown", "disaster_victims", "women"} else ""


def harmed(claim: Claim, language: Language = ENGLISH) -> Runs:
    """Return `4 guards killed`: a claim's count, of whom, and what became of them, for a cell or a heading."""
    told = _harmed(claim, language)
    return in_disasters(told, [claim.outcome], language) if of_disaster(claim) else told


def harmed_together(claims: Sequence[Claim], language: Language = ENGLISH) -> Runs:
    """Return `4 guards killed and 9 people injured`; who was harmed in disasters comes last, and it is said of all."""
    parts = [_harmed(claim, language) for claim in claims if not of_disaster(claim)]
    struck = [claim for claim in claims if of_disaster(claim)]
    if struck:
        harm = joined([_harmed(claim, language) for claim in struck], language)
        parts.append(in_disasters(harm, [claim.outcome for claim in struck], language))
    return joined(parts, language)


def _harmed(claim: Claim, language: Language) -> Runs:
    if is_nobody(claim) and language.code != "en":
        return nobody(counted_of(claim, alone=True), claim.group, claim.outcome, language)
    number = agreement(claim.low, claim.modifier, claim.high)
    return fate(counted(claim, language), claim.outcome, number, _agreeing([claim]), language, forms=HARMED)


def of_disaster(told: Claim | Figure) -> bool:
    """Say whether a count or figure is of people harmed by disasters."""
    return told.group == "disaster_victims"


def in_disasters(told: Runs, outcomes: Sequence[Outcome], language: Language = ENGLISH) -> Runs:
    """Return `9 people were killed in disasters`: what became of people, and that nobody's violence did it.

    Where all were displaced, it is `300 people were displaced by disasters`.
    """
    return say(language, BY_DISASTERS if set(outcomes) == {"displaced"} else IN_DISASTERS, told=told)


def toll(claims: Sequence[Claim], language: Language = ENGLISH) -> Runs:
    """Return `4 guards and 9 gunmen were killed`, outcomes in the order they come; harm by disasters last, as that."""
    struck = [claim for claim in claims if of_disaster(claim)]
    others = [claim for claim in claims if not of_disaster(claim)]
    if not struck:
        return _toll(others, language)
    harm = in_disasters(_toll(struck, language), [claim.outcome for claim in struck], language)
    return joined([_toll(others, language), harm], language) if others else harm


def _toll(claims: Sequence[Claim], language: Language) -> Runs:
    by_outcome: dict[Outcome, list[Claim]] = {}
    for claim in claims:
        by_outcome.setdefault(claim.outcome, []).append(claim)
    parts: list[Runs] = []
    named: set[str] = set()
    for outcome, told_of in by_outcome.items():
        spared = [claim for claim in told_of if is_nobody(claim) and language.code != "en"]
        parts += [nobody(counted_of(claim, alone=True), claim.group, outcome, language) for claim in spared]
        if not (group := [claim for claim in told_of if claim not in spared]):
            continue
        again = len(group) == 1 and len(by_outcome) > 1 and noun(group[0], group[0].group) in named
        counts = {claim.id: (counted_of(claim, alone=True),) if again else counted(claim, language) for claim in group}
        others = group = _with_own_members(group)
        if whole := whole_of(group):
            every, inside = whole
            told = fate(counts[every.id], outcome, 2, [every.group], language)
            inner = [counts[claim.id] for claim in inside]
            among, before = all(is_member(claim) for claim in inside), told_before(inside, every)
            groups = with_members if among else with_groups_before if before else with_groups
            parts.append(groups(told, inner, language))
            others = [claim for claim in group if claim is not every and claim not in inside]
        if others and outcome in AMONG and all(map(is_member, others)):
            parts.append(some_of(others, language))
        elif others:
            number = 1 if len(others) == 1 and is_one(others[0]) else 2
            told = joined([counts[claim.id] for claim in others], language)
            parts.append(fate(told, outcome, number, _agreeing(others), language))
        named |= {noun(claim, claim.group) for claim in group}
    return joined(parts, language)


def some_of(claims: Sequence[Claim], language: Language = ENGLISH) -> Runs:
    """Return `4 women and 3 children were among the dead`: some of those whom another's number counts."""
    one, many = AMONG[claims[0].outcome]
    counts = joined([counted(claim, language) for claim in claims], language)
    return say_n(language, one, many, 1 if len(claims) == 1 and is_one(claims[0]) else 2, who=counts)


def with_groups(told: Runs, counts: Sequence[Runs], language: Language = ENGLISH) -> Runs:
    """Return `15 people were killed (by group, 4 guards and 9 gunmen)`: a whole and its parts."""
    return say(language, "{told} (by group, {groups})", told=told, groups=joined(counts, language))


def with_groups_before(told: Runs, counts: Sequence[Runs], language: Language = ENGLISH) -> Runs:
    """Return `16 people were killed (earlier, by group, 14 civilians)`: a whole, and parts of what it was before."""
    return say(language, "{told} (earlier, by group, {groups})", told=told, groups=joined(counts, language))


def told_before(parts: Iterable[Claim], whole: Claim) -> bool:
    """Say whether parts are of an earlier word than the whole: nobody says that the whole divides so."""

    def at(one: Claim) -> tuple[date, float]:
        return one.stated_on or date.min, one.stated.timestamp() if one.stated else 0.0

    return all(one.document_id != whole.document_id and at(one) < at(whole) for one in parts)


def with_members(told: Runs, counts: Sequence[Runs], language: Language = ENGLISH) -> Runs:
    """Return `9 people were killed (among them 4 women and 3 children)`: a whole and some of those it counts."""
    return say(language, "{told} (among them {groups})", told=told, groups=joined(counts, language))


def _with_own_members(claims: Sequence[Claim]) -> list[Claim]:
    """Return one voice's counts without the women and children of another number than the whole that is told."""
    wholes = {(claim.document_id, claim.quote) for claim in claims if not claim.part_of}
    every = any(claim.group == "unknown" for claim in claims)
    return [one for one in claims if not (every and is_member(one) and (one.document_id, one.part_of) not in wholes)]


def whole_of(claims: Sequence[Claim]) -> tuple[Claim, Sequence[Claim]] | None:
    """Return the count of people of no group, with the counts of groups that are counted in it.

    Those are the ones that its own report gives as its parts; where there are none, all, if it is no smaller than they.
    """
    every = [claim for claim in claims if claim.group == "unknown"]
    groups = [claim for claim in claims if claim.group != "unknown"]
    if len(every) != 1 or not groups:
        return None
    whole = every[0]
    told = [one for one in groups if (one.document_id, one.part_of) == (whole.document_id, whole.quote)]
    parts = told or groups
    return (whole, parts) if (whole.low or 0) >= sum(one.low or 0 for one in parts) else None


def when(window: Window, *, weekday: bool = False) -> Runs:
    """Return ` on 31 January 2026`, ` over 30–31 January 2026`, ` in March 2025`."""
    return (Text(text=" "), *during(window, weekday=weekday))


def during(window: Window, language: Language = ENGLISH, *, weekday: bool = False) -> Runs:
    """Return `on 31 January 2026`, `over 30–31 January 2026`, `in March 2025`."""
    if whole_months(window):
        return say(language, "in {month}", month=Day(start=window.start, end=window.end, form="month"))
    if window.days == 1:
        return say(language, "on {day}", day=Day(start=window.start, weekday=weekday))
    return say(language, "over {days}", days=Day(start=window.start, end=window.end))


def within(places: Sequence[str], language: Language = ENGLISH, *, most: int | None = None, near: bool = False) -> Runs:
    """Return `in Brela and Mand`, `on Mill Road`, each place a name of its own; nothing where there is no place."""
    if not places:
        return ()
    message = mark("on {place}") if all(map(is_road, places)) else mark("in {place}")
    message = mark("near {place}") if near else message
    return say(language, message, place=names_listed(places, language, most=most, of="places"))


def is_near(claims: Iterable[Claim], places: Sequence[str]) -> bool:
    """Say whether all that name the one place of some counts put them near it: a village outside a town is not it."""
    if len(places) != 1:
        return False
    name = re.escape(places[0].partition(",")[0])
    told = [named for claim in claims for named in re.findall(rf"([\w ]{{0,20}})\b{name}\b", claim.sentence)]
    return bool(told) and all(_NEAR.search(before) for before in told)


def is_road(place: str) -> bool:
    """Say whether a place is a road by its name, so that things happen on it and not in it: `Mill Road, Brela`."""
    return bool(_ROAD.search(place.partition(",")[0].strip()))


def whole_months(window: Window) -> bool:
    """Say whether a window is one or more calendar months, first day to last."""
    after = date.fromordinal(window.end.toordinal() + 1)
    return window.start.day == 1 and after.day == 1


def span(window: Window) -> str:
    """Return the length of a window in words: `one day`, `two days`."""
    return "one day" if window.days == 1 else f"{in_words(window.days)} days"


def spelled(window: Window, language: Language = ENGLISH) -> str:
    """Return the length of a window in words alone: `two days`; in other languages beyond ten, that it is more."""
    if language.code == "en":
        return span(window)
    return language.text(DAYS[window.days - 1] if window.days <= len(DAYS) else MORE_DAYS)


def throughout(region: str, language: Language = ENGLISH, *, country: str = "") -> Runs:
    """Return `in Kesh`, of a whole region or country, which some languages say otherwise than of a town.

    With its country: `in Kesh (Aland)`, each a name of its own. A country has its name in the language.
    """
    if (nation := language.country(region)) != region:
        return say(language, "in {country}", country=Name(text=nation))
    name: Runs = (Name(text=region),)
    if country:
        name = say(language, "{place} ({country})", place=name, country=Name(text=language.country(country)))
    return say(language, "in {region}", region=name)


def length(window: Window, language: Language = ENGLISH) -> Runs:
    """Return the length of a window: `one day`, `two days`."""
    return say_n(language, "{count} day", "{count} days", window.days, count=tally(window.days, "days", language))


def kind_of_violence(sentences: Iterable[str]) -> str:
    """Return the plainest word the sources give for what happened, `attacks` first, or `violence`.

    Where they tell of a disaster and of no such thing, what is known is that there were `casualties`.
    """
    text = "\n".join(sentences)
    counts = {word: len(re.findall(rf"\b(?:{pattern})\b", text, re.IGNORECASE)) for word, pattern in _ACTS}
    if counts["attacks"]:
        return "attacks"
    best = max(counts, key=lambda word: counts[word])
    if counts[best]:
        return best
    return "casualties" if tells_of_disaster(text) else "violence"


def label(figure: Figure, language: Language = ENGLISH) -> str:
    """Return `Militants killed`: the name of a figure's cell."""
    return language.text(CELLS[figure.group, figure.outcome])
