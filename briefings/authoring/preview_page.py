"""The page around the page: status, errors and the frame in which the preview shows the brief."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

SANDBOX = "allow-same-origin allow-popups allow-popups-to-escape-sandbox"
"""What the frame of the page may: no script, form or way around; its links open in tabs of their own."""

SHELL = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Preview: {title}</title>
<link rel="stylesheet" href="preview.css">
<script src="preview.js" defer></script>
</head>
<body>
<header>
<h1>{title}</h1>
<p id="status" role="status">Making the brief …</p>
<a href="brief.pdf" target="_blank" rel="noopener">Open the PDF</a>
</header>
<div id="error" role="alert" hidden><strong>Not made. Below is the last good page.</strong><pre></pre></div>
<details id="findings" hidden><summary></summary><ul></ul></details>
<div id="sheet"><iframe id="page" title="The brief" sandbox="{sandbox}"></iframe></div>
</body>
</html>
"""

STYLE = """
:root { color-scheme: light; font: 15px/1.4 system-ui, sans-serif; }
body { margin: 0; height: 100vh; display: flex; flex-direction: column; background: #e9eaec; color: #1a1c1f; }
header { display: flex; flex-wrap: wrap; gap: .2rem 1rem; align-items: baseline; padding: .5rem 1rem; background: #fff;
  border-bottom: 1px solid #c9ccd1; }
h1 { font-size: 1rem; margin: 0; }
#status { margin: 0; color: #555b64; flex: 1 0 auto; }
a { color: #0b4f9e; }
#error { background: #8f1d1d; color: #fff; padding: .6rem 1rem; }
#error pre { margin: .3rem 0 0; white-space: pre-wrap; font: 13px/1.45 ui-monospace, monospace; max-height: 35vh;
  overflow: auto; }
#findings { background: #fff6da; padding: .4rem 1rem; border-bottom: 1px solid #d9c88a; }
#findings.quiet { background: none; color: #555b64; border: 0; font-size: 13px; }
#findings.stops { background: #fbe3e1; border-color: #c98a86; }
#findings ul { margin: .3rem 0; padding-left: 1.2rem; max-height: 25vh; overflow: auto; }
#sheet { flex: 1; min-height: 0; width: 100%; max-width: 210mm; margin: 0 auto; overflow: hidden; position: relative; }
iframe { border: 0; width: 210mm; height: 100%; transform-origin: 0 0; background: #fff; position: absolute; }
iframe.coming { visibility: hidden; }
"""

SCRIPT = """
const $ = (id) => document.getElementById(id);
let shown = 0, marked = "", madeAt = "";

const address = () => "page?v=" + shown + (marked ? "#" + marked : "");

// In a panel narrower than the paper the page is made smaller, not laid out anew: it is to look as it prints.
function fit(page) {
  const sheet = $("sheet"), scale = Math.min(1, sheet.clientWidth / page.offsetWidth);
  page.style.transform = scale < 1 ? `scale(${scale})` : "";
  page.style.height = sheet.clientHeight / scale + "px";
}
new ResizeObserver(() => $("sheet").querySelectorAll("iframe").forEach(fit)).observe($("sheet"));

// Where a page is looked at: how far down, and from where to what is marked. Nothing of one that was left for another.
function place(page) {
  const seen = page.contentDocument;
  return seen && { down: page.contentWindow.scrollY, mark: seen.getElementById(marked)?.getBoundingClientRect().top };
}

// What was looked at stays where it is, though the page above it became longer or shorter.
function keepPlace(page, was) {
  const now = place(page);
  if (!was || !now) return;
  const seen = was.mark > -200 && was.mark < page.offsetHeight && now.mark !== undefined;
  if (seen) page.contentWindow.scrollBy(0, now.mark - was.mark);
  else page.contentWindow.scrollTo(0, was.down);
}

// A source opens in a tab of its own; in the frame, which loads nothing from elsewhere, it would end the page.
function sendElsewhere(page) {
  page.contentDocument?.querySelectorAll("a:not([href^='#']), area:not([href^='#'])").forEach((link) => {
    link.setAttribute("target", "_blank");
    link.setAttribute("rel", "noopener noreferrer");
  });
}

// The new page is laid out behind the one that is looked at, and takes its place when it is whole.
function load() {
  document.querySelectorAll("iframe.coming").forEach((late) => late.remove());
  const before = $("page"), coming = before.cloneNode(), mark = marked;
  coming.removeAttribute("id");
  coming.className = "coming";
  coming.src = address();
  coming.addEventListener("load", () => {
    if (!coming.isConnected) return;
    const was = before.dataset.marked === mark && before.src ? place(before) : null;
    before.remove();
    coming.id = "page";
    coming.className = "";
    coming.dataset.marked = mark;
    keepPlace(coming, was);
    sendElsewhere(coming);
    if (mark !== marked) turn();
  }, { once: true });
  $("sheet").append(coming);
  fit(coming);
}

/** Scroll to what is marked now, which a change of the fragment does without loading the page again. */
function turn() {
  const page = $("page");
  if (!shown || page.dataset.marked === undefined) return;
  page.dataset.marked = marked;
  page.contentWindow.location.replace(address());
}

function show(state) {
  if (state.version !== shown) madeAt = new Date().toLocaleTimeString();
  $("status").textContent = state.busy ? "Making the brief …"
    : !state.version ? "Nothing made yet" : state.error ? "As it was at " + madeAt : "Up to date, made at " + madeAt;
  $("error").hidden = !state.error;
  $("error").querySelector("pre").textContent = state.error;
  $("error").querySelector("strong").textContent =
    state.version ? "Not made. Below is the last good page." : "Not made.";
  $("findings").hidden = !state.findings.length;
  const count = state.findings.length;
  $("findings").classList.toggle("quiet", !state.warned);
  $("findings").classList.toggle("stops", state.stops);
  const called = state.warned ? "finding" : "note";
  $("findings").querySelector("summary").textContent = count + " " + called + (count === 1 ? "" : "s")
    + (state.stops ? ": as it is, the brief would be stopped" : "");
  $("findings").querySelector("ul").replaceChildren(...state.findings.map((text) => {
    const item = document.createElement("li");
    item.textContent = text;
    return item;
  }));
  if (state.version !== shown) {
    shown = state.version;
    load();
  }
  // JupyterLab shows faults at their cell and says which section is being edited; it is of our own origin.
  if (window.parent !== window) window.parent.postMessage({ briefings: state }, location.origin);
}

window.addEventListener("message", (message) => {
  if (message.origin !== location.origin || message.source !== window.parent) return;
  const slot = message.data && message.data.mark;
  if (typeof slot === "string" && slot !== marked) {
    marked = slot;
    turn();
  }
});

const events = new EventSource("events");
events.onmessage = (event) => show(JSON.parse(event.data));
events.onerror = () => { $("status").textContent = "The preview has ended"; };
"""


