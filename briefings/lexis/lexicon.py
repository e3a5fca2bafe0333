"""The words of the field: kinds of people, function words, and who speaks.

Everything is a lower-case word set, looked up once a token. Words are general English and the usual names of
armed organisations; nothing is tied to one report.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress, repeat
from operator import contains
from typing import Final, Self

from ..model import ClaimantKind, Group


def wordset(listed: str) -> frozenset[str]:
    """Return the set of words in a list written as one text."""
    return frozenset(listed.split())


class Sought(frozenset[str]):
    """Words that are looked for in every sentence: a list of them, or one text.

    `SEEKING` says in which of these sets each word is, so that a sentence is gone through once for all of them.
    """

    def __new__(cls, words: str | Iterable[str]) -> Self:
        """Have these words looked for."""
        made = super().__new__(cls, words.split() if isinstance(words, str) else words)
        for word in made:
            sets = SEEKING.get(word, ())
            if made not in sets:
                SEEKING[word] = (*sets, made)
        return made


SEEKING: Final[dict[str, tuple[Sought, ...]]] = {}


def indexes(sought: frozenset[str], words: list[str]) -> list[int]:
    """Return where words of a set stand in a sentence, in order; most often nowhere, which is the quickest to tell."""
    if sought.isdisjoint(words):
        return []
    return list(compress(range(len(words)), map(sought.__contains__, words)))


def hyphened(words: list[str]) -> list[int]:
    """Return where words with a hyphen stand in a sentence, in order."""
    return list(compress(range(len(words)), map(contains, words, repeat("-"))))


STATE: Final = wordset(
    """soldier soldiers troop troops trooper troopers policeman policemen policewoman policewomen police officer
    officers personnel serviceman servicemen servicewoman servicewomen servicemembers gendarme gendarmes
    constable constables guard guards ranger rangers paramilitary paramilitaries marine marines sailor sailors
    airman airmen commando commandos conscript conscripts cadet cadets recruit recruits jawan jawans armyman
    armymen cop cops sergeant sergeants corporal corporals lieutenant captain colonel colonels brigadier
    brigadiers generals major peacekeeper peacekeepers levies reservist reservists deputies sheriff
    infantryman infantrymen patrolman patrolmen bodyguard bodyguards sentry sentries lawmen guardsman guardsmen
    inspector inspectors military army
    crpf sepoy sepoys havildar havildars naik naiks subedar subedars asi asis sho dsp ssp jco jcos privates
    peshmerga carabinieri legionnaires crewmen detective detectives warden wardens warder warders jailer jailers agents
    policeofficer coastguard coastguards sub-inspector gunner forces force security-personnel lawman"""
)
"""Heads that are members of a state's forces."""

ARMED: Final = wordset(
    """militant militants mutineer mutineers insurgent insurgents rebel rebels gunman gunmen terrorist terrorists
    attacker attackers
    assailant assailants bomber bombers jihadi jihadis jihadist jihadists extremist extremists fighter fighters
    guerrilla guerrillas guerilla guerillas separatist separatists bandit bandits dacoit dacoits kidnapper kidnappers
    hijacker hijackers raider raiders militiaman militiamen militia militias warlord islamist islamists shooter shooters
    assassin assassins combatant combatants infiltrator infiltrators intruder intruders mujahideen mujahid
    hitman hitmen sniper snipers
    hostage-taker hostage-takers perpetrator perpetrators subversive subversives maoist maoists
    naxal naxals naxalite naxalites secessionist secessionists insurrectionists taliban isis isil daesh hamas
    hezbollah houthi houthis al-qaeda al-qaida al-shabab al-shabaab alshabab alshabaab pkk ypg ttp fidayeen contra
    contras
    khawarij khwarij kharijites kharji khariji aggressor aggressors
    accomplice accomplices mercenary mercenaries paramilitants gang-members radicals operative operatives"""
)
"""Heads that are members of an armed group, or who carried out an attack."""

