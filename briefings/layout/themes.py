"""Reads themes: the templates of a page, its style sheet, fonts and logo, as files and settings say together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..charts.drawing import Palette
from ..core.looks import Look, over
from ..errors import ConfigError, RenderError
from ..model import Finding, Noun
from . import contrast, copied, logos, tokens
from .placement import lint_template

SHARED = "page"
"""Folder of the page that all types of brief share."""

_DEEPEST = 5
"""Themes that may be based one on another."""


@dataclass(frozen=True)
class Theme:
    """Everything the page is made of, read once: templates by name, style sheet, colours, font folders, logo.

    `findings` say what is wrong with it that does not keep a page from being printed.
    """

    name: str
    templates: Mapping[str, str]
    css: str
    palette: Palette = field(default_factory=Palette)
    fonts: tuple[Path, ...] = ()
    logo: logos.Logo | None = None
    look: Look = field(default_factory=Look)
    findings: tuple[Finding, ...] = ()


class _About(Noun):
    """`[theme]` of a theme.toml."""

    title: str = ""
    base: str = ""


class _File(Noun):
    """The whole of a theme.toml."""

    theme: _About = _About()
    page: Look = Look()


def shipped_templates() -> Path:
    """Return the folder of templates that came with this program, installed or in its repository."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


def load_theme(
    name: str = "plain",
    folders: Sequence[Path] = (),
    *,
    layout: str = "daily",
    look: Look | None = None,
    root: Path | None = None,
) -> Theme:
    """Read a theme and the templates of one layout; a file in an earlier folder hides the same file in a later one.

    A layout is the name of a brief's type. All types share the page of the folder `page`; a type that has a
    `page.html.j2` or `page.css` in its own folder is laid out by that instead.
    `folders` are template folders, the user's first; the shipped one is always searched last. Files that lead
    out of their folder by a link are refused. `look` is what briefings.toml says of the page; it goes before what the
    theme says, and a logo it names lies in `root`. Raises RenderError naming the file, or ConfigError `LOGO`.
    """
    searched = [*(Path(folder).resolve() for folder in folders), shipped_templates().resolve()]
    line = _line(searched, name)
    templates = dict(templates_in(searched, messages=layout == "email"))
    for template, source in templates.items():
        lint_template(template, source)
    whole = look or Look()
    for _, file in line:
        whole = over(whole, file.page)
    _require_whole(whole, name)
    names = [theme for theme, _ in line]
    own = [f"themes/{theme}/tokens.css" for theme in reversed(names)]
    sheet = f"{layout}/page.css" if _find(searched, f"{layout}/page.css") else f"{SHARED}/page.css"
    sheets = [_text(*found) for place in own if (found := _find(searched, place))]
    fonts = [folder / "themes" / theme / "fonts" for theme in dict.fromkeys((*names, "plain")) for folder in searched]
    return Theme(
        name=name,
        templates=templates,
        css="\n".join((tokens.sheet(whole), *sheets, _read(searched, sheet))),
        palette=tokens.palette(whole),
        fonts=tuple(folder for folder in fonts if folder.is_dir()),
        logo=_logo(searched, line, look or Look(), root),
        look=whole,
        findings=tuple(contrast.faint(whole.colours, theme=name)),
    )


def _line(folders: Sequence[Path], name: str) -> list[tuple[str, _File]]:
    """Return a theme and those it is based on, one on the next."""
    line: list[tuple[str, _File]] = []
    while name:
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name) or not _find(folders, f"themes/{name}/theme.toml"):
            raise RenderError(
                f"there is no theme {name!r}",
                where=", ".join(str(folder / "themes") for folder in folders),
                fix=f"use one of: {', '.join(_theme_names(folders))}",
                code="RENDER_THEME",
            )
        if name in dict(line) or len(line) == _DEEPEST:
            raise RenderError(
                f"the theme {line[0][0]!r} is based on itself, or on too many others",
                where=f"themes/{line[-1][0]}/theme.toml",
                why=" → ".join([*dict(line), name]),
                fix="end the row of `base` with a theme that has none, such as plain",
                code="RENDER_THEME",
            )
        line.append((name, _settings(folders, name)))
        name = line[-1][1].theme.base
    return line


