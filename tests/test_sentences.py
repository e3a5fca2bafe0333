"""Sentences, headline and tokens as spans."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefings.lexis.lexicon import SEEKING, Sought
from briefings.lexis.sentences import Tokens, split, with_headline


def cut(text: str, title: str = "") -> list[str]:
    return [sentence.text for sentence in split(text, title)]


def test_a_title_is_put_before_the_text_once() -> None:
    """A title apart from the body leads the text; one that already leads it is not repeated."""
    assert with_headline("Twelve killed", "Raiders came.") == "Twelve killed\n\nRaiders came."
    assert with_headline("Twelve killed", "Twelve  Killed\nRaiders came.") == "Twelve  Killed\nRaiders came."
    assert with_headline("", "Raiders came.") == "Raiders came."


def test_abbreviations_and_initials_do_not_end_a_sentence() -> None:
    """“Gen. J. Brel of the U.S. Army” is one sentence."""
    assert cut("Gen. J. Brel of the U.S. Army spoke. Nobody died.") == [
        "Gen. J. Brel of the U.S. Army spoke.",
        "Nobody died.",
    ]


def test_a_quotation_mark_stays_with_its_sentence() -> None:
    """A closing quote belongs to the sentence it ends."""
    assert cut('"We ran." He wept.') == ['"We ran."', "He wept."]


def test_the_first_line_is_the_headline_and_bylines_are_left_out() -> None:
    """Headline and headings are marked; credits of reporters and editors and bare dates are not sentences."""
    text = (
        "Twelve killed\nMay 16, 2024\nRaiders came.\nWhat we know\nThey left.\n"
        "Edited by: Ana Ruiz\n(Reporting by J. Brel)"
    )
    found = split(text)
    assert [s.text for s in found] == ["Twelve killed", "Raiders came.", "What we know", "They left."]
    assert [s.headline for s in found] == [True, False, False, False]
    assert [s.heading for s in found] == [False, False, True, False]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    """Lines broken by a teleprinter are joined."""
    text = (
        "HEAD\n\nTwelve people were killed when raiders came down from the\n"
        "hills above the town and set fire to the houses that\nstood along the river near the old stone bridge."
    )
    assert len(split(text)) == 2


def test_it_is_known_where_the_words_of_each_sought_set_stand() -> None:
    """A word may be of several sets; one in the genitive counts as its own, an editor's note is left out."""
    farms, tools = Sought("barn plough"), Sought(["plough", "harrow"])
    try:
        found = Tokens("The plough's [harrow] harrow stood by a plough.").found
        assert (found[farms], found[tools]) == ([1, 6], [1, 2, 6])
        assert farms not in Tokens("A harrow stood there.").found
    finally:
        for word in farms | tools:
            SEEKING.pop(word)


@given(st.text(alphabet="abcA .!?\n\"”'’,;:-1", max_size=200))
def test_sentences_are_spans_in_order(text: str) -> None:
    """Sentences are cut from the text at their offsets, in order, without overlap, and so are their tokens."""
    end = 0
    for sentence in split(text):
        assert sentence.start >= end
        assert text[sentence.start : sentence.end] == sentence.text
        end = sentence.end
        tokens = Tokens(text, sentence.start, sentence.end)
        assert all(text[a:b] == word for a, b, word in zip(tokens.starts, tokens.ends, tokens.words, strict=True))