ARMED_MARKERS: Final = wordset(
    """militant insurgent rebel rebels terrorist taliban isis isil daesh hamas hezbollah houthi houthis al-qaeda
    al-qaida al-shabab al-shabaab alshabab alshabaab jihadist jihadi islamist separatist extremist guerrilla guerilla
    pkk opposition qaeda qaida suicide maoist enemy fmln eln farc ira hizbollah hizbullah aqap ttp
    lashkar-e-taiba lashkar-e-jhangvi jaish-e-mohammed boko haram sayyaf m23 npa bla blf hts iswap jnim lra tplf ola
    fano mai-mai mayi-mayi codeco islamiyah knla nusra al-nusra cjng cartel biff milf ltte seleka séléka
    anti-balaka jihad"""
)
"""Modifiers that make a soft head ("prisoners", "leader") a member of an armed group."""
_REBEL: Final = ARMED_MARKERS - {"enemy"}

STATE_MARKERS: Final = wordset(
    """police army military navy naval security paramilitary border coast government pro-government
    government-allied national presidential armed-forces gendarmerie frontier airforce intelligence
    counter-terrorism counterterrorism"""
)
"""Modifiers that make a soft head ("officials", "men") a member of a state's forces."""

CIVILIAN: Final = wordset(
    """civilian civilians resident residents passenger passengers worshipper worshippers worshiper worshipers child
    children girl girls boy boys baby babies infant infants toddler toddlers woman women student students pupil
    pupils schoolchildren schoolgirl schoolgirls schoolboy schoolboys teacher teachers lecturer professor
    journalist journalists photojournalist photojournalists reporter reporters cameraman cameramen photographer
    photographers worker workers migrant migrants refugee refugees tourist tourists villager villagers pilgrim
    pilgrims devotee devotees shopper shoppers doctor doctors nurse nurses medic medics farmer farmers peasant
    peasants driver drivers mother father wife husband son daughter sons daughters brother brothers sister
    sisters couple family families relatives labourer labourers laborer laborers miner miners protester
    protesters protestor protestors demonstrator demonstrators staff staffer staffers employee employees lawyer
    lawyers judge judges priest priests nun nuns monk monks bystander bystanders businessman businessmen trader
    traders shopkeeper shopkeepers vendor vendors teenager teenagers youth youths fisherman fishermen herder
    herders locals imam cleric clerics bishop archbishop jesuit jesuits missionary missionaries engineer engineers
    contractor contractors parishioner parishioners paramedic paramedics aid-worker aid-workers mayor politician
    politicians lawmaker lawmakers senator deputy congressman candidate minister councillor councilor
    holidaymakers traveller travellers travelers pensioner pensioners commuter commuters spectator spectators
    revellers diners guests customers settlers settler expatriates firefighter firefighters fireman firemen
    volunteer volunteers cook waiter housewife grandmother grandfather pedestrian pedestrians motorist motorists
    patient patients evacuees townspeople schoolteacher schoolteachers activist activists human-rights minor
    minors academic academics rector adult adults toddler rioter rioters climber climbers hiker hikers
    mountaineer swimmer diver divers skier skiers cyclist biker bikers rescuer rescuers responder responders
    smuggler smugglers trafficker traffickers looter looters player players footballer singer actor fan fans
    widow orphan orphans toddler stowaway uncle aunt niece nephew cousin trade-unionist unionists cattlemen
    electrician salesman banker hostesses fathers mothers husbands wives councilman councilwoman magistrate
    magistrates industrialist industrialists rancher ranchers executive executives legislator legislators
    broadcaster announcer columnist correspondent correspondents impresario architect economist physician
    physicians surgeon technician technicians rector justice attorney attorneys prosecutor prosecutors
    schoolmaster headmaster principal watchman watchmen newsman newsmen newspaperman cyclists
    passerby passersby passer-by passers-by onlooker onlookers caretaker janitor cashier tailor butcher baker
    clerk clerks shepherd shepherds welder welders goatherd tenant tenants landlord butchers plumber plumbers nanny
    administrator administrators
    governor envoy commissioner chairman chairwoman director manager editor preacher pastor rabbi headteacher broker
    barber barbers porter porters hawker hawkers apprentice apprentices intern interns blogger bloggers
    carpenter mechanic mechanics grocer cattleman female females
    waiters waitress waitresses cleaner cleaners chef chefs cooks bakers tailors singers actors actress musician
    musicians artist artists poet poets writer writers author authors grandmothers grandfathers grandchildren
    grandson granddaughter grandparents nephews nieces cousins uncles aunts widows housewives electricians salesmen
    bankers dentist dentists pharmacist pharmacists painter painters builder builders gardener gardeners attendee
    attendees picnickers bathers swimmers holidaymaker vacationers campers partygoers party-goers concertgoers
    concert-goers churchgoers mourner mourners congregants marchers voter voters wedding-goers beachgoers parents
    parent siblings sibling twins newborn newborns breadwinner schoolchild stewardess attendants attendant conductor
    conductors carer carers caregivers boatmen boatman ferrymen truckers motorcyclist motorcyclists chauffeur dancer
    dancers filmmaker filmmakers editors preachers pastors rabbis deacon bishops seminarians seminarian catechist
    stallholders merchants merchant lecturers professors scientist scientists researcher researchers surgeons midwife
    midwives matron matrons interpreter interpreters translator translators campaigner campaigners
    fisher fishers visitor visitors fiance fiancee fiancé fiancée girlfriend girlfriends boyfriend boyfriends bride
    mate seaman seamen purser cellmate cellmates roommate roommates classmate classmates schoolmate schoolmates workmate
    workmates co-worker co-workers coworker coworkers stepfather stepmother stepson stepdaughter mother-in-law
    father-in-law brother-in-law sister-in-law son-in-law daughter-in-law scavenger scavengers prospector prospectors
    herdsman herdsmen farmhand farmhands inhabitant inhabitants seeker seekers
    groom bridegroom newlyweds sweetheart landowner landowners publisher publishers
    owner owners operator operators master masters skipper skippers
    foreman foremen caretaker caretakers neighbour neighbor shipowner shipowners seller sellers transporter transporters
    haulier hauliers weavers potters blacksmith blacksmiths bricklayer bricklayers bartender bartenders jogger joggers
    pastoralist pastoralists nomad nomads beggar beggars hairdresser hairdressers seamstress maid maids housemaid
    housekeeper gravedigger docker dockers stevedore stevedores postman postmen courier couriers surveyor surveyors
    logger loggers woodcutter woodcutters lumberjack lumberjacks hunters beekeeper beekeepers scholar scholars
    trainee trainees accountant accountants vaccinator vaccinators sweeper sweepers ragpicker ragpickers lifeguard
    lifeguards deckhand deckhands comedian drummer guitarist rapper athlete athletes referee muezzin headmistress
    businesswoman businesswomen saleswoman sportsman sportsmen camerawoman pickers tappers reveller clubbers
    loader loaders digger diggers tribals"""
)
"""Heads that are civilians."""

