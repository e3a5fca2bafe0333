"""What the names of rules, relations and flags mean, each in one sentence: for whoever asks why a figure is so."""

from __future__ import annotations

from .figures import DOUBTS
from .readings import RULES

MEANINGS: dict[str, str] = {
    # what is held back
    **DOUBTS,
    # what a figure rests on
    "not_reported": "No source used gives a number; that is not a finding that there was none.",
    "no_claim": "No source used gives a number; that is not a finding that there was none.",
    "single_origin": "It all comes from one side or one origin, however many outlets carry it.",
    "origins": "More than one origin gives a number, and the range holds them all.",
    "side_by_side": "The sides' numbers cannot both hold, so they stand beside each other and no best is given.",
    "offices_differ": "Offices of one side differ on the same days, and none speaks with more right than another.",
    "vague": "Only words such as dozens were given; they state no number.",
    "undated": "No source gives the days, so the count is taken for those the reports are about.",
    "window_assumed": "No source gives the days, so the count is taken for those the reports are about.",
    "first_report": "It is the first number given for these days.",
    # one number out of several
    "independently_verified": "A monitor that is no party says it checked, and its count is the best.",
    "origins_agree": "Independent origins agree on one number, and no others on another.",
    "majority": "More than half of the independent origins name this number.",
    "lowest": "None of the origins is a party, and the lowest of their exact numbers is taken.",
    # numbers worked out
    "computed_sum": "Nobody states this number: it is the sum of counts for days that do not overlap.",
    "listed_together": "Nobody states this number: it is the sum of counts that one sentence lists side by side.",
    "sum_of_places": "Nobody states this number: it is the sum of counts for places apart from each other.",
    "sum_of_groups": "Nobody states this number: it is the sum of counts of groups apart from each other.",
    "bounded_by_parts": "The whole was given with an open end, which the sum of its parts closes.",
    "parts_exceed_whole": "The parts add up to more than the whole, so the range reaches to their sum.",
    "parts_fall_short": "The parts add up to less than the whole, so some of it is not told.",
    "part_exceeds_whole": "A part of the days has a higher count than the whole, so the range reaches to it.",
    "decomposition": "The parts add up to just what is stated for the whole.",
    "several_places": "Counts of several places are known, and none for all of them, so the largest is a floor.",
    "identified_floor": "Nobody says how many died; the bodies identified hold the range from below only.",
    "enemy_losses": "Only parties to the conflict give it, each of its enemy's losses: a ceiling nobody has verified.",
    "own_losses": "A party speaks of its own losses, which it has no reason to overstate.",
    # how one statement stands to another
    "current": "It sets the range.",
    "term": "It is a term of the computed sum.",
    "listed": "It is listed beside other counts of the same voice, and is a term of their sum.",
    "inside": "It speaks of some of the days only, and bounds the count of the whole.",
    "corrected_copy": "It carries the number that a person corrected in another copy of the same statement.",
    "subset_of": "It is a part of a total that the same days have, and no rival to it.",
    "increment": "It counts only those since an earlier count, and stands only where no total is given.",
    "headline": "It is a headline, which yields to the text beneath it.",
    "repeats": "It repeats the number of a known office, and has no origin of its own.",
    "restated": "It says again what the same office said, and counts once.",
    "supersedes": "The same office has given a later number, which takes the place of its earlier one.",
    "superseded": "The same voice has since given another number.",
    "update_same_side": "A later office of the same side has given another number.",
    "part_of_place": "It counts a town, beneath the same side's count for the whole area.",
    "contains_window": "It speaks of more days than before, which contain those known.",
    "disjoint": "The two speak of days or places apart, and say nothing of each other.",
    "partial_overlap": "The two share some of their days, and are never added.",
    "conflicts": "The two cannot both hold.",
    "derived_from": "The one is worked out from the other.",
    # what the reports on one event come to, all groups together
    "verified": "A body outside the conflict that verifies gives it, and its count is the best.",
    "still_counting": "Reports of the first days differ, and the highest is taken: a toll grows while it is counted.",
    "lowest_account": "Reports of the first days differ, and the lowest is taken, as was asked.",
    "sole_count": "It is the one count left; provisional, until somebody else counts.",
    "one_side_only": "One party to the conflict alone gives it, so no number is the best.",
    "stated_total": "The report states a total for all groups.",
    "single_count": "The report gives one count.",
    "same_text": "It prints word for word what another outlet does, and has its origin.",
    "several_days": "It totals several days or happenings, and contains the event's own count.",
    "later_story": "It was printed days after the first and gives no day, so it may be of another happening.",
    "fighters": "It counts nothing but fighters, where others count people.",
    "floor": "It is put loosely, where somebody gives the number itself.",
    "another_order": "It is more than double the lowest count, and does not say that the toll was brought up.",
    "accounts_differ": "The reports that count give different numbers.",
    "attackers_included": "Fighters of an armed group are among those counted.",
    # what people said
    "review.accept": "A person read the sentence and vouches for the claim as it was read then.",
    "review.correct": "A person read the sentence and corrected what was read from it.",
    "review.merge": "A person holds it to be the same statement as another, so the two have one origin.",
    "review.reject": "A person read the sentence and found no such claim in it; it enters no figure.",
    "review.withdraw": "A person took a review back.",
}


def meaning(name: str) -> str:
    """Return what a rule, relation or flag means; nothing for a name that is none."""
    return MEANINGS.get(name) or RULES.get(name, "")
