"""Recipients from a CSV file: each line accounted for, and the settings they come into keep every comment."""

from __future__ import annotations

import json
import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from briefings.cli.app import app
from briefings.core.config import load
from briefings.core.recipients import Recipient, RecipientList
from briefings.errors import ConfigError, UsageError
from briefings.release.enlisting import enlist, with_recipients
from briefings.release.rosters import compared

SETTINGS = """\
# who gets what
[lists.field]
domains = ["example.org"]
recipients = [
  # the night desk
  { name = "Amal", address = "amal@example.org", marking = "TLP:GREEN" }, # until June
  { name = "Bruno", address = "bruno@example.org" },
]
on_unknown = "resend" # they delete doubles

[channels.trial]
kind = "fake"
path = "sent"
"""


PURPLE = "no marking is called 'purple'; write one of TLP:CLEAR, TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT, TLP:RED"
ONE_EACH = "address: 'eve@example.org, evil@example.net' is not one e-mail address; give one address per recipient"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with one list of two."""
    (tmp_path / "briefings.toml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def csv_file(root: Path, text: str, encoding: str = "utf-8") -> Path:
    path = root / "readers.csv"
    path.write_text(text, encoding=encoding)
    return path


def verdicts(root: Path, text: str) -> list[tuple[int, str, str]]:
    """Return line, verdict and reason of each line of a file."""
    return [(one.number, one.verdict, one.why) for one in enlist("field", csv_file(root, text), workspace=root).lines]


def test_every_line_is_accounted_for(root: Path) -> None:
    """Added, changed, unchanged, refused: with the line, and why."""
    found = verdicts(
        root,
        "name,address,marking,individual\n"
        "Chiara,chiara@example.org,amber,yes\n"
        "Amal,AMAL@example.org,TLP:GREEN,\n"
        "Bruno,bruno@example.org,green,\n"
        "\n"
        "Dario,dario@exmaple.org,,\n"
        'Eve,"eve@example.org, evil@example.net",,\n'
        "Frida,frida@example.org,purple,\n"
        "Chiara,Chiara@Example.org,,\n"
        "Gil,gil@example.org,,perhaps\n",
    )
    assert found == [
        (2, "added", ""),
        (3, "unchanged", ""),
        (4, "changed", "marking TLP:CLEAR → TLP:GREEN"),
        (6, "refused", "dario@exmaple.org lies outside the domains of the list: example.org"),
        (
            7,
            "refused",
            "address: 'eve@example.org, evil@example.net' is not one e-mail address; give one address per recipient",
        ),
        (8, "refused", PURPLE),
        (9, "refused", "is the same recipient as line 2"),
        (10, "refused", "individual is 'perhaps'; write yes or no"),
    ]
    people = load(root).lists["field"].recipients
    assert [(one.name, one.marking, one.individual) for one in people] == [
        ("Amal", "TLP:GREEN", False),
        ("Bruno", "TLP:GREEN", False),
        ("Chiara", "TLP:AMBER", True),
    ]


def test_comments_and_all_else_stay(root: Path) -> None:
    """The file says the same as before, and one recipient more, on a line like the others."""
    enlist("field", csv_file(root, "email;name\nchiara@example.org;Chiara\n"), workspace=root)
    line = '  { name = "Bruno", address = "bruno@example.org" },\n'
    more = '  { address = "chiara@example.org", name = "Chiara" },\n'
    assert (root / "briefings.toml").read_text(encoding="utf-8") == SETTINGS.replace(line, line + more)


def test_what_a_line_says_nothing_of_stays_as_the_list_has_it(root: Path) -> None:
    """A file of names and addresses alone lowers or raises nobody's clearance."""
    assert verdicts(root, "address,name\namal@example.org,Amal Haddad\n") == [(2, "changed", "name Amal → Amal Haddad")]
    assert load(root).lists["field"].recipients[0].marking == "TLP:GREEN"


def test_importing_twice_changes_nothing_the_second_time(root: Path) -> None:
    """And who is not in the file stays on the list, which is told."""
    path = csv_file(root, "address\nchiara@example.org\n")
    first = enlist("field", path, workspace=root)
    settings = (root / "briefings.toml").read_bytes()
    again = enlist("field", path, workspace=root)
    assert (first.written, again.written, again.count("unchanged"), again.staying) == (True, False, 1, 2)
    assert (root / "briefings.toml").read_bytes() == settings


def test_recipients_on_other_channels(root: Path) -> None:
    """Options of the channel are columns of their own; a channel there is not is refused with the nearest name."""
    found = verdicts(root, "channel\taddress\toption.room\ntrial\tdesk\t12\ntrail\tdesk\t\n")
    assert found == [(2, "added", ""), (3, "refused", "no channel is named 'trail'; did you mean 'trial'?")]
    assert load(root).lists["field"].recipients[-1].options == {"room": "12"}