SOFT: Final = wordset(
    """people person persons man men others other victim victims body bodies dead wounded injured deaths death
    fatality fatalities lives life casualties member members leader leaders commander commanders official
    officials suspect suspects prisoner prisoners inmate inmates detainee detainees hostage hostages captive captives
    survivor
    survivors cadaver cadavers
    national nationals citizen citizens individual individuals human humans native natives foreigner
    foreigners foreign occupant occupants crew crewmember crewmembers participant participants supporter
    supporters compatriots corpse corpses remains missing displaced chief founder mastermind
    westerner westerners muslim muslims christian christians jew jews shiites shi'ites shiite sunnis
    sunni hindu hindus sikh sikhs yazidis kurds kurd arab arabs druze tutsis hutus palestinian palestinians
    resident patients partner colleague colleagues comrade comrades friend friends neighbours neighbors driver
    followers guide diplomat diplomats ambassador ambassadors president consul dissident head spokesman pilot
    pilots souls injuries internees white whites black blacks german spaniard briton britons swede swedes dane
    danes pole poles turk turks finn frenchman frenchmen dutchman dutchmen englishman irishman irishmen
    elder elders headman headmen chiefs chieftain chieftains monarch ruler rulers
    spaniards greeks greek croat croats serb serbs scot scots uzbek uzbeks tajiks tajik slovaks czechs czech
    robber robbers thief thieves burglar burglars criminal criminals gangster gangsters dealer dealers
    outlaw outlaws rustler rustlers poacher poachers vigilante vigilantes hooligans pirates thug thugs
    cadre cadres emir emirs
    thai thais filipino filipinos male males swiss french british hazaras uighurs pashtuns rohingya"""
)
"""Heads that are people of no particular group; their modifiers decide."""

