"""The glossary of rules, relations and flags: one entry a name, with all that is said of it, wherever it is said."""

from __future__ import annotations

from dataclasses import dataclass

from ..core.languages import mark
from ..counting.readings import RULES


@dataclass(frozen=True, slots=True)
class Term:
    """What is said of one name: in each place in that place's own words, and nowhere else than here.

    `meaning` is one sentence for whoever asks why; `row` how a word so named relates to the others, beside them on the
    page; `step` how a statement moved a figure, in the log of changes; `review` why a claim awaits a person's eye.
    """

    meaning: str = ""
    row: str = ""
    step: str = ""
    review: str = ""


TERMS: dict[str, Term] = {
    # what is held back
    "garbled": Term(
        mark("A second-hand count has the number an office gave for another group; it changes no figure."),
        row=mark("Held back: it carries a number an office gave for another group; it changes no figure."),
        review="it has the number that an office gave for another group, and is held back",
    ),
    "arithmetic": Term(
        mark("A second-hand total is no sum of an office's counts for the same days; it changes no figure."),
        row=mark("Held back: it is no sum of what an office said for the same days; it changes no figure."),
        review="it is no sum of an office's counts for the same days, and is held back",
    ),
    "mixed_total": Term(
        "A count of all people is that of several groups together; it is no figure of its own.",
        row=mark("Counts several groups together, each given on its own too; it is no figure of its own."),
    ),
    "different_definition": Term(
        "Only bodies that were identified are counted; it is never set against people reported.",
        row=mark("Counts only bodies that were identified; it is never set against people reported killed."),
    ),
    "withdrawn": Term(
        "A later version of the report no longer says so, or takes it back; it changes no figure.",
        row=mark("Taken back, or no longer said, in a later version of the report; it changes no figure."),
    ),
    "itemised": Term("The groups listed under a total come to more than it; both are given as printed."),
    # what a figure rests on
    "not_reported": Term("No source used gives a number; that is not a finding that there was none."),
    "no_claim": Term("No source used gives a number; that is not a finding that there was none."),
    "single_origin": Term(
        "It all comes from one side or one origin, however many outlets carry it.",
        review="one origin alone gives a toll of {high} or more",
    ),
    "origins": Term("More than one origin gives a number, and the range holds them all."),
    "side_by_side": Term(
        "The sides' numbers cannot both hold, so they stand beside each other and no best is given.",
        step="{office}, of another side, says {now}; both stand",
    ),
    "offices_differ": Term(
        "Offices of one side differ on the same days, and none speaks with more right than another.",
        step="{office} says {now} where {who} says {before}; of people of neither side both stand",
    ),
    "vague": Term("Only words such as dozens were given; they state no number."),
    "undated": Term("No source gives the days, so the count is taken for those the reports are about."),
    "window_assumed": Term("No source gives the days, so the count is taken for those the reports are about."),
    "first_report": Term("It is the first number given for these days.", step="{office} is the first to give a number"),
    # one number out of several
    "independently_verified": Term("A monitor that is no party says it checked, and its count is the best."),
    "origins_agree": Term("Independent origins agree on one number, and no others on another."),
    "majority": Term("More than half of the independent origins name this number."),
    "lowest": Term("None of the origins is a party, and the lowest of their exact numbers is taken."),
    # numbers worked out
    "computed_sum": Term(
        "Nobody states this number: it is the sum of counts for days that do not overlap.",
        step="{office} adds days of their own: {formula}, computed",
    ),
    "listed_together": Term(
        "Nobody states this number: it is the sum of counts that one sentence lists side by side.",
        step="{office} lists several counts side by side: {formula}, computed",
    ),
    "sum_of_places": Term(
        "Nobody states this number: it is the sum of counts for places apart from each other.",
        step="{office} adds a place of its own: {formula}, computed",
    ),
    "sum_of_kinds": Term(
        "Nobody states this number: it is the sum of counts of people of different kinds, such as soldiers and police.",
        step="{office} adds people of another force: {formula}, computed",
    ),
    "sum_of_groups": Term("Nobody states this number: it is the sum of counts of groups apart from each other."),
    "bounded_by_parts": Term(
        "The whole was given with an open end, which the sum of its parts closes.",
        step="{office} says {now}; the days it contains come to {formula}, computed, and close the range",
    ),
    "parts_exceed_whole": Term(
        "The parts add up to more than the whole, so the range reaches to their sum.",
        step="{office} says {now}; the days it contains come to more: {formula}, computed",
    ),
    "parts_fall_short": Term("The parts add up to less than the whole, so some of it is not told."),
    "part_exceeds_whole": Term(
        "A part of the days has a higher count than the whole, so the range reaches to it.",
        step="{office} says {now}, which a part of those days exceeds; the range holds both",
    ),
    "exceeded_by_part": Term("A part of the days has a higher count elsewhere; the two cannot both hold."),
    "decomposition": Term("The parts add up to just what is stated for the whole."),
    "several_places": Term(
        "Counts of several places are known, and none for all of them, so the largest is a floor.",
        step="{office} says {now} for one of several places; together they are at least the largest",
    ),
    "one_house": Term(
        "Only those brought to one house are counted, who hold the number of all from below.",
        step="{office} says {now} of those brought to one house; all are at least as many",
    ),
    "houses_overfull": Term(
        "Houses took in more people together than this; some may have gone from one to another.",
        step="{office} says {now}; houses took in more together, some of whom may have gone from one to another",
    ),
    "identified_floor": Term("Nobody says how many died; the bodies identified hold the range from below only."),
    "enemy_losses": Term(
        "Only parties to the conflict give it, each of its enemy's losses: a ceiling nobody has verified.",
    ),
    "own_losses": Term("A party speaks of its own losses, which it has no reason to overstate."),
    # how one statement stands to another
    "current": Term("It sets the range."),
    "term": Term("It is a term of the computed sum."),
    "listed": Term(
        "It is listed beside other counts of the same voice, and is a term of their sum.",
        row=mark("Listed beside other counts of the same voice; added to them in the figure only, labelled computed."),
    ),
    "inside": Term("It speaks of some of the days, places or people only, and bounds the count of the whole."),
    "corrected_copy": Term("It carries the number that a person corrected in another copy of the same statement."),
    "subset_of": Term("It is a part of a total that the same days have, and no rival to it."),
    "increment": Term(
        "It counts only those since an earlier count, and stands only where no total is given.",
        row=mark("Counts further people; it is no total and is not added."),
    ),
    "headline": Term("It is a headline, which yields to the text beneath it."),
    "repeats": Term("It repeats the number of a known office, and has no origin of its own."),
    "restated": Term("It says again what the same office said, and counts once."),
    "supersedes": Term(
        "The same office has given a later number, which takes the place of its earlier one.",
        step="{office}, who said {before}, now says {now}",
    ),
    "superseded": Term("The same voice has since given another number."),
    "update_same_side": Term(
        "A later office of the same side has given another number.",
        step="{office} speaks later than {who} ({before}) for the same side and days",
    ),
    "overtaken": Term(
        "It is a number in nobody's name, and an office or the reports have since given a greater one.",
        row=mark("An earlier number in nobody's name, since overtaken by a later, greater one."),
    ),
    "part_of_place": Term(
        "It counts a town, beneath the same side's count for the whole area.",
        row=mark("For one place; it lies within the count for the whole area."),
    ),
    "contains_window": Term(
        "It speaks of more days than before, which contain those known.",
        step="{office} gives {now} for other days than {who} ({before}); the widest window speaks",
    ),
    "disjoint": Term("The two speak of days or places apart, and say nothing of each other."),
    "partial_overlap": Term(
        "The two share some of their days, and are never added.",
        step="{office} says {now} for days that another count shares in part; neither is added",
    ),
    "conflicts": Term("The two cannot both hold."),
    "derived_from": Term("The one is worked out from the other."),
    # what the reports on one event come to, all groups together
    "verified": Term("A body outside the conflict that verifies gives it, and its count is the best."),
    "still_counting": Term(
        "Reports of the first days differ, and the highest is taken: a toll grows while it is counted.",
    ),
    "lowest_account": Term("Reports of the first days differ, and the lowest is taken, as was asked."),
    "sole_count": Term("It is the one count left; provisional, until somebody else counts."),
    "one_side_only": Term("One party to the conflict alone gives it, so no number is the best."),
    "stated_total": Term("The report states a total for all groups."),
    "single_count": Term("The report gives one count."),
    "same_text": Term("It prints word for word what another outlet does, and has its origin."),
    "several_days": Term("It totals several days or happenings, and contains the event's own count."),
    "later_story": Term("It was printed days after the first and gives no day, so it may be of another happening."),
    "fighters": Term("It counts nothing but fighters, where others count people."),
    "floor": Term("It is put loosely, where somebody gives the number itself."),
    "another_order": Term("It is more than double the lowest count, and does not say that the toll was brought up."),
    "accounts_differ": Term("The reports that count give different numbers."),
    "attackers_included": Term("Fighters of an armed group are among those counted."),
    # what people said
    "review.accept": Term("A person read the sentence and vouches for the claim as it was read then."),
    "review.correct": Term("A person read the sentence and corrected what was read from it."),
    "review.merge": Term("A person holds it to be the same statement as another, so the two have one origin."),
    "review.reject": Term(
        "A person found no such claim in its sentence, or in that it was merged into; it enters no figure."
    ),
    "review.withdraw": Term("A person took a review back."),
    # why a claim awaits a person's eye
    "read_anew": Term(review="its words are read otherwise now than when they were reviewed"),
    "held_back": Term(review="it is held back from every figure"),
    "disputed": Term(review="the sources disagree on its figure"),
    "flagged": Term(review="its figure was widened or worked out"),
    "ambiguous": Term(review="the text leaves open whom, when or how many it counts"),
    "unreviewed": Term(review="nobody has looked at it"),
}

MEANINGS = {name: term.meaning for name, term in TERMS.items() if term.meaning}
ROWS = {name: term.row for name, term in TERMS.items() if term.row}
STEPS = {name: term.step for name, term in TERMS.items() if term.step}


def meaning(name: str) -> str:
    """Return what a rule, relation or flag means; nothing for a name that is none."""
    return MEANINGS.get(name) or RULES.get(name, "")