def _settings(folders: Sequence[Path], name: str) -> _File:
    where = f"themes/{name}/theme.toml"
    try:
        return _File.model_validate(tomllib.loads(_read(folders, where)))
    except tomllib.TOMLDecodeError as fault:
        raise RenderError(
            "theme.toml is not valid TOML", where=where, why=str(fault), fix="mend that line", code="RENDER_THEME"
        ) from None
    except ValidationError as fault:
        told = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in fault.errors())
        raise RenderError(
            "theme.toml says what a theme cannot say", where=where, why=told, fix="mend it", code="RENDER_THEME"
        ) from None


def _require_whole(look: Look, name: str) -> None:
    """Refuse a theme that leaves something open which no theme below it says."""
    open_ends = list(_empty(look, "page"))
    if open_ends:
        raise RenderError(
            f"the theme {name!r} does not say everything a page needs",
            where=f"themes/{name}/theme.toml",
            why=f"nothing is said of {', '.join(open_ends)}",
            fix='base it on a whole theme: base = "plain" under [theme]',
            code="RENDER_THEME",
        )


def _empty(noun: Any, where: str) -> Iterator[str]:
    for field_name in type(noun).model_fields:
        value = getattr(noun, field_name)
        if isinstance(value, Noun):
            yield from _empty(value, f"{where}.{field_name}")
        elif not value and field_name not in ("theme", "logo", "logo_alt", "heads", "data", "fallback"):
            yield f"{where}.{field_name}"


def _logo(
    folders: Sequence[Path], line: Sequence[tuple[str, _File]], look: Look, root: Path | None
) -> logos.Logo | None:
    """Return the logo of whoever names one first: the workspace, the theme, the theme that one is based on."""
    own = [(look, [root.resolve()] if root else [])]
    themes = [(file.page, [folder / "themes" / name for folder in folders]) for name, file in line]
    for said, places in (*own, *themes):
        if said.logo:
            return logos.logo(_picture(said.logo, places), name=said.logo, words=said.logo_alt)
    return None


def _picture(name: str, places: Sequence[Path]) -> bytes:
    for place in places:
        path = (place / name).resolve()
        if path.is_file() and path.is_relative_to(place):
            with path.open("rb") as file:
                return file.read(logos.LARGEST + 1)
    raise ConfigError(
        "there is no such logo",
        where=name,
        why=f"it was looked for in {', '.join(map(str, places)) or 'no folder'}",
        fix="put the file there; it may not lead out of it",
        code="LOGO",
    )


# ── files ───────────────────────────────────────────────────────────────────────────────────────────


def templates_in(folders: Sequence[Path], *, messages: bool = False) -> Iterator[tuple[str, str]]:
    """Yield template name and text; the first folder that has a name wins. Those of `messages` lay out no page.

    What is still as it was copied out gives way to every other: it would be the page of an earlier version.
    """
    found: dict[str, tuple[Path, Path]] = {}
    for folder in folders:
        for path in (path for pattern in ("*/*.j2", "*/*.css") for path in sorted(folder.glob(pattern))):
            name = path.relative_to(folder).as_posix()
            if messages or not name.startswith("email/"):
                found.setdefault(name, (path, folder))
    for folder in {folder for _, folder in found.values()}:
        for name in copied.untouched(folder) & found.keys():
            found[name] = _find(folders, name) or found[name]
    for name, place in found.items():
        yield name, _text(*place)


def _find(folders: Sequence[Path], name: str) -> tuple[Path, Path] | None:
    """Return where a file lies, with its folder: the first that is somebody's own or shipped, else a mere copy."""
    places = [(folder / name, folder) for folder in folders if (folder / name).is_file()]
    return next((one for one in places if not copied.untouched(one[1], name)), places[0] if places else None)


def _read(folders: Sequence[Path], name: str) -> str:
    found = _find(folders, name)
    if found is None:
        raise RenderError(
            f"the template folder has no {name}",
            where=", ".join(map(str, folders)),
            fix="copy it from the shipped templates",
            code="RENDER_THEME",
        )
    return _text(*found)


def _text(path: Path, folder: Path) -> str:
    if not path.resolve().is_relative_to(folder):
        raise RenderError(
            "a template leads out of its folder", where=str(path), fix="put the file itself there", code="RENDER_THEME"
        )
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise RenderError(
            "a template cannot be read",
            where=str(path),
            why=str(fault),
            fix="make it a text file in UTF-8 that you may read",
            code="RENDER_THEME",
        ) from None


def _theme_names(folders: Sequence[Path]) -> list[str]:
    return sorted({path.parent.name for folder in folders for path in folder.glob("themes/*/theme.toml")})