PERSON: Final = STATE | ARMED | CIVILIAN | SOFT

SINGULAR: Final = frozenset(
    word
    for word in PERSON
    if not word.endswith(("s", "men", "people", "women", "children")) or word.endswith("ess") or word in {"swiss"}
) - wordset(
    """personnel police military army forces force staff troops dead wounded injured missing displaced remains life
    death lives foreign national human native body white black head deputy major captain general crew minor
    others other taliban isis isil daesh hamas hezbollah houthi al-qaeda al-qaida al-shabab al-shabaab alshabab pkk ypg
    ttp militia paramilitary mujahideen family couple youth rohingya levies fidayeen muslim jew christian
    sunni shiite hindu corpse people casualty male female"""
) | wordset("youth couple general")
"""Person words that, with a determiner, stand for one person (a couple is two)."""

TITLE_WORDS: Final = wordset(
    """mr mrs ms dr msgr monsignor rev reverend father sister brother bishop archbishop cardinal pope gen general col
    colonel capt captain lt lieutenant maj major sgt sergeant cpl corporal brig brigadier president senator sen gov
    governor mayor minister judge justice magistrate councilman councilwoman professor prof ambassador consul leader
    commander comandante candidate deputy attorney congressman rector director secretary prosecutor coordinator
    chairman manager king prince sheikh mullah maulana imam don sir lady chief superintendent inspector editor hopeful
    constable havildar naik subedar sepoy sub-inspector asi sho dsp ssp
    nominee contender boss magnate mogul tycoon advisor adviser spokesman spokeswoman aide"""
)
"""Words of a post or a courtesy that stand before one person's name."""

DEMONYM_ENDINGS: Final = (
    "ans",
    "ians",
    "ese",
    "ish",
    "ian",
    "ean",
    "can",
    "ishmen",
    "ghan",
    "ghans",
    "ais",
    "qis",
    "nis",
    "lis",
    "eris",
    "ajis",
    "lander",
    "landers",
)
NATIONS_I: Final = wordset(
    """iraqi iraqis pakistani pakistanis israeli israelis yemeni yemenis somali somalis saudi saudis kuwaiti
    kuwaitis bangladeshi bangladeshis nepali nepalis omani omanis qatari qataris emirati emiratis bahraini
    bahrainis azeri azeris kashmiri kashmiris punjabi punjabis pashtun afghans afghan germans german americans
    american burkinabe kazakh kazakhs austrian argentines argentine icelander icelanders new-zealander lebanese
    peruvian cypriots cypriot"""
)

MOURNERS: Final = wordset("we they i villagers residents relatives families neighbours neighbors townspeople mourners")
"""Who buries the dead; the earth buries the living, too."""
NOT_PEOPLE: Final = wordset(
    """year years month months week weeks day days hour hours minute minutes second seconds decade decades century
    kilometer kilometers kilometre kilometres km mile miles meter meters metre metres yards foot feet inches cm
    encounters kg kilograms pounds tons tonnes percent dollar dollars rupees euros rubles roubles times degrees acres
    hectares houses homes buildings shops vehicles cars trucks buses tanks helicopters aircraft planes boats
    villages towns cities districts provinces places locations sites attacks bombings blasts explosions bombs
    rockets missiles shells rounds clashes incidents operations raids strikes airstrikes checkpoints posts
    stations schools hospitals camps bases cases copies pages votes seats countries nations states points cattle
    goats sheep animals livestock cows horses dogs camels weapons rifles guns grenades motorcycles cabins
    aftershocks tremors phases floors storeys stories calls apartments bullets fronts groups gunshots wounds
    shots vests belts devices minibuses trains carriages churches mosques areas regions fires storms incident
    attack blast bombing bomb way time thing case hand step example occasion reason place part side arm leg
    shelters huts tents dwellings classrooms kiosks stalls shacks structures
    building house vehicle car bus truck helicopter plane village town camp base outpost post area district
    province hospital school mosque church"""
)
"""Nouns that follow a number without being people."""

