"""The workspace file: precedence, faults named all at once, secrets kept out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from briefings.core import config, credentials
from briefings.core.languages import language
from briefings.core.schedules import Schedule
from briefings.core.settings import Limits
from briefings.errors import ConfigError, UsageError

GOOD = """\
[workspace]
name = "Test desk"
prepared_by = "Duty"

[briefs.north]
title = "North: attacks"
region = "north"
starts = 2026-01-30
lists = ["duty"]

[regions.north]
name = "North"
timezone = "Asia/Karachi"
places = ["Alpha", "Beta"]

[sources.reports]
kind = "folder"
path = "reports"

[lists.duty]
recipients = [{ name = "Desk", address = "desk@example.org", marking = "TLP:AMBER" }]

[smtp]
host = "mail.example.org"
sender = "briefings@example.org"
password = "env:TEST_SMTP_SECRET"
"""


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    monkeypatch.delenv("BRIEFINGS_WORKSPACE", raising=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "a workspace"
    folder.mkdir()
    (folder / "briefings.toml").write_text(GOOD, encoding="utf-8")
    return folder


def test_reads_the_whole_file(root: Path) -> None:
    """Every table becomes a noun, every path absolute from the workspace."""
    space = config.load(root)
    assert space.root == root
    assert space.reports == root / "reports"
    assert space.store == f"sqlite:///{root}/.briefings/store.db"
    assert space.brief("north").type == "daily"
    assert space.region("north").zone.key == "Asia/Karachi"
    assert space.lists["duty"].recipients[0].marking == "TLP:AMBER"
    assert space.smtp is not None
    assert space.smtp.tls == "starttls"


def test_found_from_a_folder_below_and_by_the_environment(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The nearest file upward is taken; BRIEFINGS_WORKSPACE counts only where no start is given."""
    deep = root / "one" / "two"
    deep.mkdir(parents=True)
    assert config.load(deep).root == root
    monkeypatch.chdir(root.parent)
    with pytest.raises(ConfigError) as none:
        config.load()
    assert none.value.error_code == "NO_WORKSPACE"
    monkeypatch.setenv("BRIEFINGS_WORKSPACE", str(root))
    assert config.load().root == root
    monkeypatch.setenv("BRIEFINGS_WORKSPACE", str(root / "gone"))
    with pytest.raises(ConfigError) as gone:
        config.load()
    assert "gone" in gone.value.what


