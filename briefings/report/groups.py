"""Find how a sentence names an armed group or force: as subject of a verb, as its object, with its acronym."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from ..lexis.lexicon import ARMED

_FIGHTERS: Final = "|".join(sorted(ARMED, key=len, reverse=True))
_BODIES: Final = "groups?|organi[sz]ation|faction|outfit|movement|cell|cartel|gangs?|army|military|forces|troops|police"
MARKED: Final = re.compile(
    r"\b(?:Front|Army|Armed|Movement|Brigades?|Taliban|Party|Group|Forces?|Organi[sz]ation|Union|Council|Jihad|"
    r"Qa[ei]da|"
    r"State|Battalions?|Corps|Guards?|Resistance|Liberation|Faction|Alliance|Command|Network|Cell|Hezbollah|Hamas|"
    r"Houthis?|Shabaa?b|Militia|Cartel|Defen[cs]e|Military|Unit|Regiment|Ansar\S*|Jaysh|Lashkar\S*|Tehree?k\S*|"
    r"Jama\S*|Katibat|Saraya|Hayat|Harakat|Harkat\S*|Soldiers|Lions|Tigers|Eagles|Martyrs|Avengers|Commandos?)\b|"
    r"\b[A-Z]{2,6}\b"
)
"""Words that stand in the names of groups and forces, and acronyms."""
DESCRIBED: Final = re.compile(rf"\b(?:{_FIGHTERS}|{_BODIES}|tribesmen|vigilantes)\b", re.IGNORECASE)
OUTSIDERS: Final = re.compile(
    r"\b(?:insurers?|insurance|airline|company|companies|firm|operator|ministers?|ministry|mayor|bank|club|team|coach|"
    r"president|ceo|chief executive|manager|driver|captain|pilot|governor|senator|lawmakers?|candidate|lender|railway|"
    r"manufacturer|contractor|hospital|university|school|council|customers?|clients?|owners?|engineers?|party|players?|"
    r"commissioner|director|regulator|utility|corporation|inc|ltd|plc|union)\b",
    re.IGNORECASE,
)
"""Who takes responsibility or credit without having attacked anybody."""
_ANAPHOR: Final = re.compile(
    r"(?:it|they|the (?:group|organi[sz]ation|movement|outfit|faction|statement|communiqu[eé]|party))", re.IGNORECASE
)
_ANAPHORS: Final = frozenset({"and", "it", "they", "group", "organization", "organisation", "movement", "statement"})
_ANAPHOR_LAST: Final = re.compile(rf"(?:^|[\s,])(?P<word>{_ANAPHOR.pattern})$", re.IGNORECASE)
_NAME: Final = re.compile(
    r"(?:(?:[A-Z][\w'’.-]*|al [A-Z][\w'’.-]*|al-\w+|el-\w+|ash-\w+|ul-\w+|wal-\w+)"
    r"(?:[ ](?:of|the|in|al|for|and|ul|wal|e|i|de|la|del|bin)\b(?=[ ](?:the |al-|la )?[A-Z]))*"
    r"(?:[ ]the(?=[ ][A-Z]))?[ ]?)+(?:\([A-Z][\w-]{1,12}\))?"
)
_LEADING: Final = re.compile(
    r"^(?:(?:The|An|A|But|And|In|On|Meanwhile|However|Later|Earlier|Also|Separately|Both|While|Although|Though|When|"
    r"After|Before|According|Now|Yesterday|Today|Then|So|As|At|For|Hours|Days|Late|Early|Sources?|Statement|Yet)\s+)+"
)
DAY: Final = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\S*|January|February|March|April|May|June|July|August|September|"
    r"October|November|December|TODAY|YESTERDAY)",
    re.IGNORECASE,
)
_PLACED: Final = re.compile(
    r"\b(?:in|at|on|near|against|after|before|from|to|with|across|outside|inside|around|over|into|targeting|under|"
    r"killing) (?:the |an? |its )?(?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(
    r"\b(?:that|but|while|although|though|as|when|because|since|before)\b|[;:\"“”—–]", re.IGNORECASE
)
_JOINED: Final = re.compile(r"(?:was|were|had|has|have|said|\w{2,}ed)\b[^,;]* and (?=(?:the |an? )?[A-Z])")
WHO: Final = re.compile(r",?\s*\b(?:which|who|that|whose \w+)\s*$", re.IGNORECASE)
"""A relative pronoun at the end of a clause, whose verb has the noun before as its subject."""
ADVERBS: Final = (
    r"(?:(?:has|have|had|also|later|since|immediately|then|swiftly|quickly|promptly|both|separately|previously|"
    r"repeatedly|jointly|publicly|already|earlier|formally|today|yesterday|reportedly|apparently|quietly|subsequently|"
    r"on (?:mon|tues|wednes|thurs|fri|satur|sun)day),? )*"
)
_ADVERB_TAIL: Final = re.compile(rf"[\s,]*(?:{ADVERBS})$", re.IGNORECASE)
_BETWEEN: Final = re.compile(r" and (?:the )?")
_AND: Final = re.compile(r"\s*(?:and|,)\s*(?:the )?")
_LEFT: Final = re.compile(r"(?:\b(?:an?|the|some|several|unknown)\s+)?(?:[\w'’-]+\s+){0,5}$", re.IGNORECASE)
_CUT: Final = re.compile(r".*\b(?:by|from|of|in|on|for|to|with|and|at|said|statement)\s+", re.IGNORECASE)
_LEAD: Final = re.compile(
    r"(?:the|an?|suspected|alleged|(?:members|fighters|militants|rebels|gunmen) (?:of|from))\s+", re.IGNORECASE
)
_TAIL: Final = re.compile(
    rf"\s+(?:\w+ )?(?:{_FIGHTERS}|{_BODIES}|soldiers|officers|guards|mercenaries|settlers|jets|"
    r"warplanes|shelling|airstrikes?)\b",
    re.IGNORECASE,
)
_OBJECT: Final = re.compile(
    rf"(?:[\w'’-]+\s+){{0,4}}?(?:{_FIGHTERS}|{_BODIES}|militias?|warplanes|jets)\b"
    r"(?:\s+(?:of|from) the (?:[A-Z][\w-]*\s?)+)?",
    re.IGNORECASE,
)
_OTHER_CLAUSE: Final = re.compile(
    r"\b(?:that|which|by|on|in|for|was|were|after|to|between|he|she|who|no|any|of)\b", re.IGNORECASE
)
_BRACKETED: Final = re.compile(r"\s*\([^)]*\)")
_SHORT: Final = re.compile(r"\(([A-Z][\w-]{1,12})\)")
_FACTION: Final = re.compile(
    r"(?:(?:[A-Z][\w'’-]*|al-\w+)[ ])+(?:faction|wing|branch|splinter group|offshoot|"
    r"cell) of (?:the )?[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*"
)
_IS_A: Final = re.compile(
    r",\s(?:an?|the) (?:[\w'’-]+ ){0,5}?"
    r"(?:faction|wing|branch|splinter|offshoot|affiliate|alliance|coalition|group|militia)\b"
    r"(?: (?:of|from|to|with|in|loyal|allied|linked|aligned)\b[^,;]{0,60})?,?\s*(?:(?:has|have|had)\s*)?$"
)
"""What a group is: "the Sons of Tarn|, a faction of the Northern Front, | claimed the raid"."""
_BELONGING: Final = re.compile(r"\s?(?:affiliate|offshoot|branch|franchise|ally)\s+")
"""What leads from the larger group to that of it: "Northern Front | affiliate | Sons of Tarn"."""
_ALLIED: Final = ("-linked", "-backed", "-affiliated", "-allied", "-aligned")
_ALLIED_TAIL: Final = re.compile(rf"(?: [\w-]+){{0,2}} (?:{_FIGHTERS}|{_BODIES})\b", re.IGNORECASE)
_BODY_NEXT: Final = re.compile(rf"(?: (?:{_BODIES}))* ", re.IGNORECASE)
_CAPITALS: Final = re.compile(r"[\w'-]+(?: [\w'-]+){0,3}?(?= FOR\b| OF\b| ON\b| AS\b|'S\b|[.,;]|$)")
_ARTICLE: Final = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_LONG_SHORT: Final = re.compile(
    r"(?P<long>(?:[A-Z][\w'’-]*|al-\w+)(?:[ -](?:[A-Z][\w'’-]*|al-\w+|of|the|for|and|in|de|la|ul|"
    r"wal))*[ -][A-Z][\w'’-]*)"
    r"(?:,? (?:also |better |commonly |locally |widely )?(?:known (?:by its initials |by the acronym |as )(?:the )?|"
    r"or )|"
    r"\s*\()[\"“‘']?(?:the )?(?P<short>[A-Z][A-Z-]{1,8})\b"
)

_SHORT_NEAR: Final = re.compile(
    r"(?:\(|known (?:by its initials |by the acronym |as )(?:the )?|or )[\"“‘']?(?:the )?[A-Z][A-Z-]"
)
"""What every acronym that is explained stands behind: looking for it first keeps reading fast."""


_KINDS: Final = (
    "Dissident|Rebel|Separatist|Islamist|Jihadist|Jihadi|Militant|Insurgent|Guerrilla|Extremist|Secessionist|Armed|"
    "Maoist|Terrorist|Breakaway|Splinter"
)
_DESCRIPTION: Final = re.compile(rf"\b(?:{_KINDS}) (?:front|alliance|{_BODIES})\b")
"""A group that begins a sentence, by its kind alone: "Dissident front", "Rebel group"."""


def unnamed(group: str) -> bool:
    """Say whether a group is called by its kind alone."""
    return group.lower() in _BARE or _DESCRIPTION.fullmatch(group) is not None


_BARE: Final = frozenset({"group", "armed group", "militants", "rebels", "faction", "movement"})


def acronyms(text: str) -> dict[str, str]:
    """Map each acronym to the long name a text ties it to: "Northern Lake Front (NLF)"."""
    found: dict[str, str] = {}
    if not _SHORT_NEAR.search(text):
        return found
    for match in _LONG_SHORT.finditer(text):
        long, short = _LEADING.sub("", match["long"]), match["short"]
        letters = "".join(word[0] for word in re.findall(r"[A-Z]\w*", long))
        if len(long) > len(short) and letters and short[0] in letters:
            found.setdefault(short, long)
    return found


def full_name(group: str, long: dict[str, str]) -> str:
    """Return the long name a text ties a group to, or its own where that says it all; `long` as `acronyms` gives it."""
    bare = _BRACKETED.sub("", group).strip()
    return long.get(bare.upper() if bare.isupper() else bare, bare)


@lru_cache(maxsize=1_024)  # the few groups of a report are compared with each of its speakers
def same_names(group: str, name: str) -> frozenset[str]:
    """Return the names by which two mentions are one group, lower case: long name, acronym in brackets, initials."""
    found = {_bare(group), _bare(name)} | {short.lower() for short in _SHORT.findall(group)}
    for long in (group, name):
        words = re.split(r"[\s-]+", _BRACKETED.sub("", long).strip())
        if len(words) > 2:
            found.add("".join(word[0] for word in words if word[:1].isupper()).lower())
    return frozenset(found - {""})


def _bare(name: str) -> str:
    return _ARTICLE.sub("", _BRACKETED.sub("", name)).strip().casefold()


def owners(sentence: str, verb: int) -> list[tuple[int, str]]:
    """Return the groups that are the subject of the verb at offset `verb`, each with its own offset.

    The name is empty where a pronoun, or "the group", stands for one named before.
    """
    edge = len(_ADVERB_TAIL.sub("", sentence[:verb]))
    clause = _clause(sentence, edge)
    if sentence.isupper():
        return _in_capitals(sentence, clause, edge)
    if introduced := _introduced(sentence, _past_leading(sentence, clause), edge):
        return [introduced]
    if part := _FACTION.search(sentence, clause, edge):
        bare = _LEADING.sub("", part.group())
        return [(part.end() - len(bare), bare)]
    names = [one for one in _names(sentence, clause, edge) if not _PLACED.search(sentence[clause : one[0]])]
    marked = [one for one in names if MARKED.search(one[1]) or one[1].split()[-1].lower() in ARMED]
    described = _described(sentence, clause, edge)
    if names and (described_as := _DESCRIPTION.match(sentence, names[0][0], edge)):
        return [(names[0][0], described_as.group())]
    if marked:
        first = marked[0]
        end = first[0] + len(first[1])
        return [first, *(one for one in marked[1:] if _AND.fullmatch(sentence[end : one[0]]))]
    if described is not None and (not names or names[0][0] > described[0] or described[1]):
        return [described]
    if names and not OUTSIDERS.search(sentence[clause:edge]):
        return names[:1]
    return []


def _introduced(sentence: str, at: int, edge: int) -> tuple[int, str] | None:
    """Return the group a clause begins with that says which it is: "X, a faction of Y, claimed", "Y affiliate X"."""
    first = _NAME.match(sentence, at, edge)
    if first is None or OUTSIDERS.search(sentence, at, edge):
        return None
    end = first.start() + len(first.group().rstrip(" ,"))
    if _IS_A.match(sentence, end, edge):
        return first.start(), first.group().rstrip(" ,")
    tie = _BELONGING.match(sentence, end, edge)
    second = _NAME.match(sentence, tie.end(), edge) if tie else None
    return (second.start(), second.group().rstrip(" ,")) if second else None


def _past_leading(sentence: str, at: int) -> int:
    """Return where a name may begin that a clause from `at` on opens with."""
    rest = sentence[at:].lstrip()
    at = len(sentence) - len(rest)
    found = _LEADING.match(rest)
    return at + (found.end() if found else 0)


def group_at(sentence: str, start: int, stop: int | None = None, *, loose: bool = True) -> tuple[int, str, int] | None:
    """Return the group named at `start`: its offset, its name, where it ends; `None` if it can be no group.

    `loose` takes any name for one, as after "blamed … for the attack".
    """
    stop = len(sentence) if stop is None else stop
    at = start
    while found := _LEAD.match(sentence, at, stop):
        at = found.end()
    name = None if sentence.isupper() else _NAME.match(sentence, at, stop)
    if name:
        text = name.group().rstrip(" .,")
        end = name.start() + len(text)
        if tail := _TAIL.match(sentence, end, stop):
            inner = _NAME.match(sentence, tail.end() + 1, stop)
            if inner and (MARKED.search(inner.group()) or "-" in inner.group()):
                text = inner.group().rstrip(" .,")
                return inner.start(), text, inner.start() + len(text)
            end = tail.end()
            text = sentence[name.start() : end]
        if text.endswith(("'s", "’s")):
            text, end = text[:-2], end - 2
        marked = tail or MARKED.search(text) or text.split()[-1].lower() in ARMED
        if DAY.fullmatch(text) or (not marked and (not loose or OUTSIDERS.search(text))):
            return None
        return name.start(), text, end
    if loose and sentence.isupper() and (capitals := _CAPITALS.match(sentence, at, stop)):
        text = capitals.group()
        return None if _OTHER_CLAUSE.search(text) else (at, text, capitals.end())
    described = _OBJECT.match(sentence, at, stop)
    if described and (inner := _NAME.match(sentence, _past_body(sentence, described.end()), stop)):
        text = inner.group().rstrip(" .,")
        return inner.start(), text, inner.start() + len(text)
    if described and not _OTHER_CLAUSE.search(described.group()):
        text = described.group().rstrip()
        return at, text, at + len(text)
    return None


def _past_body(sentence: str, at: int) -> int:
    """Return where a name may begin after a description: behind the next word for a body, "group" or "faction"."""
    found = _BODY_NEXT.match(sentence, at)
    return found.end() if found else at + 1


def _clause(sentence: str, edge: int) -> int:
    """Return where the clause begins whose verb stands after `edge`."""
    clause = 0
    for stop in _CLAUSE.finditer(sentence, 0, edge):
        after = WHO.sub("", sentence[stop.end() : edge])
        if re.search(r"\w", after) and not re.fullmatch(r"\s*(?:also|later|which|who)\s*", after):
            clause = stop.end()
    for stop in _JOINED.finditer(sentence, clause, edge):
        clause = stop.end()
    return clause


def _names(sentence: str, start: int, end: int) -> list[tuple[int, str]]:
    found = []
    for first, last in _name_spans(sentence, start, end):
        text = sentence[first:last].strip()
        bare = _LEADING.sub("", text)
        while bare and DAY.fullmatch(bare.split()[0]):
            bare = " ".join(bare.split()[1:])
        if not bare or bare in {"The", "A", "An", "It", "They", "He", "She", "In", "On", "Both", "No", "There"}:
            continue
        at = first + sentence[first:last].find(bare)
        bare = bare.removesuffix("'s").removesuffix("’s").rstrip("'’.,")
        if bare.endswith(_ALLIED) and (tail := _ALLIED_TAIL.match(sentence, at + len(bare), end)):
            bare += tail.group()
        found.append((at, bare))
    return found


def _name_spans(sentence: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the names in a stretch; two groups joined by "and" are two names."""
    for match in _NAME.finditer(sentence, start, end):
        parts = [cut for cut in _BETWEEN.finditer(match.group()) if MARKED.search(match.group()[: cut.start()])]
        parts = [cut for cut in parts if MARKED.search(_BRACKETED.sub("", match.group()[cut.end() :]))]
        edges = [0, *(cut.end() for cut in parts)]
        stops = [*(cut.start() for cut in parts), len(match.group())]
        for first, last in zip(edges, stops, strict=True):
            yield match.start() + first, match.start() + last