BEASTS: Final = wordset(
    """dogs cattle cows birds elephants sheep horses fish animals whales camels goats pigs chickens livestock bulls deer
    oxen buffaloes donkeys mules tigers lions wolves bears rats mosquitoes bees sharks cats rhinos zebras monkeys yaks
    trees jobs bills deals drones jets ships vessels boats trawlers ferries yachts ideas hopes plans talks careers
    projects programmes programs engines lights crops plants firms companies businesses careers dreams reforms proposals
    measures amendments accounts items files documents websites stories sales rights others lives deaths arrests
    sides parties blows songs orders warrants contracts tasks trades paintings photos photographs pictures films
    meetings"""
)
"""Plural nouns that can follow a number and "killed", "hurt" or "captured" without being people."""

PREPOSITIONS: Final = wordset(
    """of in on at by for with from to into onto over under near around across along against between among amid
    during through throughout inside outside within without behind beyond above below beside besides before
    after since until till upon about off toward towards via per despite like unlike aboard following"""
)
AUXILIARIES: Final = wordset(
    "was were is are be been being am has have had having do does did will would could can may might shall should must"
)
BE: Final = wordset("was were is are be been being get got getting 's were")
CONJUNCTIONS: Final = wordset(
    "and or but nor yet so while when as if that because although though whereas whether where which who whom "
    "whose what than then"
)
DETERMINERS: Final = wordset("the a an this that these those his her its their our my your")
PRONOUNS: Final = wordset(
    "he she it they we i you him them us me himself herself themselves itself there who nobody everyone someone"
)
ADVERBS: Final = wordset(
    """also reportedly allegedly instantly immediately later then still already just only even seriously critically
    badly severely slightly lightly fatally apparently believed thought presumed now again so far subsequently
    earlier today yesterday overnight recently probably possibly initially officially confirmed feared both all
    either ever currently since thus mostly accidentally together simultaneously being reported known summarily
    brutally previously urgently internally briefly forcibly temporarily
    not gravely moderately mortally deliberately mistakenly themselves yet actually"""
)
STOPS: Final = (
    PREPOSITIONS
    | AUXILIARIES
    | CONJUNCTIONS
    | PRONOUNS
    | wordset(
        """the a an this these those not n't also including include included includes said says say told reported
    according there here later still just more others less today yesterday tomorrow early late ago however
    meanwhile last next"""
    )
)
"""Words that end a noun phrase once it has begun."""

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
    for name in names.split()
}

SAY: Final = wordset(
    """said says say saying told tells tell stated states stating announced announces announcing reported reports
    reporting added adds adding confirmed confirms confirming claimed claims claiming according indicated
    indicate indicates indicating estimated estimates estimating declared declares declaring noted notes explained
    recalled described describing acknowledged acknowledges admitted insisted asserted alleged alleges disclosed
    revealed reveals tweeted wrote warned accused accuses saw witnessed quoted citing cited put puts suggest suggests
    suggested showed shows show maintained testified counted listed recorded believes believe believed argued
    contended affirmed informed informs deplores mentioned remarked commented pointed underlined stressed stresses
    emphasised emphasized lamented reiterated specified clarified conceded cautioned recounted relayed posted
    recognised recognized spoke speaks speak spoken insists maintains asserting boasting"""
)
"""Verbs that carry somebody's statement."""

ORDINALS: Final = wordset("second third fourth fifth sixth seventh eighth ninth tenth")
"""Words that count on from a first."""

