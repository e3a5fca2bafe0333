"""Adds a brief, a source or a theme to a workspace; nothing that is there is overwritten."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from ..core import config, toml_texts
from ..core.choices import SourceKind
from ..core.layers import near
from ..core.settings import FILE, Workspace
from ..dating import zones
from ..desks.regions import refuse_unknown_codes
from ..errors import ConfigError, UsageError
from ..layout.themes import load_theme, shipped_templates
from ..making.planning import type_folder, type_names
from ..notebook.brief import load_type
from . import drafts, mending, starters
from .drafts import Added

SOURCE_KINDS: tuple[str, ...] = get_args(SourceKind)


def brief(
    space: Workspace,
    name: str,
    *,
    kind: str = "",
    title: str = "",
    region: str = "",
    area: str = "",
    iso: str = "",
    own: bool = False,
) -> Added:
    """Add a brief to the settings, over a `region` of the workspace or over a new one that is called `area`.

    With `own` it gets a type of its own, a copy of `kind` by the brief's name. Without a kind it is of the type of the
    workspace's first brief. Errors: UsageError `NEW_NAME`, `NEW_TAKEN` or `NEW_REGION`, ConfigError as of the type.
    """
    drafts.require_name(name, "brief")
    drafts.require_free(name, "brief", [*space.briefs, *space.batches])
    kind = kind or mending.first_type(space)
    draft, title = drafts.Draft(), title or area or drafts.titled(name)
    load_type(type_folder(space, kind))
    if own:
        drafts.require_free(name, "type of brief", type_names(space))
        draft.copies[space.templates / name] = type_folder(space, kind)
    text = draft.text(space.file)
    if area:
        drafts.require_free(name, "region", space.regions)
        clock = zones.clock_of(iso.partition("-")[0].upper()) or "UTC"
        text = toml_texts.with_table(text, starters.region_table(name, area, iso, clock))
    about = name if area else _region(space, region)
    text = toml_texts.with_table(text, starters.brief_table(name, name if own else kind, title, about))
    _require_loads(space, text)
    draft.grow(space.file, text)
    return draft.add(f"briefings make {name} -p date=YYYY-MM-DD")


def source(space: Workspace, name: str, *, kind: str, values: Mapping[str, str]) -> Added:
    """Add a source to the settings; a folder is made where it is not there.

    `values` are its settings as `[sources.NAME]` has them, empty ones left out: `path`, `url`, `dataset`, `publisher`,
    `timezone`. Errors: UsageError `NEW_NAME`, `NEW_TAKEN` or `NEW_SOURCE`.
    """
    drafts.require_name(name, "source")
    drafts.require_free(name, "source", space.sources)
    drafts.require_one_of(kind, SOURCE_KINDS, "kind of source")
    said = {key: value for key, value in values.items() if value}
    if kind == "folder":
        said.setdefault("path", f"sources/{name}")
    lacking = _lacking(kind, said)
    if lacking:
        raise UsageError(f"a {kind} needs {lacking[0]}", fix=lacking[1], code="NEW_SOURCE")
    draft = drafts.Draft()
    text = toml_texts.with_table(draft.text(space.file), starters.source_table(name, {"kind": kind, **said}))
    _require_loads(space, text)
    draft.grow(space.file, text)
    if kind == "folder" and not (folder := space.root / said["path"]).exists():
        draft.folders.append(folder)
    return draft.add("briefings collect")


def _lacking(kind: str, said: Mapping[str, str]) -> tuple[str, str] | None:
    """Return what a source lacks to be read, and how to give it."""
    if kind in ("feed", "page") and not (said.get("url") or said.get("path")):
        return "an address or a file", f"add --url https://… or --path {kind}.html"
    if kind == "table" and not said.get("path"):
        return "the file it is in", "add --path context.csv"
    if kind == "table" and not said.get("dataset"):
        return "the name of its dataset", "add --dataset ucdp-ged, or acled"
    return None


def theme(space: Workspace, name: str, *, base: str = "plain", title: str = "") -> Added:
    """Write a theme that changes one colour of its base and shows what else it may say.

    Errors: UsageError `NEW_NAME` or `NEW_TAKEN`, RenderError for a base there is not.
    """
    drafts.require_name(name, "theme")
    folder = space.templates / "themes" / name
    taken = {path.parent.name for each in (space.templates, shipped_templates()) for path in each.glob("themes/*/*")}
    drafts.require_free(name, "theme", taken)
    look = load_theme(base, [space.templates]).look
    tokens = (shipped_templates() / "themes" / "plain" / "tokens.css").read_text(encoding="utf-8")
    draft = drafts.Draft()
    draft.new[folder / "theme.toml"] = starters.theme_file(title or drafts.titled(name), base, look).encode()
    draft.new[folder / "tokens.css"] = starters.theme_tokens(tokens).encode()
    return draft.add(f'set theme = "{name}" under [page] of {FILE}')


def _region(space: Workspace, region: str) -> str:
    """Return the region a brief is about: the one named, or the only one there is."""
    if region in space.regions:
        return region
    if not region and len(space.regions) == 1:
        return next(iter(space.regions))
    names = ", ".join(sorted(space.regions))
    raise UsageError(
        f"no region is named {region!r}{near(region, space.regions)}" if region else "which region is the brief about?",
        why=f"the regions here are: {names or 'none'}",
        fix='add --region with one of these, or --area "Name of the area" for a new one',
        code="NEW_REGION",
    )


def _require_loads(space: Workspace, text: str) -> None:
    """Refuse settings that would not be read, in the words in which they would be refused once written."""
    with tempfile.TemporaryDirectory(prefix="briefings-new-") as folder:
        tried = Path(folder) / FILE
        tried.write_text(text, encoding="utf-8")
        try:
            refuse_unknown_codes(config.load(tried).regions.values(), {})
        except ConfigError as fault:
            why = fault.why and fault.why.replace(str(tried), FILE)
            raise UsageError(fault.what, where=FILE, why=why, fix=fault.fix, code=fault.error_code) from None