def test_an_address_is_a_folder_below_that_of_its_channel_or_refused(root: Path) -> None:
    """From the first slash on it would lie elsewhere: the line says so, and so do the settings, before any sending."""
    file = root / "briefings.toml"
    file.write_text(SETTINGS + '[channels.shelf]\nkind = "folder"\npath = "out"\n', encoding="utf-8")
    [(_, verdict, why), (_, other, _)] = verdicts(root, "channel,address\nshelf,/etc/passwd\nshelf,north/desk\n")
    assert (verdict, other) == ("refused", "added")
    assert why == "'/etc/passwd' is no folder below that of the channel; write it as north/desk"
    file.write_text(file.read_text(encoding="utf-8").replace("north/desk", "/etc/passwd"), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"lists\.field\.recipients\.2\.address: '/etc/passwd' is no folder below"):
        load(root)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8"])
def test_a_file_saved_by_a_spreadsheet(root: Path, encoding: str) -> None:
    """With a mark of byte order, lines ended as Windows does, and letters beyond ASCII."""
    enlist("field", csv_file(root, "Name;E-Mail\r\nRené;rene@example.org\r\n", encoding), workspace=root)
    assert load(root).lists["field"].recipients[-1].name == "René"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,adress\n", "a column 'adress'; did you mean 'address'"),
        ("name,marking\n", "names no column address"),
        ("address,email\n", "names a column twice"),
        ("", "names no column address"),
        ('address\n"a@example.org\n', "line 2 cannot be read as CSV"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused_whole(root: Path, text: str, told: str) -> None:
    """Nothing is guessed of columns, and nothing written."""
    with pytest.raises(UsageError, match=told):
        enlist("field", csv_file(root, text), workspace=root)
    assert (root / "briefings.toml").read_text(encoding="utf-8") == SETTINGS


def test_faults_of_the_file_itself(root: Path) -> None:
    """One that is not there, one that is not UTF-8, and a list that is not there."""
    with pytest.raises(UsageError, match="cannot be read"):
        enlist("field", root / "none.csv", workspace=root)
    with pytest.raises(UsageError, match="not text in UTF-8"):
        enlist("field", csv_file(root, "address,name\na@example.org,René\n", "latin-1"), workspace=root)
    with pytest.raises(UsageError, match="did you mean 'field'"):
        enlist("feild", csv_file(root, "address\n"), workspace=root)


@pytest.mark.parametrize(
    "before",
    [
        "[lists.field]\n",
        "[lists.field]\nrecipients = []\n",
        '[lists.field]\nrecipients = [{ address = "amal@example.org" }]  # one\n\n[smtp]\nhost = "x"\n',
        '[[lists.field.recipients]]\naddress = "amal@example.org"\n',
    ],
)
def test_however_the_list_is_written(before: str) -> None:
    """Empty, on one line, or as tables: the recipients come in behind the others."""
    coming = [Recipient(name=f'N "{n}"', address=f"n{n}@example.org") for n in range(2)]
    held = tomllib.loads(before)["lists"]["field"].get("recipients", [])
    after = tomllib.loads(with_recipients(before, "field", coming))
    added = [{"address": f"n{n}@example.org", "name": f'N "{n}"'} for n in range(2)]
    assert after["lists"]["field"]["recipients"] == [*held, *added]
    assert after.get("smtp") == tomllib.loads(before).get("smtp")


def test_a_list_of_another_file_is_not_written_to() -> None:
    """One that the user's own settings give, or that is spread over keys, is told of instead."""
    with pytest.raises(ConfigError, match="cannot be added to"):
        with_recipients("[lists]\n", "field", [Recipient(address="a@example.org")])


@given(st.text(max_size=300))
def test_whatever_a_file_holds_is_read_or_refused(text: str) -> None:
    """No bytes of a spreadsheet end in a traceback, and no line is both known and refused."""
    with suppress(UsageError):
        lines = compared(f"address,name\n{text}", RecipientList(id="field"), where="readers.csv")
        assert all((one.recipient is None) == (one.verdict == "refused") for one in lines)


def test_an_address_that_no_relay_takes_is_refused_alone() -> None:
    text = "address\nana@example.org\njos\u00e9@example.org\nben@example.org\n"
    lines = compared(text, RecipientList(id="field"), where="readers.csv")
    assert [(one.number, one.verdict) for one in lines] == [(2, "added"), (3, "refused"), (4, "added")]
    assert "not one e-mail address" in lines[1].why


def test_the_commands(root: Path) -> None:
    """A dry run writes nothing; a refused line is told with its number and makes the status 3."""
    run, here = CliRunner(), ["-w", str(root)]
    path = csv_file(root, "address,name\nchiara@example.org,Chiara\nnobody,Nobody\n")
    tried = run.invoke(app, ["recipients", "import", "field", str(path), "--dry-run", *here])
    assert (tried.exit_code, (root / "briefings.toml").read_text()) == (3, SETTINGS)
    assert (
        "1 added, 0 changed, 0 unchanged, 1 refused; 2 recipients of the list not in the file stay on it"
        in tried.stderr
    )
    done = run.invoke(app, ["recipients", "import", "field", str(path), "--json", *here])
    assert [one["verdict"] for one in json.loads(done.stdout)["lines"]] == ["added", "refused"]
    shown = run.invoke(app, ["recipients", "show", *here])
    assert shown.exit_code == 0
    assert "chiara@example.org" in shown.stdout