POST_LETTERS: Final = wordset("dig ssp dsp asp dgp igp ig sp sho dpo")
"""Posts of the police by their letters, which are written large; in small letters they are other words."""
ROLE_WORDS: Final = POST_LETTERS | wordset(
    """spokesman spokeswoman spokesperson spokespersons spokesmen minister president premier chief chancellor
    governor mayor secretary director commander commissioner officer official officials general colonel head
    leader chairman chairwoman chair commandant staff inspector superintendent senator deputy vice prime foreign
    interior defence defense ministry ambassador envoy prosecutor attorney sheriff captain major brigadier
    lieutenant sergeant coordinator administrator representative manager member analyst expert doctor dr
    professor resident witness survivor correspondent reporter editor king prince sheikh imam capt col gen lt
    maj brig sgt gov sen mr mrs ms police army military government provincial district state federal regional
    national health home information emergencies adviser advisor counsel lawyer activist former senior top local
    acting assistant executive bureau department service services agency media affairs relations public
    deputy-director priest bishop archbishop father security authorities authority rescuer medic physician
    surgeon coroner examiner tsar president-elect prefect sub-prefect subprefect magistrate councillor burgomaster"""
)
"""Words of posts and trades: what remains of a capitalised subject is the name."""

KIND_WORDS: Final[tuple[tuple[ClaimantKind, frozenset[str]], ...]] = (
    ("armed_group", wordset(
    """taliban rebel rebels militants militant insurgents insurgent guerrillas guerrilla separatists jihadists
    hamas hezbollah houthi houthis isis isil al-shabab al-shabaab alshabab al-qaeda al-qaida ttp pkk mujahid fmln eln
    farc jnim iswap aqim m23 fdlr codeco mndaa tnla islamic-state boko kidnappers hijackers fighters terrorists"""
)),
    ("medical", wordset(
    """hospital hospitals doctor doctors medic medics medical rescue rescuers rescuer paramedic paramedics
    ambulance ambulances coroner morgue health examiner surgeon nurse physician clinic firefighters fire"""
)),
    ("un_ngo", wordset(
    """un u.n unicef unhcr ocha nations observatory activists activist monitor monitors monitoring watchdog amnesty
    ngo charity charities cross crescent msf humanitarian committee campaigners archive rights observers acled
    ucdp cluster clusters secretary-general mission iom wfp ohchr icrc undp ifrc monusco minusca unmiss unifil unama
    tracker"""
)),
    ("police", POST_LETTERS | wordset(
    """police policeman sheriff constable detective inspector superintendent cop
    fbi scotland crpf officer-in-charge""")),
    ("military", wordset(
    """military army pentagon general colonel commander brigadier soldiers troops navy airforce defence defense
    lieutenant major captain gen col maj brig lt ispr staff idf centcom marines gendarmerie militaries forces
    coalition air-force garrison coastguard command corps brigade battalion regiment"""
)),
    ("witness", wordset(
    """witness witnesses resident residents survivor survivors villager villagers eyewitness eyewitnesses locals
    neighbour neighbours neighbor neighbors passenger relative relatives shopkeeper student students worshipper driver
    teacher lecturer farmer fisherman trader herder tailor baker butcher vendor seller pensioner
    family families parent parents mother grandmother grandfather uncle aunt cousin cousins kin kinsmen kinsfolk widow
    widows widower mourners"""
)),
    ("media", wordset(
    """media reuters afp ap television tv radio newspaper newspapers news bbc cnn broadcaster xinhua tass interfax
    sana anadolu associated press channel daily website outlet outlets reports dawn itar-tass efe dpa
    journalists correspondent correspondents report footage"""
)),
    ("government", wordset(
    """government minister ministry president official officials governor mayor authorities authority spokesman
    spokeswoman spokesperson secretary premier prosecutor prosecutors chancellor administration department
    council state senator embassy premier security intelligence cabinet parliament lawmaker agency service
    office chief gov sen commissioner deputy administrator sources source homeland emergency disaster management rangers
    presidency directorate directorate-general general-directorate commission
    prefect sub-prefect subprefect prefecture magistrate councillor burgomaster
    republic kingdom states house kremlin collector agency census bureau data figures statistics attorney agencies
    prosecution diplomat diplomats"""
)),
)  # fmt: skip
"""Words by the kind of claimant they name."""

