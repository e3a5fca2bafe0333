"""The rules by which counts of people are read, by the name each claim carries, in an analyst's words."""

from __future__ import annotations

from typing import Final

EXTRACTOR: Final = "13"
"""The version of the reading; a reading by another version stands beside it in the store."""
RULES: Final[dict[str, str]] = {
    "active-object": "The object of a verb of harm: “killed 12 people”.",
    "gerund-object": "The object of a verb of harm in -ing: “wounding 17”.",
    "present-object": "The object of a verb of harm in the present: “kills nine”.",
    "reported-killing": "What somebody reports to have done: “reported killing 30”.",
    "passive": "The subject of a passive verb: “12 people were killed”.",
    "participle": "A number with a participle: “two injured in the blast”.",
    "intransitive": "The subject of a verb of dying: “nine died”.",
    "state": "A number in a state: “18 are missing”, “left 12 dead”.",
    "noun-of": "A number after a noun of harm: “the killing of 16 labourers”.",
    "head": "A noun that states the outcome: “46 dead”, “six bodies”.",
    "lives": "Lives claimed or lost: “claimed 19 lives”.",
    "lost": "Men a side has lost: “the army lost 22 men”.",
    "toll": "A toll, a total, or a number put at: “the toll rose from 14 to 31”.",
    "part": "A part of a count before it: “including three children”, “80 of them soldiers”.",
    "among": "Counted among the dead or the hurt: “two nurses were among the dead”.",
    "along-with": "Counted beside others: “along with ten soldiers”.",
    "hostages": "People seized or held by others than the state: “took 30 hostages”, “seized dozens of pupils”.",
    "searched": "People searched for as lost: “rescuers were searching for 27 passengers”.",
    "held-by-us": "People the speaker's own side holds: “our fighters also hold five”.",
    "held": "People the state holds: “police hold 64”.",
    "treated": "People treated for what hurt them: “treated 40 people for burns”.",
    "inverted": "A count after its verb: “also killed were two nurses”.",
    "labelled": "A count after a label: “wounded: 12”.",
    "compared": "A count of another time beside one: “up from 28 on Wednesday”.",
    "reflexive": "Who did it to himself: “injured four and himself”.",
    "pronoun": "One person as the object: “when they killed him”.",
    "affirmed-none": "A zero that is said: “no one was hurt”.",
    "denied-any": "A zero said by denying any losses: “denied that it had lost any men”.",
    "named-object": "One person by name, as the object: “the murder of Father Hale”.",
    "named-subject": "One person by name, or as he or she, as the subject: “Hale was shot dead”.",
    "named-noun": "One person by name, whose death it is: “Hale's murder”.",
    "named-among": "One person by name among the dead or the hurt: “among the dead was Hale”.",
    "named-died": "One person who died where others are killed or hurt: “he died”.",
    "headline-subject": "The subject of a headline's verb of dying: “8 die in raid”.",
    "headline-object": "The object of a headline's verb of killing: “raid kills six”.",
    "headline-deaths": "Deaths counted by a headline: “nine deaths in Brela”.",
    "headline-single": "One person in a headline: “editor shot dead”.",
}
"""The name of each rule and what it reads."""
