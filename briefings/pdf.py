"""Prints HTML as PDF in a process of its own, which may die without harm.

The printer takes one job and ends: bounded in time and memory, with an environment built from scratch, no
sockets, no programs and no file but fonts. What it returns is PDF/A-3a and PDF/UA-1 at once, the same bytes for
the same job. `python -m briefings.pdf` is the printer itself.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import sysconfig
import tempfile
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from .errors import BriefingsError, MissingDependency, RenderError
from .printed import pages as pages
from .printed import require_safe as require_safe
from .printed import text as text

PANGO_LINE = "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""What Debian and Ubuntu need for printing; tested on bare Debian 12."""

_FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{dirs}
<cachedir>{cache}</cachedir>
<config><rescan><int>0</int></rescan></config>
</fontconfig>
"""


@dataclass(frozen=True)
class Limits:
    """What one print job may use: seconds of wall time, bytes of address space."""

    wall: float = 60.0
    memory: int = 2 << 30


@dataclass(frozen=True)
class Attachment:
    """A file that travels inside the PDF. `relationship` is one of PDF/A-3: Data, Source, Supplement…"""

    name: str
    data: bytes
    description: str = ""
    relationship: str = "Data"


@dataclass
class Printer:
    """A printer process that is warming up; `print_pdf` hands it its one job.

    Start it while notebooks run, and the half second its libraries take to load is over when the page is ready.
    """

    fonts: tuple[Path, ...] = ()
    limits: Limits = field(default_factory=Limits)
    process: subprocess.Popen[bytes] | None = None
    folder: tempfile.TemporaryDirectory[str] | None = None

    def start(self) -> Printer:
        """Start the process; it loads its libraries and waits."""
        self.folder = tempfile.TemporaryDirectory(prefix="briefings-print-")
        home = Path(self.folder.name)
        conf = home / "fonts.conf"
        folders = self.fonts or (shipped_fonts(),)
        dirs = "\n".join(f"<dir>{_xml(str(folder))}</dir>" for folder in folders)
        conf.write_text(_FONTS_CONF.format(dirs=dirs, cache=_xml(str(home / "cache"))), encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", "from briefings.pdf import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(home, conf, self.limits),
            cwd=home,
            start_new_session=True,
        )
        return self

    def run(self, job: bytes) -> tuple[int, bytes, bytes, bool]:
        """Give the process its job; return status, reply, its last words, and whether time ran out."""
        if self.process is None:
            self.start()
        process = self.process
        assert process is not None
        try:
            reply, said = process.communicate(job, timeout=self.limits.wall)
        except subprocess.TimeoutExpired:
            self._kill()
            process.communicate()
            return process.returncode, b"", b"", True
        finally:
            self.close()
        return process.returncode, reply, said, False

    def close(self) -> None:
        """End the process if it still runs, and remove its folder."""
        self._kill()
        if self.folder is not None:
            self.folder.cleanup()
            self.folder = None

    def _kill(self) -> None:
        process = self.process
        if process is not None and process.poll() is None:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()


def print_pdf(
    html: str,
    *,
    title: str,
    author: str,
    language: str,
    when: datetime,
    attachments: Sequence[Attachment] = (),
    limits: Limits | None = None,
    fonts: Sequence[Path] = (),
    printer: Printer | None = None,
) -> bytes:
    """Return HTML printed as PDF, the same bytes for the same arguments.

    `when` (aware) is the date of the document and of every attachment. `fonts` are the only folders fonts come
    from; without any, the shipped ones. Raises RenderError (`RENDER_TIMEOUT`, `RENDER_MEMORY`, `RENDER_GLYPHS`,
    `RENDER_LINK`, `RENDER_FAILED`) or MissingDependency (`DEPENDENCY_PANGO`).
    """
    if when.tzinfo is None:
        raise ValueError("`when` needs its UTC offset")
    printer = printer or Printer(fonts=tuple(fonts), limits=limits or Limits())
    job = {
        "html": html.encode("utf-8", "replace").decode("utf-8"),
        "title": title,
        "author": author,
        "language": language,
        "when": int(when.timestamp()),
        "attachments": [
            {
                "name": one.name,
                "data": base64.b64encode(one.data).decode("ascii"),
                "description": one.description,
                "relationship": one.relationship,
            }
            for one in attachments
        ],
    }
    status, reply, said, late = printer.run(json.dumps(job).encode("ascii"))
    if late:
        raise RenderError(
            f"printing took longer than {printer.limits.wall:g} seconds and was stopped",
            why="a page this large, or a style that repeats itself, has no end to wait for",
            fix="shorten the tables, or raise the limit if the page is right",
            code="RENDER_TIMEOUT",
        )
    head, _, pdf = reply.partition(b"\n")
    try:
        outcome = json.loads(head)
    except ValueError:
        raise _death(status, said, printer.limits) from None
    if outcome["fault"]:
        raise _fault(outcome, printer.limits)
    _require_glyphs(outcome["missing"])
    require_safe(pdf, [one.name for one in attachments])
    return pdf


def shipped_fonts() -> Path:
    """Return the folder of fonts that came with this program."""
    package = Path(__file__).resolve().parent
    installed = package / "templates"
    return (installed if installed.is_dir() else package.parent / "templates") / "themes/plain/fonts"


# ── what a death means ──────────────────────────────────────────────────────────────────────────────


def _death(status: int, said: bytes, limits: Limits) -> BriefingsError:
    """Return the error for a printer that ended without a reply."""
    last = said.decode("utf-8", "replace")
    if "failed to allocate" in last or "MemoryError" in last or "Cannot allocate memory" in last:
        return _memory(limits)
    if status < 0:
        name = signal.Signals(-status).name if -status in signal.valid_signals() else str(-status)
        why = f"it was ended by {name}"
    else:
        why = next((line for line in reversed(last.splitlines()) if line.strip()), f"it ended with status {status}")
    return RenderError("the printer died", why=why, fix="simplify the page; print again", code="RENDER_FAILED")


def _fault(outcome: dict[str, Any], limits: Limits) -> BriefingsError:
    """Return the error for a fault the printer could still report."""
    fault, message = outcome["fault"], outcome["message"]
    if fault == "library":
        return MissingDependency(
            "the libraries that draw text are not installed",
            why=message,
            fix=PANGO_LINE,
            code="DEPENDENCY_PANGO",
        )
    if fault == "MemoryError":
        return _memory(limits)
    if fault == "RecursionError":
        return RenderError(
            "the page is nested too deeply to be laid out",
            why="elements stand inside one another hundreds of levels deep",
            fix="flatten the nesting of the template or of the text",
            code="RENDER_FAILED",
        )
    return RenderError("the page could not be printed", why=f"{fault}: {message}", code="RENDER_FAILED")


def _memory(limits: Limits) -> RenderError:
    return RenderError(
        f"printing needed more than {limits.memory >> 20} MB of memory and was stopped",
        why="a page this large, or a table this wide, does not fit",
        fix="shorten the tables, or raise the limit if the page is right",
        code="RENDER_MEMORY",
    )


_PACKAGES = {
    "CJK": "fonts-noto-cjk",
    "HIRAGANA": "fonts-noto-cjk",
    "KATAKANA": "fonts-noto-cjk",
    "HANGUL": "fonts-noto-cjk",
}


def _require_glyphs(missing: Iterable[int]) -> None:
    """Refuse a page with characters no font could draw, naming script and font.

    Raises RenderError (`RENDER_GLYPHS`).
    """
    codes = sorted(set(missing))
    if not codes:
        return
    scripts = list(dict.fromkeys(unicodedata.name(chr(code), "UNNAMED").split()[0].split("-")[0] for code in codes))
    fonts = list(dict.fromkeys(_PACKAGES.get(script, "fonts-noto-core") for script in scripts))
    shown = ", ".join(f"{chr(code)} (U+{code:04X})" for code in codes[:8])
    raise RenderError(
        f"no font here can draw {len(codes)} of the characters on the page",
        where=f"script: {', '.join(script.title() if script != 'CJK' else script for script in scripts)}",
        why=f"they would print as empty boxes: {shown}{', …' if len(codes) > 8 else ''}",
        fix=f"put a whole TTF or OTF of that script (in Debian: {', '.join(fonts)}) into the fonts/ folder of the theme",
        code="RENDER_GLYPHS",
    )


# ── the printer's surroundings ──────────────────────────────────────────────────────────────────────


def _environment(home: Path, conf: Path, limits: Limits) -> dict[str, str]:
    """Return the printer's whole environment: nothing of ours reaches it but where Python and libraries are."""
    kept = ("LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "WEASYPRINT_DLL_DIRECTORIES", "SYSTEMROOT", "VIRTUAL_ENV")
    package = str(Path(__file__).resolve().parent.parent)
    return {
        **{key: os.environ[key] for key in kept if key in os.environ},
        "PATH": os.defpath,
        "HOME": str(home),
        "TMPDIR": str(home),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONHASHSEED": "0",
        "PYTHONNOUSERSITE": "1",
        "PYTHONPATH": package,
        "FONTCONFIG_FILE": str(conf),
        "BRIEFINGS_PRINT_MEMORY": str(limits.memory),
        "BRIEFINGS_PRINT_CPU": str(max(1, int(limits.wall) + 1)),
    }


def _xml(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# ── the printer ─────────────────────────────────────────────────────────────────────────────────────


def serve() -> NoReturn:
    """Load the libraries, read one job from standard input, print it, and end."""
    reply = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not land in the reply
    pdf = b""
    outcome: dict[str, Any] = {"fault": "", "message": "", "missing": [], "warnings": []}
    try:
        _bound()
        _load()
        _shut_in()
        job = json.loads(sys.stdin.buffer.read())
        os.environ["SOURCE_DATE_EPOCH"] = str(job["when"])
        pdf = _print(job, outcome)
    except OSError as fault:
        library = "library" in str(fault) or "dlopen" in str(fault)
        outcome |= {"fault": "library" if library else type(fault).__name__, "message": str(fault)[:400]}
    except RecursionError:
        outcome |= {"fault": "RecursionError"}
    except Exception as fault:
        outcome |= {"fault": type(fault).__name__, "message": str(fault)[:400]}
    reply.write(json.dumps(outcome).encode("ascii") + b"\n" + (b"" if outcome["fault"] else pdf))
    reply.flush()
    os._exit(0)  # tearing the layout down again would take as long as a third of the printing


def _bound() -> None:
    """Set the limits of this process before anything large is loaded."""
    try:
        import resource
    except ImportError:  # not on Windows, where only the wall limit holds
        return
    memory, cpu = int(os.environ["BRIEFINGS_PRINT_MEMORY"]), int(os.environ["BRIEFINGS_PRINT_CPU"])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _load() -> None:
    """Import the layout engine without its look-ups, which run compilers to find libraries already named."""
    import ctypes.util
    import warnings

    warnings.simplefilter("ignore")
    original = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        import weasyprint  # noqa: F401
    except OSError:
        for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
            del sys.modules[name]
        ctypes.util.find_library = original
        import weasyprint  # noqa: F401
    finally:
        ctypes.util.find_library = original


def _shut_in() -> None:
    """Take away, for good, what printing has no need of: sockets, programs, and files outside Python and fonts."""
    roots = tuple(
        str(Path(root).resolve())
        for root in (sys.prefix, sys.base_prefix, sysconfig.get_paths()["purelib"], Path(__file__).parent,
                     os.environ["HOME"])
    )  # fmt: skip

    def guard(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.fork", "ftplib.", "smtplib.")):
            raise PermissionError(f"a page may not do this: {event}")
        if event == "os.system" or event.startswith("os.spawn"):
            raise PermissionError(f"a page may not do this: {event}")
        if event == "open" and isinstance(arguments[0], str) and not _allowed(arguments[0], roots):
            raise PermissionError("a page may not open files")

    sys.addaudithook(guard)


def _allowed(path: str, roots: tuple[str, ...]) -> bool:
    whole = os.path.abspath(path)
    return whole.startswith(roots) or whole.endswith((".ttf", ".otf", ".ttc")) or whole == os.devnull


def _print(job: dict[str, Any], outcome: dict[str, Any]) -> bytes:
    import gc

    from weasyprint import HTML
    from weasyprint import Attachment as Attached

    _listen(outcome)
    gc.disable()  # one job and out: nothing it leaves behind is worth looking for
    when = datetime.fromtimestamp(job["when"], UTC)
    fetcher = _fetcher()
    document = HTML(string=job["html"], base_url="about:blank", url_fetcher=fetcher).render()
    stamp = when.strftime("%Y-%m-%dT%H:%M:%SZ")
    metadata = document.metadata
    metadata.title, metadata.authors, metadata.lang = job["title"], [job["author"]], job["language"]
    metadata.created = metadata.modified = stamp
    metadata.generator = "Briefings"
    metadata.attachments = [
        Attached(
            string=base64.b64decode(one["data"]),
            name=one["name"],
            description=one["description"] or one["name"],
            relationship=one["relationship"],
            created=when,
            modified=when,
            url_fetcher=fetcher,
        )
        for one in job["attachments"]
    ]
    metadata.generate_rdf_metadata = _claim_ua(metadata.generate_rdf_metadata)
    identifier = hashlib.sha256(json.dumps(job, sort_keys=True).encode()).hexdigest()[:32]
    printed: bytes = document.write_pdf(pdf_variant="pdf/a-3a", pdf_identifier=identifier.encode("ascii"))
    return printed


def _fetcher() -> Any:
    """Return a fetcher that knows `data:` and nothing else: no network, no files, no redirects, no proxies."""
    from weasyprint.urls import URLFetcher

    class Nothing(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url[:5].lower() == "data:" or len(url) > 14_000_000:
                raise ValueError("a page may not fetch anything")
            return super().fetch(url, headers)

    return Nothing(allowed_protocols=("data",), allow_redirects=False)


_NOTDEF = re.compile(r"\(U\+([0-9A-F]{4,6})\)")


def _listen(outcome: dict[str, Any]) -> None:
    """Keep what the layout engine says: characters without a glyph, and its first complaints."""
    import logging

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            message = record.getMessage()
            if message.startswith(".notdef"):
                outcome["missing"] += [int(code, 16) for code in _NOTDEF.findall(message)]
            elif len(outcome["warnings"]) < 20:
                outcome["warnings"].append(message[:300])

    logger = logging.getLogger("weasyprint")
    logger.handlers = [Listener()]
    logger.setLevel(logging.WARNING)
    logging.getLogger("fontTools").setLevel(logging.ERROR)


_UA = (
    '<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>'
    '<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
    'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
    'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


def _claim_ua(generate: Any) -> Any:
    """Return the writer of the metadata packet, with PDF/UA-1 claimed beside PDF/A and its schema described."""

    def both(variant: Any, version: Any, conformance: Any) -> bytes:
        packet: bytes = generate(variant, version, conformance)
        return packet.replace(b"</rdf:RDF>", _UA.encode("ascii") + b"</rdf:RDF>")

    return both


if __name__ == "__main__":
    serve()
