"""What a rule of a style sheet needs to stand on a page, and what a page has."""

from __future__ import annotations

import subprocess
import sys
from xml.etree.ElementTree import fromstring

import pytest
from weasyprint.css import cssselect2

from briefings.printing import cascade

PAGE = fromstring(  # noqa: S314 -- our own words
    '<html lang="fr-CA"><body class="daily late"><section id="toll"><p>14</p><p lang="AR">14</p></section>'
    '<svg xmlns="http://www.w3.org/2000/svg"><linearGradient viewBox="0"/></svg></body></html>'
)


@pytest.mark.parametrize(
    ("selector", "holds"),
    [
        ("p", True),
        ("P", True),
        ("td", False),
        (".daily.late p", True),
        (".daily.early p", False),
        (".weekly p", False),
        (".weekly > p", False),
        (".weekly + p", False),
        (".weekly ~ p", False),
        (".weekly, p", True),
        ("p:not(.weekly)", True),
        ("p:is(.weekly, p)", True),
        (":where(.weekly p, p)", True),
        ("section:has(p)", True),
        ("#toll p", True),
        ("[hidden]", False),
        ("p[lang]", True),
        ("p[LANG=AR]", True),
        (":root:lang(fr) p", True),
        (":root:lang(fr-ca) p", True),
        (":root:lang(ur) p", False),
        ("p:lang(ar)", True),
        ("p:lang(fr, ur)", True),
        ("p:nth-child(2)", True),
        ("svg linearGradient", True),
    ],
)
def test_a_rule_is_left_out_only_if_it_holds_of_nothing(selector: str, holds: bool) -> None:
    """Whatever holds of an element of the page is kept, and what names nothing on it is not."""
    root = cssselect2.ElementWrapper.from_html_root(PAGE)
    there = cascade.present(root)
    kept = any(set(cascade.needed(one.parsed_tree)) <= there for one in cssselect2.parser.parse(selector))
    assert kept is holds
    assert (root.query(selector) is not None) <= kept


COUNTED = """
import sys
from briefings.printing import cascade
from weasyprint import CSS, HTML
for _ in range(2):
    cascade.hold_what_can_hold()
sheet = CSS(string=".daily p { color: red } .weekly p { color: red }")
asked = []
for rules in sheet.matcher.lower_local_name_selectors.values():
    for at, (test, *rest) in enumerate(rules):
        def listening(element, test=test, at=at):
            asked.append(at)
            return test(element)
        listening.needed = test.needed
        rules[at] = (listening, *rest)
HTML(string="<body class=daily><p>14<p>21").render(stylesheets=[sheet])
HTML(string="<body class=weekly><p>14").render(stylesheets=[sheet])
print(asked)
"""


def test_elements_are_held_against_what_the_page_at_hand_has_only() -> None:
    run = subprocess.run([sys.executable, "-c", COUNTED], capture_output=True, text=True, check=True)
    assert run.stdout.split("\n")[0] == "[0, 0, 1]"