_SCREEN = """@media screen {
  body { box-sizing: border-box; max-width: 210mm; margin: 0 auto; padding: 12mm 14mm }
  section:target { outline: 2px solid #d9a400; outline-offset: 4px; scroll-margin-top: 20vh }
}"""
"""Margins as the paper has them, and a mark around the section that is being edited."""


def screen_style(folders: tuple[Path, ...]) -> str:
    """Return what makes the printed page look on a screen as it prints: margins, and the fonts of its theme.

    The printer finds fonts in their folders; a browser asks for those it needs by the addresses of `font_files`.
    """
    faces = []
    for part, path in font_files(folders).items():
        with suppress(OSError):  # which was taken away since
            faces.append(_face(path, part))
    return "\n".join([_SCREEN, *faces])


def font_files(folders: tuple[Path, ...]) -> Mapping[str, Path]:
    """Return the font files of folders by the part of the preview that each is asked for by: `font-` and a digest."""
    files: dict[str, Path] = {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.[ot]tf"))):
        with suppress(OSError):
            stat = path.stat()
            files[_part(path, stat.st_mtime_ns, stat.st_size)] = path
    return files


def font(folders: tuple[Path, ...], part: str) -> bytes | None:
    """Return the font that a part of the preview was named for; `None` where it is not there or no longer the same."""
    path = font_files(folders).get(part)
    try:
        data = path.read_bytes() if path else b""
    except OSError:
        return None
    return data if _named(data) == part else None


@lru_cache(maxsize=256)
def _part(path: Path, changed: int, size: int) -> str:
    """Return what a file is asked for by, as it is since it was changed. Raises OSError."""
    return _named(path.read_bytes())


def _named(data: bytes) -> str:
    return f"font-{hashlib.sha256(data).hexdigest()[:24]}"


@lru_cache(maxsize=256)
def _face(path: Path, part: str) -> str:
    """Return the rule by which a browser finds a font, by what the font says of itself. Raises OSError."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        # 16 is the family a designer means, 1 the one that old systems cut into groups of four.
        family = font["name"].getDebugName(16) or font["name"].getDebugName(1) or path.stem
        weight = "100 900" if "fvar" in font else str(font["OS/2"].usWeightClass)
        style = "italic" if font["OS/2"].fsSelection & 1 else "normal"
    name = family.replace("\\", "").replace('"', "").replace("<", "")
    return f'@font-face {{ font-family: "{name}"; font-weight: {weight}; font-style: {style}; src: url("{part}") }}'