def _described(sentence: str, start: int, end: int) -> tuple[int, str] | None:
    """Return a group that is only described, "a little-known separatist group", or a pronoun as ""."""
    text = WHO.sub("", sentence[start:end]).rstrip(" ,")
    if pronoun := _ANAPHOR_LAST.search(text):
        return start + pronoun.start("word"), ""
    heads = list(DESCRIBED.finditer(text))
    for k, head in enumerate(heads):
        if k + 1 < len(heads) and text[head.end() : heads[k + 1].start()] == " ":
            continue
        left = _LEFT.search(text[: head.start()])
        at = left.start() if left else head.start()
        if cut := _CUT.search(text[at : head.end()]):
            at += cut.end()
        whole = text[at : head.end()]
        if _PLACED.search(text[:at]) or not whole.strip():
            continue
        if _ANAPHOR.fullmatch(whole):
            return start + at, ""
        bare = re.sub(r"^(?:the|an?)\s+", "", whole, flags=re.IGNORECASE)
        return start + at + len(whole) - len(bare), bare
    return None


def _in_capitals(sentence: str, clause: int, edge: int) -> list[tuple[int, str]]:
    """Return the subject in upper-case copy: the words between the last stop and the verb."""
    text = WHO.sub("", sentence[clause:edge]).rstrip(" ,")
    cut = [match.end() for match in re.finditer(r",\s|\b(?:BY|OF|FROM|AND)\s", text) if text[match.end() :].strip()]
    at = cut[-1] if cut else 0
    words = re.sub(r"^(?:\s*(?:THE|A|AN|HOWEVER|MEANWHILE|TODAY)\b)+\s*", "", text[at:])
    words = re.sub(r"(?:\s+(?:TODAY|YESTERDAY|HAS|HAVE|HAD|ALSO))+$", "", words).strip("\"' ,")
    if not words or DAY.fullmatch(words) or len(words) > 60:
        return []
    return [(clause + text.find(words, at), "" if words.lower() in _ANAPHORS else words)]