def test_precedence_flag_environment_project_user_default(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each layer wins over the one below it, and the origin of each setting can be told."""
    user = root.parent / "xdg" / "briefings"
    user.mkdir(parents=True)
    (user / "config.toml").write_text('[workspace]\nprepared_by = "User"\nreports = "mine"\n[smtp]\nport = 2525\n')
    monkeypatch.setenv("BRIEFINGS_SMTP__PORT", "26")
    monkeypatch.setenv("BRIEFINGS_BRIEFS__NORTH__TITLE", "From the environment")
    space = config.load(root, flags={"workspace.name": "From a flag"})
    assert (space.prepared_by, space.reports.name, space.templates.name) == ("Duty", "mine", "templates")
    assert space.smtp is not None
    assert space.smtp.port == 26
    said = {key: origin for key, (_, origin) in config.origins(space).items()}
    assert said["workspace.name"] == "flag workspace.name"
    assert said["smtp.port"] == "environment BRIEFINGS_SMTP__PORT"
    assert said["briefs.north.title"] == "environment BRIEFINGS_BRIEFS__NORTH__TITLE"
    assert said["workspace.prepared_by"] == f"{root}/briefings.toml:3"
    assert said["workspace.reports"] == f"{user}/config.toml:3"
    assert said["workspace.templates"] == "default"


def test_every_problem_is_named_at_once_with_line_and_nearest_name(root: Path) -> None:
    """Unknown key, wrong type, bad zone, unknown region, bad marking: one error lists all five."""
    bad = (
        GOOD.replace("prepared_by", "prepard_by")
        .replace("Asia/Karachi", "Asia/Karach")
        .replace('region = "north"', 'region = "nroth"')
        .replace("TLP:AMBER", "TLP:AMBR")
        .replace('sender = "briefings@example.org"', "sender = 5")
    )
    (root / "briefings.toml").write_text(bad)
    with pytest.raises(ConfigError) as caught:
        config.load(root)
    text = str(caught.value)
    for words in (
        "briefings.toml:3: workspace.prepard_by: unknown key; did you mean 'prepared_by'?",
        "briefings.toml:13: regions.north.timezone: no time zone is named 'Asia/Karach'; did you mean 'Asia/Karachi'?",
        "briefings.toml:7: briefs.north.region: no region is named 'nroth'; did you mean 'north'?",
        "briefings.toml:21: lists.duty.recipients.0.marking: must be one of TLP:CLEAR",
        "did you mean 'TLP:AMBER'?",
        "briefings.toml:25: smtp.sender",
    ):
        assert words in text
    assert caught.value.exit_status == 2


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kind = "folder"', 'kind = "foldr"', "did you mean 'folder'?"),
        ('kind = "folder"\npath = "reports"', 'kind = "folder"', "needs a path or a url"),
        ('kind = "folder"', 'kind = "table"', "needs its dataset"),
        ("[briefs.north]", '[briefs.north]\nid = "x"', "briefs.north.id: unknown key"),
        ("[briefs.north]", '[briefs."../x"]', "names are lower-case"),
        ("[briefs.north]", '[briefs."x.fr"]', "names are lower-case"),  # so are named editions of x in French
        ('lists = ["duty"]', 'schedule = "0 25 * * *"', "its hour (second field) cannot be read"),
        ('lists = ["duty"]', 'schedule_zone = "Asia/Karatchi"', "did you mean 'Asia/Karachi'?"),
        ('lists = ["duty"]', 'catch_up = "last"', "must be one of latest, all, none"),
        ('lists = ["duty"]', 'lists = ["dutty"]', "no list is named 'dutty'; did you mean 'duty'?"),
        ('"desk@example.org"', '"desk@example.org, evil@example.org"', "is not one e-mail address"),
        ("[smtp]", "[smpt]\n[smtp]", "smpt: unknown key; did you mean 'smtp'?"),
        ('title = "North: attacks"\n', "", "briefs.north.title: is required"),
        ("[smtp]", "[smtp]\nport = 70000", "smtp.port"),
        ('name = "North"', 'name = "North"\ncalled = { de = "Norden" }', "no page is printed in language 'de'"),
        ("starts = 2026-01-30", 'starts = "soon"', "briefs.north.starts"),
        (
            "[smtp]",
            "[limits]\ncell_second = 5\n[smtp]",
            "limits.cell_second: unknown key; did you mean 'cell_seconds'?",
        ),
        (
            "[smtp]",
            "[limits]\ncell_seconds = 0\n[smtp]",
            "limits.cell_seconds: input should be greater than or equal to 1",
        ),
        (
            "[smtp]",
            "[limits]\nrun_seconds = 86401\n[smtp]",
            "limits.run_seconds: input should be less than or equal to",
        ),
        ("[smtp]", "[limits]\nmemory_mb = 511\n[smtp]", "limits.memory_mb: input should be greater than"),
        ("[smtp]", "[limits]\nprint_seconds = inf\n[smtp]", "limits.print_seconds: input should be a finite number"),
        ("[smtp]", '[limits]\nprint_seconds = "long"\n[smtp]', "limits.print_seconds: input should be a valid integer"),
    ],
)
def test_one_fault_one_message(root: Path, old: str, new: str, words: str) -> None:
    """Each kind of mistake is told in words that say what would be right."""
    assert old in GOOD
    (root / "briefings.toml").write_text(GOOD.replace(old, new, 1))
    with pytest.raises(ConfigError, match=r"(?s).*") as caught:
        config.load(root)
    assert words in str(caught.value)


def test_a_region_is_called_on_a_page_as_its_language_does(root: Path) -> None:
    """Other digits make no other language; where no name is given, the one in reports stands."""
    (root / "briefings.toml").write_text(GOOD.replace('name = "North"', 'name = "North"\ncalled = { ar = "الشمال" }'))
    north = config.load(root).regions["north"]
    told = [north.called_in(language(tag)) for tag in ("en", "fr", "ar", "ar-u-nu-arab")]
    assert told == ["North", "North", "الشمال", "الشمال"]


def test_a_brief_is_due_by_the_clock_of_its_region_or_by_one_of_its_own(root: Path) -> None:
    file = root / "briefings.toml"
    assert config.load(root).schedule("north") is None
    daily = GOOD.replace("starts =", 'schedule = "0  6 * * *"\nstarts =')
    file.write_text(daily, encoding="utf-8")
    assert config.load(root).schedule("north") == Schedule("0 6 * * *", "Asia/Karachi", "latest")
    file.write_text(daily.replace("starts =", 'schedule_zone = "UTC"\ncatch_up = "none"\nstarts ='), encoding="utf-8")
    assert config.load(root).schedule("north") == Schedule("0 6 * * *", "UTC", "none")


def test_limits_have_defaults_and_are_settings_like_any_other(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a table the bounds are those documented; file and environment change one at a time, and say so."""
    assert config.load(root).limits == Limits(
        cell_seconds=300,
        run_seconds=1800,
        memory_mb=6144,
        fill_seconds=20,
        print_seconds=60,
        print_memory_mb=2048,
    )
    (root / "briefings.toml").write_text(f"{GOOD}\n[limits]\ncell_seconds = 20\nmemory_mb = 1024\n")
    monkeypatch.setenv("BRIEFINGS_LIMITS__PRINT_SECONDS", "90")
    space = config.load(root)
    assert space.limits == Limits(cell_seconds=20, run_seconds=1800, memory_mb=1024, print_seconds=90)
    said = config.origins(space)
    assert said["limits.cell_seconds"][1].startswith(f"{root}/briefings.toml:")
    assert said["limits.print_seconds"] == ("90", "environment BRIEFINGS_LIMITS__PRINT_SECONDS")
    assert said["limits.run_seconds"] == ("1800", "default")


def test_the_limits_shown_to_a_newcomer_are_the_defaults(tmp_path: Path) -> None:
    """What a new workspace's settings write out is what holds without them."""
    from briefings.making.scaffold import new_workspace

    new = new_workspace(tmp_path / "new")
    assert "[limits]" in (new / "briefings.toml").read_text()
    assert config.load(new).limits == Limits()


def test_broken_toml_names_its_line(root: Path) -> None:
    """A file that is no TOML is refused with the line; one that is not text, by name."""
    (root / "briefings.toml").write_text("[workspace]\nname = \n")
    with pytest.raises(ConfigError) as caught:
        config.load(root)
    assert (caught.value.error_code, caught.value.where) == ("TOML", f"{root}/briefings.toml:2")
    (root / "briefings.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="not UTF-8"):
        config.load(root)


def test_an_unknown_environment_variable_is_an_error(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistyped variable is as wrong as a mistyped key, and is named."""
    monkeypatch.setenv("BRIEFINGS_SMTP__PROT", "25")
    with pytest.raises(ConfigError) as caught:
        config.load(root)
    assert "environment BRIEFINGS_SMTP__PROT: smtp.prot: unknown key; did you mean 'port'?" in str(caught.value)


def test_secrets_are_references_and_never_repeated(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret written into the file is refused without being shown; a reference is followed when needed."""
    (root / "briefings.toml").write_text(GOOD.replace("env:TEST_SMTP_SECRET", "hunter2"))
    with pytest.raises(ConfigError) as caught:
        config.load(root)
    assert "hunter2" not in str(caught.value)
    assert "env:NAME" in str(caught.value)
    store = 'store = "postgresql+psycopg://me:hunter2@db/x"\nname ='
    (root / "briefings.toml").write_text(GOOD.replace("name =", store, 1))
    with pytest.raises(ConfigError) as caught:
        config.load(root)
    assert "hunter2" not in str(caught.value)
    monkeypatch.setenv("TEST_SMTP_SECRET", "s3")
    (root / "key").write_text("s4\n")
    (root / "key").chmod(0o600)
    assert credentials.resolve_secret("env:TEST_SMTP_SECRET") == "s3"
    assert credentials.resolve_secret("file:key", base=root) == "s4"
    assert credentials.resolve_secret("") == ""
    for reference in ("env:TEST_NOT_SET", "file:none", "plain"):
        with pytest.raises(ConfigError) as missing:
            credentials.resolve_secret(reference, base=root)
        assert missing.value.error_code == "SECRET"


def test_a_password_given_by_the_environment_is_masked_where_settings_are_shown(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store's address may carry a password in the environment, and is never printed with it."""
    monkeypatch.setenv("BRIEFINGS_WORKSPACE__STORE", "postgresql+psycopg://me:hunter2@db/x")
    space = config.load(root)
    assert "hunter2" in space.store
    assert "hunter2" not in repr(space)
    assert config.origins(space)["workspace.store"][0] == "postgresql+psycopg://me:***@db/x"


def test_an_unknown_brief_is_named_with_the_nearest(root: Path) -> None:
    """Asking for a brief that is not there says which are."""
    with pytest.raises(UsageError, match="did you mean 'north'") as caught:
        config.load(root).brief("nort")
    assert caught.value.error_code == "UNKNOWN_BRIEF"


def test_loading_the_configuration_loads_nothing_heavy() -> None:
    """Every command reads the workspace, so it must not pull in the store or the page."""
    probe = (
        "import sys, briefings.core.config; "
        "print([m for m in ('sqlalchemy', 'pandas', 'weasyprint', 'trafilatura', 'urllib3') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# ── where channels may write ────────────────────────────────────────────────────────────────────────

CHANNEL = '\n[channels.shelf]\nkind = "folder"\npath = "{path}"\n'


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/", "/ belongs to the system"),
        ("/etc", "/etc belongs to the system"),
        ("/usr/share/briefs", "belongs to the system"),
        (".", "is a folder of the workspace itself"),
        ("..", "a folder of the workspace itself, lies in it"),
        ("reports", "is a folder of the workspace itself"),
        ("notebooks/out", "is a folder of the workspace itself"),
        (".briefings/out", "is a folder of the workspace itself"),
        ("released/../templates", "is a folder of the workspace itself"),
    ],
)
def test_a_channel_writes_to_no_folder_of_the_system_or_the_workspace(root: Path, path: str, why: str) -> None:
    """What is handed out is neither mixed with what the desk keeps, nor does whoever serves it serve the store."""
    file = root / "briefings.toml"
    file.write_text(GOOD + CHANNEL.format(path=path), encoding="utf-8")
    with pytest.raises(ConfigError) as fault:
        config.load(root)
    assert why in str(fault.value)
    assert "channels.shelf.path" in str(fault.value)


def test_a_channel_writes_to_no_folder_that_holds_the_store(root: Path) -> None:
    """Wherever the store lies, and whatever name its folder goes by."""
    told = GOOD.replace("[workspace]", '[workspace]\nstore = "sqlite:///shelf/store.db"', 1)
    (root / "shelf").mkdir()
    (root / "other").symlink_to(root / "shelf")
    (root / "filed").symlink_to(root / "reports")
    for path in ("shelf", "shelf/out", "other", "filed"):
        (root / "briefings.toml").write_text(told + CHANNEL.format(path=path), encoding="utf-8")
        with pytest.raises(ConfigError, match="is a folder of the workspace itself"):
            config.load(root)


def test_a_store_at_the_root_leaves_the_folders_beside_it_free(root: Path) -> None:
    told = GOOD.replace("[workspace]", '[workspace]\nstore = "sqlite:///store.db"', 1)
    (root / "briefings.toml").write_text(told + CHANNEL.format(path="released"), encoding="utf-8")
    assert config.load(root).channels["shelf"].path == "released"


@pytest.mark.parametrize("path", ["released", "/srv/briefs", "~/briefs", "../shared/briefs", "s3://bucket/briefs"])
def test_any_other_folder_is_a_channels_own(root: Path, path: str) -> None:
    """A share of the office lies outside of every workspace."""
    (root / "briefings.toml").write_text(GOOD + CHANNEL.format(path=path), encoding="utf-8")
    assert config.load(root).channels["shelf"].path == path
