"""Opens the channels of a workspace by kind: ours, and those that others supply, where the workspace names one.

That a package with a channel is installed does nothing by itself; `briefings doctor` lists what is there.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, Protocol, cast

from ..channels import Channel
from ..core.layers import near
from ..core.outlets import ChannelSpec
from ..errors import ConfigError

GROUP = "briefings.channels"
"""The group of entry points under which packages of others supply kinds of channels."""

Opening = Callable[[ChannelSpec, Path], Channel]
"""Makes a channel from its settings; relative paths in them are taken from the folder of the workspace."""

OURS = {
    "folder": "folder_channel:Folder",
    "archive": "archive_channel:Archive",
    "webhook": "webhook_channel:Webhook",
    "chat": "chat_channel:Chat",
    "fake": "fake_channel:Fake",
}
"""Kinds that come with the program: module and class of each, loaded when a channel of the kind is opened."""


class _Distributed(Protocol):
    name: str
    version: str


def supplied() -> dict[str, EntryPoint]:
    """Return the kinds of channels that installed packages of others supply, whether the workspace names any or not."""
    return {found.name: found for found in sorted(entry_points(group=GROUP), key=lambda one: one.name)}


def origin(found: EntryPoint) -> str:
    """Return the package an entry point comes from, with its version."""
    whence = cast("_Distributed | None", found.dist)
    return f"{whence.name} {whence.version}" if whence else "an unknown package"


def repeatable(spec: ChannelSpec, base: Path) -> bool:
    """Say whether a channel may be handed the same twice; ours say so unopened. Raises ConfigError as `opened`."""
    if spec.kind in OURS:
        return bool(_ours(spec.kind).repeatable)
    return opened(spec, base).repeatable


def _ours(kind: str) -> Any:
    module, _, name = OURS[kind].partition(":")
    return getattr(import_module(f".{module}", __package__), name)


def opened(spec: ChannelSpec, base: Path) -> Channel:
    """Return the channel a workspace has set up, ready to be entered.

    Raises ConfigError CHANNEL_KIND where nobody supplies its kind, CHANNEL_PLUGIN where what supplies it does not
    load, and what the channel itself raises for its settings.
    """
    if spec.kind in OURS:
        return cast("Opening", _ours(spec.kind))(spec, base)
    others = supplied()
    if spec.kind not in others:
        raise ConfigError(
            f"no channel is of kind {spec.kind!r}{near(spec.kind, [*OURS, *others])}",
            where=f"[channels.{spec.id}] kind",
            why=f"the kinds here are: {', '.join([*OURS, *others])}",
            fix="name one of these, or install the package that supplies it",
            code="CHANNEL_KIND",
        )
    return _loaded(others[spec.kind], spec, base)


def _loaded(found: EntryPoint, spec: ChannelSpec, base: Path) -> Channel:
    try:
        opening = cast("Opening", found.load())
    except Exception as fault:
        raise ConfigError(
            f"the channel of kind {found.name!r} does not load",
            where=f"{found.value}, of {origin(found)}",
            why=f"{type(fault).__name__}: {fault}",
            fix=f"mend or replace that package, or take [channels.{spec.id}] out",
            code="CHANNEL_PLUGIN",
        ) from None
    return opening(spec, base)
