"""The commands that make a desk's keys, and give its sender the passwords of readers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import counted
from . import completion
from .arguments import AsJson, Here
from .terminal import dump, reported, say, tell

keys_app = typer.Typer(help="Make what copies are signed and closed with.", no_args_is_help=True, rich_markup_mode=None)


@keys_app.command("new")
@reported()
def new_keys(
    name: Annotated[str, typer.Option(metavar="NAME", help="Who signs; default: who prepares the briefs.")] = "",
    years: Annotated[int, typer.Option(metavar="N", help="How long the certificate is in force.")] = 3,
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Make a signing key with its certificate, and the secret that readers' passwords are made from.

    They lie in secrets/, readable for you alone; nothing is written over. The certificate says itself whose it is, so
    readers have to get it from you: hand out secrets/signing.crt. Prints the settings that name them.
    """
    from ..release.keys import new_keys as make_keys

    made = make_keys(name, years=years, workspace=workspace)
    if as_json:
        files = {"key": str(made.key), "certificate": str(made.certificate), "passwords": str(made.seed)}
        about = {"fingerprint": made.fingerprint, "settings": made.settings}
        dump({"schema": "briefings.keys/v1", **files, **about})
        return
    tell(f"made {made.key}, {made.certificate} (sha256:{made.fingerprint}) and {made.seed}")
    tell("add to briefings.toml, and hand the certificate to your readers:")
    say(made.settings.rstrip())


@reported()
def passwords(
    lists: Annotated[
        list[str] | None,
        typer.Argument(metavar="LIST...", help="Only these lists; default: all.", autocompletion=completion.lists),
    ] = None,
    into: Annotated[
        Path, typer.Option("--into", metavar="FILE.csv", help="A new file, readable for you alone.")
    ] = Path("passwords.csv"),
    workspace: Here = None,
    as_json: AsJson = False,
) -> None:
    """Write the passwords of readers to a file for the sender.

    They are to be passed on by another way than the copies they open, and never are sent with one. A reader's password
    is the same for every edition, so each needs it once.
    """
    from ..release.keys import write_passwords

    count = write_passwords(into, lists or (), workspace=workspace)
    if as_json:
        dump({"schema": "briefings.passwords/v1", "file": str(into), "readers": count})
        return
    tell(
        f"{counted(count, 'password')} written: tell each reader theirs by telephone or in person, then delete the file"
    )
    say(str(into))
