"""The words that say what became of people, and where a sentence holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from ..model import Outcome
from .bodies import HOUSES
from .lexicon import ADVERBS, ARMED, AUXILIARIES, DETERMINERS, PERSON, STATE, Sought, wordset
from .people import OUTCOME_HEADS
from .quantities import TENS, UNITS
from .sentences import Tokens

Form = Literal["past", "gerund", "base", "passive", "intransitive", "state", "noun"]
FATES: Final[dict[str, Outcome]] = {
    "dead": "killed", "killed": "killed", "deceased": "killed", "victims": "killed", "fatalities": "killed",
    "deaths": "killed", "wounded": "injured", "injured": "injured", "hurt": "injured", "injuries": "injured",
    "missing": "missing", "arrested": "detained", "detained": "detained", "kidnapped": "abducted",
    "abducted": "abducted", "hostages": "abducted", "displaced": "displaced",
}  # fmt: skip
"""What became of those a word stands for: "the dead", "those killed", "the hostages"."""
_TABLE: Final[tuple[tuple[Outcome, Form, str], ...]] = (
    ("killed", "past", """
        killed | murdered | assassinated | executed | massacred | slaughtered | beheaded | lynched | martyred |
        eliminated | neutralised | neutralized | gunned down | shot dead | shot and killed | fatally shot |
        shot to death | stabbed to death | hacked to death | beaten to death | beat to death | burned to death |
        burnt to death | shot down dead | butchered | decapitated | hanged | electrocuted | put to death |
        bludgeoned to death | strangled | hacked down | wiped out | claimed the lives of | claimed the life of |
        took the lives of | taken the lives of | cost the lives of | slew | disembowelled | dismembered | torn apart
        | mowed down | stabbed dead | removed from the battlefield | burned alive | burnt alive | buried alive |
        starved to death | fatally wounded | fatally injured | fatally stabbed | mortally wounded | annihilated |
        knifed to death | clubbed to death | stoned to death | tortured to death |
        fatally hit | fatally beaten | shot and hacked | bled to death |
        choked to death | kicked to death | run over and killed | snuffed out | mown down | machine-gunned |
        put to the sword | slit the throats of | cut the throats of | slit the throat of | cut the throat of"""),
    ("killed", "gerund", """
        killing | slaying | lynching | wiping out | putting to death | hacking to death | beating to death |
        murdering | assassinating | executing | massacring | slaughtering | beheading | eliminating | neutralising |
        neutralizing | gunning down | shooting dead | shooting and killing | claiming the lives of |
        fatally shooting | stabbing to death | martyring | slitting the throats of | cutting the throats of |
        mowing down | drowning | electrocuting"""),
    ("killed", "base", """
        kill | kills | murder | murders | assassinate | assassinates | execute | executes | massacre | massacres |
        slaughter | neutralise | neutralises | neutralize | neutralizes | eliminate | eliminates |
        claims the lives of | gun down | guns down | shoot dead | shoots dead | behead | beheads"""),
    ("killed", "passive", """
        slain | blown up | blown to pieces | blown apart | blown to bits |
        torn to pieces | found hanging | found hanged |
        torched to death | drowned | crushed to death | trampled to death |
        incinerated | deprived of life | deprived of their lives |
        sent to hell | dispatched to hell | frozen to death | riddled with bullets | lined up and shot |
        pulled lifeless | pulled out lifeless | found lifeless | recovered lifeless"""),
    ("killed", "intransitive", """
        died | dies | die | dying | perished | succumbed | fell in battle | fell in combat | fell in action |
        fell in the battle | fell in the fighting | fell in the line of duty | fell martyr |
        fell as martyrs | fell as a martyr | lost their lives |
        lost his life | lost her life | losing their lives | blew himself up | blew herself up | blew themselves up
        | blew itself up | blowing himself up | blowing herself up | blowing themselves up | blow himself up |
        detonated himself | blows himself up | laid down their lives | laid down his life | gave their lives |
        fell to their deaths | fell to his death | fell to her death | plunged to their deaths |
        plunged to his death | plunged to her death | jumped to their deaths | jumped to his death |
        jumped to her death | leapt to their deaths | leapt to his death | leapt to her death |
        paid with their lives | paid with his life | paid with her life | made the ultimate sacrifice |
        embraced martyrdom | embraced shahadat | paid the ultimate sacrifice |
        attained martyrdom | achieved martyrdom | attained shahadat | breathed their last | breathed his last |
        breathed her last | expired on the spot | expired on the way | expired in hospital | expired at the hospital |
        did not survive | did n't survive |
        didn't survive | suffocated | asphyxiated | froze to death | had their throats slit | had his throat slit |
        had her throat slit | had their throats cut | met their deaths | met his death | losing his life |
        losing her life"""),
    ("killed", "state", """
        dead | deceased | feared dead | feared drowned | presumed drowned | believed drowned | to hell | brought dead
        | brought in dead | dead on arrival"""),
    ("killed", "noun", """
        death | deaths | assassination | assassinations | execution | executions | killings | murders | massacre |
        lives |
        bodies | body | corpses | cadavers | beheading | beheadings"""),
    ("injured", "past", """
        wounded | injured | hurt | harmed | maimed | shot and wounded | shot and injured | hospitalised | hospitalized |
        burned | stabbed | grazed"""),
    ("injured", "gerund", """
        wounding | injuring | hurting | maiming | hospitalizing"""),
    ("injured", "base", """
        wound | wounds | injure | injures | hurts | maims"""),
    ("injured", "passive", """
        admitted to hospital | admitted to various hospitals | treated for injuries | admitted to hospitals |
        taken to hospital | rushed to hospital | treated in hospital | being treated for | treated for |
        admitted to the hospital | taken to hospitals | admitted to various | shot | knifed | concussed"""),
    ("injured", "state", """
        in critical condition | in serious condition | in a critical condition | in a serious condition |
        in intensive care | under treatment | under medical care |
        in a grave state | in a serious state | in a critical state | in a grave condition |
        in stable condition | in a stable condition | in hospital | critical | injured |
        wounded"""),
    ("missing", "state", """
        missing | unaccounted for | feared buried | feared trapped | trapped under rubble | under the rubble |
        trapped under the rubble | buried under rubble | trapped under debris | trapped under the debris |
        trapped beneath the rubble | trapped inside | trapped underground |
        under debris | beneath the rubble | under the debris | beneath the debris | under the mud |
        under rubble | under the wreckage | still below ground | still underground | remained underground |
        remain underground | remains underground | remain below ground | remained below ground | under the ruins |
        under that mud | under that rubble | under the snow | under that debris |
        missing and feared drowned | missing , feared drowned |
        missing and feared dead | missing and presumed dead | missing and believed dead | missing , presumed dead |
        missing , feared dead | still trapped | went missing | go missing | goes missing | gone missing |
        not been found |
        not yet been found | yet to be found | not been accounted for |
        not been seen since | not been traced | not been located | not been heard from | not yet been traced |
        not yet been located | yet to be traced | yet to be located | yet to be accounted for | not be accounted for |
        disappeared | vanished"""),
    ("missing", "noun", """
        disappearance | disappearances"""),
    ("missing", "past", """
        buried | trapped | swept away | washed away | swept out to sea | washed out to sea"""),
    ("missing", "base", """
        buries | traps"""),
    ("missing", "gerund", """
        burying | trapping"""),
    ("abducted", "past", """
        kidnapped | kidnaped | abducted | carted away | carted off |
        taken hostage | took hostage | held hostage | snatched | taken captive |
        took captive | held captive | taken by gunmen | taken by armed men | taken by militants | taken by rebels |
        taken away | taken away by | taken from their home | taken from their homes | taken at gunpoint |
        held by rebels | held by militants | held by gunmen | held by guerrillas | held by kidnappers |
        seized at gunpoint | whisked away | carried off | spirited away | herded away | marched off |
        held captive by | held hostage by | forcibly taken | forcibly took"""),
    ("abducted", "gerund", """
        kidnapping | kidnaping | abducting | taking hostage | snatching | carting away | carting off |
        whisking away | herding away | marching off"""),
    ("abducted", "base", """
        kidnap | kidnaps | abduct | abducts"""),
    ("abducted", "state", """
        hostage | captive | in captivity | in rebel hands | in militant hands | in enemy hands |
        in the hands of the kidnappers | in the hands of kidnappers | in the hands of the rebels |
        in the hands of the bandits | in the hands of bandits | in the hands of the militants |
        in the hands of their captors | in the hands of their abductors | with their captors |
        with their abductors | still with the bandits | still with the kidnappers | still with the gunmen |
        still with the rebels | still with the militants"""),
    ("abducted", "noun", """
        kidnappings | abduction | abductions"""),
    ("detained", "past", """
        arrested | detained | captured | apprehended | recaptured | rearrested |
        re-arrested | taken prisoner | nabbed | rounded up | jailed | imprisoned |
        taken into custody | took into custody"""),
    ("detained", "gerund", """
        arresting | detaining | capturing | apprehending | nabbing | rounding up"""),
    ("detained", "base", """
        arrest | arrests | detain | detains | capture | captures | nab | nabs"""),
    ("detained", "state", """
        in custody | under arrest | into custody | placed under arrest | put under arrest | in detention |
        remanded in custody | remanded | picked up by police | held for questioning | held by police |
        held by the police | held by the authorities | thrown in jail | thrown into jail | thrown into prison |
        thrown in prison | sent to jail | sent to prison | behind bars | taken in for questioning |
        held in connection with | held on suspicion of | in the cells | in police cells | in cells |
        held without charge | held without trial | picked up in raids |
        picked up for questioning"""),
    ("displaced", "past", """
        displaced | evacuated | uprooted | forced to evacuate | moved inland | moved to higher ground |
        forced to flee | made homeless | rendered homeless | forced from |
        relocated | left homeless | driven from their homes | forced out of their homes"""),
    ("displaced", "gerund", """
        displacing | evacuating | uprooting"""),
    ("displaced", "base", """
        displace | displaces | uproot | uproots | evacuate | evacuates"""),
    ("displaced", "noun", """
        evacuation | displacement"""),
    ("displaced", "state", """
        to relief camps | to higher ground | to safer places | to safer ground | to shelters |
        homeless | from their homes | to flee | to leave their homes | to abandon their homes | living in shelters |
        moved out of |
        living in camps | in shelters | in camps | in temporary shelters | take emergency shelter | taking shelter |
        to take shelter | in makeshift shelters | out of their homes | fled | fleeing | flee | displaced |
        in relief camps | in evacuation centres | in evacuation centers | living in tents |
        moved to relief camps | shifted to relief camps | moved to shelters | moved to safety | moved to safer places |
        taken to shelters | taken shelter | took shelter | seeking shelter | sought shelter | took refuge |
        taken refuge | sought refuge | seeking refuge | abandoned their homes | lost their homes |
        left their homes | sheltering | living in the open | sleeping in the open | sleeping outdoors |
        sleeping in tents | staying in tents | sleeping in cars | staying in shelters | staying in camps |
        lost their shelters | lost their houses | lost their dwellings"""),
)  # fmt: skip


_HURTS: Final = wordset(
    """injury injuries wound wounds burns burn fractures fracture cuts bruises concussion concussions trauma lacerations
    inhalation bullet bullets gunshots stabs"""
)
_CARE: Final = wordset("treatment surgery amputation amputations hospitalisation hospitalization")
_RUBBLE: Final = wordset("rubble debris wreckage mud ruins snow concrete landslide mudslide avalanche underground")
_LIMBS: Final = wordset("limb limbs leg legs arm arms eye eyes hand hands foot feet eyesight sight")
_REFUGES: Final = wordset("schools shelters tents gymnasiums stadium mosques churches halls")
_BORNE: Final = wordset("suffered sustained received suffer sustain suffers incurred")
_BEARING: Final = wordset("suffering sustaining receiving nursing")
_BROUGHT: Final = wordset(
    """taken rushed admitted transferred airlifted flown transported brought ferried conveyed shifted moved evacuated
    carried"""
)
_FRAMES: Final[tuple[tuple[frozenset[str], frozenset[str], frozenset[str], int, Outcome, Form], ...]] = (
    (_BORNE, frozenset(), _HURTS, 5, "injured", "intransitive"),
    (_BEARING, frozenset(), _HURTS, 5, "injured", "state"),
    (wordset("escaped survived"), wordset("with"), _HURTS, 5, "injured", "intransitive"),
    (wordset("went"), wordset("to"), _HURTS, 7, "injured", "intransitive"),
    (wordset("came returned emerged"), wordset("back out with"), _HURTS, 5, "injured", "intransitive"),
    (wordset("cut"), wordset("by"), wordset("glass shrapnel debris shards splinters"), 4, "injured", "passive"),
    (wordset("reported"), frozenset(), wordset("injuries"), 2, "injured", "intransitive"),
    (wordset("sought needed required"), wordset("medical hospital"),
     wordset("attention treatment help care assistance"), 3, "injured", "intransitive"),
    (wordset("sought needed required"), wordset("urgent emergency"), wordset("treatment care surgery"), 3, "injured",
     "intransitive"),
    (wordset("took"), wordset("bullets shrapnel"), wordset("bullets shrapnel"), 2, "injured", "intransitive"),
    (wordset("left hospitalised hospitalized"), wordset("with"), _HURTS, 5, "injured", "state"),
    (_BROUGHT, wordset("to into"), HOUSES, 8, "injured", "passive"),
    (_BROUGHT, wordset("by in into away off to"), wordset("ambulance ambulances"), 8, "injured", "passive"),
    (wordset("trapped buried pinned entombed"), wordset("under underneath beneath below amid inside in by"), _RUBBLE, 6,
     "missing", "state"),
    (wordset("brought pulled carried rescued"), wordset("up out with"), _HURTS, 5, "injured", "passive"),
    (_BROUGHT, wordset("to"), wordset("condition"), 8, "injured", "passive"),
    (wordset("spending spent spend"), wordset("the a another their"), _REFUGES, 7, "displaced", "state"),
    (wordset("treated"), wordset("for in at with"), _HURTS | HOUSES | {"scene"}, 12, "injured", "passive"),
    (wordset("admitted"), wordset("for with"), _HURTS | _CARE, 5, "injured", "passive"),
    (wordset("had have"), _HURTS | wordset("minor serious severe slight head leg gunshot bullet shrapnel"),
     wordset("injuries wounds burns fractures"), 4, "injured", "intransitive"),
    (wordset("recovering recuperating"), wordset("in at from"), HOUSES | wordset("injuries wounds burns"), 7, "injured",
     "state"),
    (wordset("needed required needing requiring"), frozenset(), _CARE, 4, "injured", "intransitive"),
    (wordset("undergoing receiving"), frozenset(), _CARE, 4, "injured", "state"),
    (wordset("lost"), frozenset(), _LIMBS, 4, "injured", "intransitive"),
    (_BROUGHT, wordset("to into"), wordset("camp camps shelter shelters"), 6, "displaced", "passive"),
    (wordset("left abandoned fled deserted vacated leave abandon flee leaving abandoning fleeing"), wordset("their"),
     wordset("homes farms villages houses towns lands land neighbourhoods neighborhoods hamlets dwellings"), 6,
     "displaced", "state"),
    (wordset("crushed trampled"), wordset("in during by"), wordset("stampede crush crowd"), 5, "killed", "passive"),
    (wordset("marched herded driven taken"), wordset("into"), wordset("bush forest forests"), 4, "abducted",
     "passive"),
    (wordset("picked"), wordset("up"), wordset("raid raids sweep sweeps crackdown"), 6, "detained", "passive"),
    (wordset("fighting battling"), wordset("for"), wordset("life lives"), 3, "injured", "state"),
)  # fmt: skip
"""Outcome words with room in them: a first word, the one after it if it must be of a set, a last word, and the reach:
"sustained serious injuries", "taken to a nearby hospital", "being treated at the clinic for burns", "lost their legs".
"""
_FRAMES_OF: Final[dict[str, list[tuple[frozenset[str], frozenset[str], int, Outcome, Form]]]] = {}
for _firsts, _seconds, _lasts, _reach, _outcome, _form in _FRAMES:
    for _first in _firsts:
        _FRAMES_OF.setdefault(_first, []).append((_seconds, _lasts, _reach, _outcome, _form))
_FRAMED: Final = frozenset(_FRAMES_OF) | wordset(
    """seized taken held picked dragged grabbed hauled captured carried led caught remains hit struck fell fallen
    destroyed failed never looked"""
)
_FRAME_ENDS: Final = wordset("that who when while but after as") | frozenset(',.;:()"“”—–') | {"--"}


@dataclass(slots=True)
class Trigger:
    """A word or phrase at tokens `first` to `last` (exclusive) that says what became of people."""

    first: int
    last: int
    outcome: Outcome
    form: Form


_ALONE: Final[dict[str, tuple[Outcome, Form]]] = {}
"""What single words say."""
_BY_OPENING: Final[dict[tuple[str, str], list[tuple[list[str], Outcome, Form]]]] = {}
"""What runs of words say, by the first two of them, the longest first."""
for _outcome, _form, _words in _TABLE:
    for _phrase in _words.split("|"):
        _run = _phrase.split()
        if len(_run) == 1:
            _ALONE.setdefault(_run[0], (_outcome, _form))
        else:
            _BY_OPENING.setdefault((_run[0], _run[1]), []).append((_run, _outcome, _form))
for _list in _BY_OPENING.values():
    _list.sort(key=lambda entry: -len(entry[0]))
_TABLED: Final = frozenset(_ALONE) | frozenset(first for first, _ in _BY_OPENING)
_FIRSTS: Final = Sought(_TABLED | _FRAMED)
_IN_RUNS: Final = _TABLED - _FRAMED - frozenset(_ALONE)
"""Words that only open runs of words, as "in" and "to" do: most often they open none."""
_COMMON: Final = wordset(
    """to in from out being still under made rendered taken took take taking into removed living held going went not yet
    moved shifted seeking sought"""
)
TELLING: Final = Sought(
    (frozenset(_ALONE) - _COMMON)
    | frozenset(OUTCOME_HEADS)
    | wordset(
        """toll tolls tally casualties hospital hospitals homes shelter shelters camps custody hostage captive
    arrest victims hostages captives prisoner life lives missing homeless included among home found
    treated seize seizes seized hold holds holding held lost loses took taking wounds burns fractures treatment
    seen captivity detention picked no-one nobody killers family loss ambulance ambulances refuge away off remains
    recovering admitted hauled dragged grabbed carried left losing losses spending spent action jail sheltering
    sheltered led driven drove whisked bundled survived survivors whereabouts fate contact hosting hosts rushed
    loaded marched deprived depriving shooting taken search searching searched searches combing combed scouring scoured
    fell fallen"""
    )
)
"""Words that may tell of an outcome outside of any run of words that the table holds."""
_IN_RUNS_ALONE: Final = wordset(
    """condition rubble debris wreckage mud underground ruins below battlefield tents centres centers care moved
    amputation amputations gunpoint accounted safety limbs limb legs hell bullet bullets shrapnel pellets
    bruises cuts concussion concussions trauma lacerations attention caught destroyed open prison bars
    heard traced located hands captors kidnappers abductors sacrifice stampede
    return returned inland cells tents cars lifeless glass looked carting whisking herding bandits"""
)
"""Words that tell of an outcome only in a run of words or with room between: if none is found, none is counted."""
HINTS: Final = Sought((_TABLED - _COMMON) | TELLING | _IN_RUNS_ALONE)
"""Words one of which every sentence with an outcome holds: sentences without are not looked at."""


HARM: Final = frozenset(HINTS) - wordset(
    """search searching searched searches combing combed scouring scoured held debris wreckage mud fell fallen losses
    below ruins underground spending spent shelters sheltering sheltered
    hosting hosts moved action jail prison bars attention caught led destroyed open driven drove whisked bundled
    loaded marched
    survived survivors whereabouts fate contact heard traced located hands captors kidnappers abductors sacrifice
    stampede return returned failed never inland cells tents cars glass looked bandits"""
)
"""Those of them that tell of harm by themselves, beside which a day is that of it."""


def triggers(tokens: Tokens) -> list[Trigger]:
    """Return the outcome words of a sentence in order, the longest reading of each."""
    low = tokens.low
    found: list[Trigger] = []
    end = 0
    for i in tokens.where(_FIRSTS):
        if i < end:
            continue
        if low[i] in _IN_RUNS and tuple(low[i : i + 2]) not in _BY_OPENING:
            continue
        trigger = (_framed(tokens, i) if low[i] in _FRAMED else None) or _tabled(low, i)
        if trigger is not None:
            end = trigger.last
            if low[trigger.last - 1] == "death" and trigger.outcome == "killed":
                _shared_death(low, trigger, found)
            found.append(trigger)
    return found


def _shared_death(low: list[str], trigger: Trigger, found: list[Trigger]) -> None:
    """Let "stabbed or burned to death" be one outcome word: what stands last holds for both."""
    at = trigger.first - 2
    joined = at > 0 and low[at] in _BLOWS and low[at + 1] in {"and", "or"}
    if joined and low[trigger.last - 2] == "to":
        trigger.first = at
        if found and found[-1].first == at:
            found.pop()


_BLOWS: Final = wordset(
    "stabbed shot beaten burned burnt hacked knifed clubbed stoned kicked crushed trampled speared slashed tortured"
)


def _tabled(low: list[str], i: int) -> Trigger | None:
    """Return the outcome word of the table that begins at `i`."""
    if i + 1 < len(low):
        for run, outcome, form in _BY_OPENING.get((low[i], low[i + 1]), ()):
            if low[i : i + len(run)] == run:
                return Trigger(i, i + len(run), outcome, form)
    alone = _ALONE.get(low[i])
    return Trigger(i, i + 1, *alone) if alone is not None else None


_HIT: Final = wordset("hit struck")
_FALLING: Final = wordset("fell fallen")
_WERE: Final = wordset("was were")
_SHOTS: Final = wordset("bullet bullets shrapnel gunfire pellet pellets splinters")
_DIED: Final = wordset("died killed dead fatally instantly")
_TAKEN: Final = wordset("seized taken held picked dragged grabbed hauled captured carried led")
_JAILERS: Final = wordset(
    "police authorities officers troops army soldiers customs agents forces officials immigration"
)


def _taken_by(low: list[str], i: int) -> Trigger | None:
    """Read "seized on Monday by gunmen", "taken from his home by rebels", "held by police": who took them says what."""
    for k in range(i + 1, min(i + 9, len(low) - 1)):
        if low[k] == "by":
            agent = low[k + 1 : k + 6]
            if not _JAILERS.isdisjoint(agent):
                return Trigger(i, i + 1, "detained", "passive")
            taken = low[i] == "seized" or not ARMED.isdisjoint(agent)
            return Trigger(i, i + 1, "abducted", "passive") if taken else None
        if low[k] in _FRAME_ENDS:
            return None
    return None


def _picked_up(low: list[str], i: int) -> Trigger | None:
    """Read "nine suspected smugglers were picked up in Mezin", "nine suspects were seized in raids"."""
    up = low[i] == "picked" and low[i + 1 : i + 2] == ["up"]
    raided = low[i] == "seized" and not _RAIDS.isdisjoint(low[i + 1 : i + 6])
    if i < 2 or not (up or raided) or low[i - 1] not in _BEING or _SUSPECTED.isdisjoint(low[max(0, i - 6) : i]):
        return None
    return Trigger(i, i + 1 + up, "detained", "passive")


_RAIDS: Final = wordset("raid raids sweep sweeps crackdown")
_SUSPECTED: Final = wordset("suspected suspect suspects alleged accused wanted")


def _unreturned(low: list[str], i: int) -> Trigger | None:
    """Read "four fishermen failed to return", "two hikers never returned from the hills"; nothing is returned."""
    last = i + 3 if low[i : i + 3] == ["failed", "to", "return"] else i + 2 if low[i : i + 2] == _NEVER else 0
    after = low[last : last + 4]
    away = not after or after[0] in {"home", "from"} or not after[0][0].isalnum()
    return Trigger(i, last, "missing", "intransitive") if last and away and _LEAVE.isdisjoint(after) else None


def _looked_for(low: list[str], i: int) -> Trigger | None:
    """Read "two of her sons are still being looked for": as lost, and not as suspects."""
    lost = low[i - 1 : i] == ["being"] and low[i + 1 : i + 2] == ["for"] and (_WANTED | _SUSPECTED).isdisjoint(low[:i])
    return Trigger(i, i + 2, "missing", "passive") if lost and _JAILERS.isdisjoint(low[i + 2 : i + 6]) else None


_NEVER: Final = ["never", "returned"]
_LEAVE: Final = wordset("leave parole furlough work duty holiday break exile abroad retirement injury")


def _caught(low: list[str], i: int) -> Trigger | None:
    """Read "five suspects were caught", "two were caught by police": not by a flood, nor in the crossfire."""
    k = i - 1
    while k > 0 and low[k] in ADVERBS:
        k -= 1
    if k < 1 or low[k] not in _BEING:
        return None
    after = low[i + 1 : i + 6]
    if after[:1] == ["by"]:
        return None if _JAILERS.isdisjoint(after) else Trigger(i, i + 1, "detained", "passive")
    closed = not after or not after[0][0].isalnum() or after[0] in _WHEN_CAUGHT
    start = next((at for at in range(k - 1, -1, -1) if low[at] in _FRAME_ENDS), -1)
    wanted = not _WANTED.isdisjoint(low[start + 1 : k]) or (low[k] == "been" and low[k - 2] in _COUNTS)
    wanted = wanted or (after[:1] == ["trying"] and not _JAILERS.isdisjoint(low))
    return Trigger(i, i + 1, "detained", "passive") if closed and wanted else None


_BEING: Final = wordset("was were been")
_WHEN_CAUGHT: Final = wordset("trying while alive after and")
_WANTED: Final = ARMED | wordset(
    "suspect suspects robber robbers thief thieves inmate inmates prisoner prisoners escaped escapees fugitives"
)


def _destroyed(low: list[str], i: int) -> Trigger | None:
    """Read "up to 30 enemy servicemen were destroyed", as communiqués say of fighters alone; news destroys nobody."""
    k = i - 1
    if k < 1 or low[k] not in _WERE or not (low[k - 1] in STATE or low[k - 1] in ARMED):
        return None
    by = low[i + 1 : i + 6]
    if by[:1] == ["by"] and _DESTROYERS.isdisjoint(by):
        return None
    return Trigger(i, i + 1, "killed", "passive") if low[k - 1].endswith(("s", "men", "personnel")) else None


_DESTROYERS: Final = (
    STATE
    | ARMED
    | wordset("fire artillery strike strikes airstrike airstrikes drone drones shelling forces army units")
)


def _from_the_road(low: list[str], i: int) -> bool:
    """Say whether people were "taken off a bus", "taken from their farms", by nobody who rescues, heals or arrests."""
    at = i + 2 + (low[i + 2 : i + 3] != [] and (low[i + 2] in DETERMINERS or low[i + 2] in _COUNTED))
    near = low[at : at + 2]
    roads = _ROADS | _SCHOOLS if i > 1 and low[i - 2] in PERSON else _ROADS
    if low[i + 1 : i + 2] not in (["off"], ["from"]) or roads.isdisjoint(near) or at == i + 2:
        return False
    rest = low[max(0, i - _AROUND) : i] + low[at : at + 2 * _AROUND]
    by = rest[rest.index("by") + 1 :][:_AROUND] if "by" in rest else []
    return _RESCUED.isdisjoint(rest) and _JAILERS.isdisjoint(by) and "custody" not in rest


_COUNTED: Final = wordset("two three four five six several")
_ROADS: Final = wordset(
    """bus buses minibus minibuses vehicle vehicles car cars truck trucks lorry convoy train boat canoe taxi farm farms
    checkpoint roadblock village villages mosque church dormitory dormitories"""
)
_SCHOOLS: Final = wordset("school schools college hostel")
_AROUND: Final = 7
_RESCUED: Final = HOUSES | wordset(
    """rescued rescue rescuers safety burning wreckage sinking alive firefighters ambulance ambulances bodies body
    burned shelter shelters camp camps coastguard navy divers evacuated injured wounded questioned searched
    screened interrogated checked frisked fined robbed"""
)


def _still_held(low: list[str], i: int) -> Trigger | None:
    """Read "12 are still being held", "nine were still held in the forest": who holds them is told elsewhere."""
    if _YET.isdisjoint(low[max(0, i - 3) : i]) or "whom" in low[max(0, i - _OF_WHOM) : i]:
        return None
    after = low[i + 1 : i + 5]
    if after[:1] and after[0][0].isalnum() and after[0] not in _WHERE_HELD:
        return None  # "was still held responsible"
    jailed = not _JAILERS.isdisjoint(low[:i]) or not _JAILS.isdisjoint(after)
    captive = not jailed or not _CAPTIVES.isdisjoint(low[:i])
    return Trigger(i, i + 1, "abducted" if captive else "detained", "state")


_YET: Final = frozenset({"still", "remain", "remained", "remains"})
_OF_WHOM: Final = 6
_CAPTIVES: Final = wordset("hostage hostages captive captives kidnapped abducted")
_WHERE_HELD: Final = wordset("in at inside by near somewhere captive hostage and but after as while when on across")
_JAILS: Final = wordset("custody prison jail detention cells cell jails prisons barracks")


def _hit_by(low: list[str], i: int) -> Trigger | None:
    """Read "two villagers were hit by stray bullets", unless they died of it."""
    if i < 2 or low[i - 1] not in _WERE or low[i - 2] not in PERSON or low[i + 1 : i + 2] != ["by"]:
        return None
    at = next((k for k in range(i + 2, min(i + 6, len(low))) if low[k] in _SHOTS), 0)
    died = not _DIED.isdisjoint(low[at : at + 8])
    return Trigger(i, at + 1, "injured", "passive") if at and not died else None


def _fallen(tokens: Tokens, i: int) -> Trigger | None:
    """Read "two of our men fell", "six soldiers had fallen in the ambush": of fighters, where there was fighting."""
    low = tokens.low
    k = i - 1
    while k > 0 and (low[k] in ADVERBS or low[k] in AUXILIARIES):
        k -= 1
    fighters = low[k : k + 1] != [] and (low[k] in ARMED or low[k] in STATE) and low[k].endswith(("s", "men"))
    own = k > 0 and low[k - 1] in _OWN
    after = low[i + 1 : i + 6]
    ends = not after or not after[0][0].isalnum() or (after[0] == "and" and not _HURT.isdisjoint(low))
    since = own and after[:1] == ["since"]
    closed = (ends or since) and (own or not _FIGHTS.isdisjoint(low) or after[:1] == ["and"])
    fought = after[:1] != [] and after[0] in _DURING and not _FIGHTS.isdisjoint(after) and _WELL.isdisjoint(after)
    falls = (fighters or (own and low[k] in _COMRADES)) and (closed or fought)
    return Trigger(i, i + 1, "killed", "intransitive") if falls and not _dwindled(tokens, k) else None


def _dwindled(tokens: Tokens, k: int) -> bool:
    """Say whether something of the fighters at `k` fell, and not they: "morale among the 2,000 soldiers"."""
    low = tokens.low
    at = next((at for at in range(k - 1, max(k - _SUBJECT, 0), -1) if low[at] in _HAVING), 0)
    if not at or not _FRAME_ENDS.isdisjoint(low[at:k]) or low[at - 1] in _COUNTS or low[at - 1][0].isdecimal():
        return False  # "two of our men"
    owned = any(at < own < k for own in tokens.possessive)
    return owned or not tokens.words[at + 1][:1].isupper()  # "at the gates of Brela 20 soldiers fell"


_SUBJECT: Final = 8
_HAVING: Final = wordset("of by among amongst against on for between")
_COUNTS: Final = UNITS.keys() | TENS.keys() | wordset("dozen dozens scores hundreds thousands some many several all")
_WELL: Final = wordset("ill sick asleep silent unconscious")
"""How fighters fall who are not killed."""
_HURT: Final = frozenset({"wounded", "injured"})
_COMRADES: Final = wordset("men comrades brothers heroes")
_OWN: Final = wordset("our its their his")
_DURING: Final = wordset("in during on at")
_FIGHTS: Final = wordset(
    """fighting battle battles combat battlefield clash clashes ambush attack attacks raid assault action duty front
    frontline operation operations skirmish firefight gunfight"""
)


_AWAY: Final = frozenset({"failed", "never"})
_SOUGHT: Final = frozenset({"picked", "seized"})
_WHERE_TREATED: Final = wordset("on by here there inside outside elsewhere under locally . , ;")


def _holds(low: list[str], i: int, k: int) -> bool:
    """Say whether the frame from `i` to `k` says what it seems to: doctors report the injuries of others."""
    after = low[k + 1 : k + 2]
    if low[i] == "reported":
        led = low[i - 1 - (i > 1 and low[i - 1] in AUXILIARIES)]
        return led in _HARMED and (not after or not after[0][0].isalnum())
    if low[i] == "went":
        return not HOUSES.isdisjoint(low[i:k])
    if low[i] == "took":
        return after in _INTO and not _BODY.isdisjoint(low[k + 2 : k + 5])  # none from a drawer
    if low[k] in _WILDS:
        rest = low[k + 1 : k + 1 + _AROUND]
        return _RESCUED.isdisjoint(rest) and ("by" not in rest or not ARMED.isdisjoint(rest))
    return True


_HARMED: Final = wordset("people persons passengers residents villagers students pupils workers drivers others")
_INTO: Final = (["to"], ["in"])
_BODY: Final = _LIMBS | wordset("head chest neck back stomach abdomen shoulder shoulders thigh thighs face torso body")
_WILDS: Final = wordset("bush forest forests")


def _framed(tokens: Tokens, i: int) -> Trigger | None:
    """Return the outcome word with room in it that begins at `i`."""
    low = tokens.low
    if low[i] == "remains":
        led = low[i + 1 : i + 2] == ["of"] and i and low[i - 1] in {"the", "human", "charred", "skeletal"}
        return Trigger(i, i + 1, "killed", "noun") if led else None
    if low[i] in _HIT:
        return _hit_by(low, i)
    if low[i] in _FALLING:
        return _fallen(tokens, i)
    if low[i] == "caught":
        return _caught(low, i)
    if low[i] == "destroyed":
        return _destroyed(low, i)
    if low[i] == "treated" and i and low[i - 1] == "being" and low[i + 1 : i + 2] and low[i + 1] in _WHERE_TREATED:
        return Trigger(i, i + 1, "injured", "passive")
    if low[i] == "looked":
        return _looked_for(low, i)
    if low[i] in _AWAY and (away := _unreturned(low, i)) is not None:
        return away
    if low[i] in _SOUGHT and (sought := _picked_up(low, i)) is not None:
        return sought
    if low[i] == "taken" and _from_the_road(low, i):
        return Trigger(i, i + 2, "abducted", "past")
    if low[i] in _TAKEN and (taken := _taken_by(low, i)) is not None:
        return taken
    if low[i] == "held" and _tabled(low, i) is None and (held := _still_held(low, i)) is not None:
        return held
    for seconds, lasts, reach, outcome, form in _FRAMES_OF.get(low[i], ()):
        if seconds and low[i + 1 : i + 2] and low[i + 1] not in seconds:
            continue
        for k in range(i + 1, min(i + 1 + reach, len(low))):
            if low[k] in lasts:
                if not _holds(low, i, k):
                    break
                return Trigger(i, k + 1, outcome, form)
            if low[k] in _FRAME_ENDS:
                break
    return None