KIND_OF: Final[dict[str, ClaimantKind]] = {word: kind for kind, words in reversed(KIND_WORDS) for word in words}

CAPITALS: Final = wordset(
    """ankara moscow washington beijing kyiv kabul islamabad tehran baghdad damascus baku yerevan delhi riyadh
    abuja accra algiers amman asmara astana bamako bangkok bangui beirut berlin bishkek bogota brasilia
    bujumbura cairo caracas chisinau dakar dhaka doha dushanbe hanoi harare havana jakarta juba kampala
    kathmandu khartoum kigali kinshasa lima london lusaka manila maputo minsk mogadishu nairobi niamey
    nouakchott ouagadougou paris pyongyang quito rabat rome sanaa seoul tashkent tbilisi tokyo tripoli tunis
    warsaw"""
) | frozenset({"phnom penh", "addis ababa", "mexico city"})
"""Capitals that stand for their government when they say something."""

COUNTRIES: Final = wordset(
    """afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain bangladesh belarus
    belgium benin bolivia bosnia brazil britain bulgaria burkina-faso burundi cambodia cameroon canada chad chile china
    colombia congo croatia cuba cyprus denmark djibouti ecuador egypt eritrea estonia ethiopia fiji finland france gabon
    gambia georgia germany ghana greece guatemala guinea guyana haiti honduras hungary iceland india indonesia iran iraq
    ireland israel italy jamaica japan jordan kazakhstan kenya kosovo kuwait kyrgyzstan laos latvia lebanon lesotho
    liberia libya lithuania luxembourg madagascar malawi malaysia maldives mali malta mauritania mauritius mexico
    moldova mongolia montenegro morocco mozambique myanmar namibia nepal netherlands nicaragua niger nigeria norway oman
    pakistan palestine panama paraguay peru philippines poland portugal qatar romania russia rwanda senegal serbia
    singapore slovakia slovenia somalia spain sudan suriname swaziland sweden switzerland syria taiwan tajikistan
    tanzania thailand togo tunisia turkey turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam yemen zambia
    zimbabwe              u.s us uk
    u.s. u.k. america"""
) | frozenset(
    ("burkina faso", "el salvador", "sri lanka", "saudi arabia", "south sudan", "south africa", "north korea",
     "south korea", "new zealand", "sierra leone", "ivory coast", "united states", "united kingdom",
     "united arab emirates", "costa rica", "new delhi", "central african republic",
     "papua new guinea", "czech republic")
)  # fmt: skip


_TRADES: Final = ("workers", "worker", "keepers", "keeper", "makers", "sellers", "growers", "teachers", "drivers")
"""Endings of trades that need not be listed one by one: "dockworkers", "beekeepers"."""
_FORCES: Final = STATE | wordset("police army military navy security paramilitary gendarmerie intelligence")
_BODIES: Final = wordset("front movement party assembly council union parliament congress committee team club")
_OFFICIALS: Final = frozenset({"official", "officials"})
_SERVING: Final = (STATE | STATE_MARKERS) - wordset("government pro-government national presidential")
_HEADMEN: Final = wordset("head chief chiefs elder elders leader leaders headman headmen chieftain chieftains")
_ELECTED: Final = wordset("parliament congress council assembly senate legislature choir congregation")
_LOCAL: Final = wordset(
    """village tribal community traditional ward clan district town religious social indigenous peasant union labour
    labor student youth church"""
)
_SOFT_STATE: Final = wordset("official officials member members men man women chief commander commanders pilot pilots")
"""Heads whose modifiers say whether they are of a state's forces: "police men", "an army pilot"."""


