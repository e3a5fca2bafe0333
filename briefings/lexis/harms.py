"""The words and runs of words that say what became of people, wherever they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from ..model import Outcome

Form = Literal["past", "gerund", "base", "passive", "intransitive", "state", "noun"]
FATES: Final[dict[str, Outcome]] = {
    "dead": "killed", "killed": "killed", "deceased": "killed", "victims": "killed", "fatalities": "killed",
    "deaths": "killed", "wounded": "injured", "injured": "injured", "hurt": "injured", "injuries": "injured",
    "missing": "missing", "arrested": "detained", "detained": "detained", "kidnapped": "abducted",
    "abducted": "abducted", "hostages": "abducted", "displaced": "displaced",
}  # fmt: skip
"""What became of those a word stands for: "the dead", "those killed", "the hostages"."""


@dataclass(slots=True)
class Trigger:
    """A word or phrase at tokens `first` to `last` (exclusive) that says what became of people."""

    first: int
    last: int
    outcome: Outcome
    form: Form


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
        had slain | has slain | have slain |
        knifed to death | clubbed to death | stoned to death | tortured to death |
        shot in the head and killed | shot in the chest and killed |
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
        burned beyond recognition |
        burnt beyond recognition | charred beyond recognition |
        pulled lifeless | pulled out lifeless | found lifeless | recovered lifeless"""),
    ("killed", "intransitive", """
        died | dies | die | dying | perished | succumbed | fell in battle | fell in combat | fell in action |
        fell in the battle | fell in the fighting | fell in the line of duty | fell martyr |
        fell as martyrs | fell as a martyr | lost their lives | sacrificed their lives | sacrificed his life |
        lost his life | lost her life | losing their lives | embracing martyrdom |
        sacrificing their lives | blew himself up | blew herself up | blew themselves up
        | blew itself up | blowing himself up | blowing herself up | blowing themselves up | blow himself up |
        detonated himself | blows himself up | laid down their lives | laid down his life | gave their lives |
        fell to their deaths | fell to his death | fell to her death | plunged to their deaths |
        plunged to his death | plunged to her death | jumped to their deaths | jumped to his death |
        jumped to her death | leapt to their deaths | leapt to his death | leapt to her death |
        paid with their lives | paid with his life | paid with her life | made the ultimate sacrifice |
        embraced martyrdom | embraced shahadat | paid the ultimate sacrifice |
        paid the supreme price | paid the supreme sacrifice | gave up the ghost |
        lost their life . | lost their life , | passed away |
        did not pull through . | did not pull through , |
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
        death | deaths | martyrdom | assassination | assassinations | execution | executions | killings | murders |
        massacre | lives |
        bodies | body | corpses | cadavers | beheading | beheadings | neutralization | neutralisation"""),
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
        admitted to the hospital | taken to hospitals | admitted to various | shot | knifed | concussed |
        hit in the leg | hit in the legs | hit in the arm | hit in the chest | hit in the stomach |
        hit in the abdomen | hit in the shoulder | hit in the neck | hit in the thigh"""),
    ("injured", "state", """
        in critical condition | in serious condition | in a critical condition | in a serious condition |
        in intensive care | under treatment | under medical care |
        in a grave state | in a serious state | in a critical state | in a grave condition |
        in stable condition | in a stable condition | in hospital | on a ventilator | on ventilators |
        on life support | critical | injured |
        wounded"""),
    ("missing", "state", """
        missing | unaccounted for | feared buried | feared trapped | trapped under rubble | under the rubble |
        trapped under the rubble | buried under rubble | trapped under debris | trapped under the debris |
        trapped beneath the rubble | trapped inside | trapped underground |
        under debris | beneath the rubble | under the debris | beneath the debris | under the mud |
        under rubble | under the wreckage | still below ground | still underground | remained underground |
        remain underground | remains underground | remain below ground | remained below ground | under the ruins |
        under that mud | under that rubble | under the snow | under that debris |
        missing and feared drowned | missing , feared drowned | missing and presumed drowned |
        missing and believed drowned | missing , presumed drowned |
        missing and feared dead | missing and presumed dead | missing and believed dead | missing , presumed dead |
        missing , feared dead | still trapped | went missing | go missing | goes missing | gone missing |
        not been found | nowhere to be found | could not be found |
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
        arrested | detained | captured | apprehended | collared | recaptured | rearrested |
        re-arrested | taken prisoner | nabbed | rounded up | jailed | imprisoned |
        taken into custody | took into custody"""),
    ("detained", "gerund", """
        arresting | detaining | capturing | apprehending | nabbing | rounding up |
        collaring"""),
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
        sleeping in tents | staying in tents | sleeping in cars |
        staying in shelters | staying in camps |
        lost their shelters | lost their houses | lost their dwellings"""),
)  # fmt: skip
ALONE: Final[dict[str, tuple[Outcome, Form]]] = {}
"""What single words say."""
BY_OPENING: Final[dict[tuple[str, str], list[tuple[list[str], Outcome, Form]]]] = {}
"""What runs of words say, by the first two of them, the longest first."""
for _outcome, _form, _words in _TABLE:
    for _phrase in _words.split("|"):
        _run = _phrase.split()
        if len(_run) == 1:
            ALONE.setdefault(_run[0], (_outcome, _form))
        else:
            BY_OPENING.setdefault((_run[0], _run[1]), []).append((_run, _outcome, _form))
for _list in BY_OPENING.values():
    _list.sort(key=lambda entry: -len(entry[0]))
TABLED: Final = frozenset(ALONE) | frozenset(first for first, _ in BY_OPENING)


def tabled(low: list[str], i: int) -> Trigger | None:
    """Return the outcome word of the table that begins at `i`."""
    if i + 1 < len(low):
        for run, outcome, form in BY_OPENING.get((low[i], low[i + 1]), ()):
            if low[i : i + len(run)] == run:
                return Trigger(i, i + len(run), outcome, form)
    alone = ALONE.get(low[i])
    return Trigger(i, i + 1, *alone) if alone is not None else None