_LOYAL: Final = wordset("pro-government government-allied pro-regime loyalist government")
_SERVICES: Final = frozenset({"army", "military", "navy", "naval", "police"})
_UNIFORMED: Final = wordset(
    "engineer engineers doctor doctors medic medics nurse nurses driver drivers cook cooks mechanic mechanics clerk"
)
"""Trades that are a soldier's in an army: "two army engineers"."""
_HIRED: Final = wordset("guard guards personnel agents force")
_PRIVATE: Final = wordset(
    """private hotel medical aid school university college church mosque temple seminary bank mall shop shops store
    supermarket market factory plant company plantation farm estate ranch warehouse mine hospital clinic night building
    restaurant nightclub club bar cafe casino resort stadium theatre theater cinema villa residence embassy consulate
    bus train ferry ngo charity"""
)
"""Whom guards work for who are no state's: "a school guard", "two bank guards"."""
_PUBLIC: Final = wordset("police army military navy paramilitary border coast prison presidential national palace")
_DIGNITARIES: Final = wordset("official officials diplomat diplomats ambassador president")
_LOSSES: Final = wordset("dead bodies deaths fatalities victims casualties injuries killings murders lives")
"""What a count is of where the words before tell whose it is: "civilian deaths", "soldiers' murders"."""
_SURE_REBEL: Final = (ARMED & ARMED_MARKERS) | (ARMED_MARKERS - {"opposition", "suicide", "enemy"})


def group_of(words: list[str], head: int) -> Group:
    """Return the group a noun phrase names; `head` is the index of its head in `words` (lower case).

    The head decides where it can; a soft head ("prisoners", "men") leaves it to the words around it.
    """
    word = words[head]
    rest = set(words)
    if "army" in rest and _of_rebels(rest):
        return "armed_group"
    if word in ARMED:
        if word in _AGENTS and head and words[head - 1] in STATE_MARKERS and _REBEL.isdisjoint(rest):
            return "state_forces"  # "two police operatives"
        return "state_forces" if word.startswith("militia") and rest & _LOYAL else "armed_group"
    if word in STATE:
        if not _REBEL.isdisjoint(rest):
            return "armed_group"
        return "civilians" if word in _HIRED and rest & _PRIVATE and not rest & _PUBLIC else "state_forces"
    if word in _UNIFORMED and head and words[head - 1] in _SERVICES:
        return "state_forces"
    if word in CIVILIAN or word.endswith(_TRADES):
        return "civilians"
    if word in {"member", "members"} and words[max(0, head - 1)] == "gang":
        return "armed_group"
    if not _SURE_REBEL.isdisjoint(rest) or ("islamic" in rest and "islamic state" in " ".join(words)):
        return "armed_group"
    if "armed" in rest or (rest & ARMED and not rest & STATE):
        return "armed_group"
    if word in _OFFICIALS and rest.isdisjoint(_SERVING):
        return "civilians"
    if word in _SOFT_STATE and (rest & STATE_MARKERS or rest & STATE):
        own = word not in {"member", "members"} or rest & _FORCES or "of" not in rest
        return "state_forces" if own and not rest & _BODIES else "unknown"
    if word in _HEADMEN and rest & _LOCAL:
        return "civilians"
    if word in {"member", "members"} and rest & _ELECTED:
        return "civilians"
    if word in _DIGNITARIES:
        return "civilians"
    if rest & CIVILIAN and (word in _LOSSES or word in {"member", "members"}):
        return "civilians"
    if rest & STATE and word in _LOSSES:
        return "state_forces"
    return "unknown"


def _of_rebels(words: set[str]) -> bool:
    """Say whether an army is one against the state by its name: "Resistance Army", not "People's Liberation Army"."""
    people = not words.isdisjoint({"people", "people's"})
    return "resistance" in words or ("liberation" in words and not people) or ("new" in words and people)


_AGENTS: Final = frozenset({"operative", "operatives"})


def guarding(words: list[str], head: int) -> list[str]:
    """Return the words after guards that say what they guard: "a guard at the bank"; none for others."""
    after = words[head + 1 : head + 5]
    return after if words[head] in _GUARDS and after[:1] != [] and after[0] in _AT else []


_GUARDS: Final = frozenset({"guard", "guards"})
_AT: Final = frozenset({"at", "of", "for"})


def is_demonym(word: str) -> bool:
    """Say whether a capitalised word reads as people of a nation or town ("Germans", "an Iraqi")."""
    low = word.lower()
    return low in NATIONS_I or (word[:1].isupper() and len(word) > 4 and low.endswith(DEMONYM_ENDINGS))
