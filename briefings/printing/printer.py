"""The printer itself: a process that fills the templates of a page, prints it, and ends.

It bounds itself before it loads anything large, says whether it can print, then gives up, for good, whatever pages
have no need of. Jobs come on standard input, each a line of JSON and as many bytes as that says; so go replies.
"""

from __future__ import annotations

import base64
import gc
import hashlib
import json
import os
import sys
import sysconfig
import zoneinfo
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO, Any, NoReturn

from ..errors import BriefingsError, RenderError
from . import cascade, engine, letterforms, linebreaks, pango, recall, seals, shaping, tongues


def serve(*, prints: bool = True) -> NoReturn:
    """Load the libraries, say whether they are there, and do jobs until one has been printed or no more come.

    Without `prints` the layout engine is not loaded, and only templates are filled.
    """
    gc.disable()  # what is loaded stays
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not land in the replies
    _bound()
    # To look whether libraries are there takes a tenth of the time of loading them. Should they not be where one looks
    # first, only loading tells.
    soon, _ = _tried(lambda _: None)
    promised = not prints or not pango.lacking()
    if promised:
        _answer(replies, soon)
    lacking, _ = _tried(lambda _: _load() if prints else None)
    if not promised:
        _answer(replies, lacking)
    broken, _ = _tried(lambda _: _shut_in())
    _keep_what_is_loaded()
    jobs = {"fill": _fill, "layout": _layout, "print": _print}
    whole = lacking if lacking["fault"] else broken
    standing = {"fill": broken, "layout": whole, "print": whole}
    while line := sys.stdin.buffer.readline():
        asked = json.loads(line)
        job, do = json.loads(sys.stdin.buffer.read(asked["size"])), jobs[asked["kind"]]
        _bound_time()
        outcome, made = standing[asked["kind"]], b""
        if not outcome["fault"]:
            outcome, made = _tried(partial(do, job))
        _answer(replies, outcome, made)
        if asked["kind"] == "print":
            break
    os._exit(0)  # tearing the layout down again would take as long as a third of the printing


def _tried(do: Callable[[dict[str, Any]], bytes | None]) -> tuple[dict[str, Any], bytes]:
    """Do something; return what became of it, and what it made unless it failed."""
    outcome: dict[str, Any] = {"fault": "", "message": "", "error": None, "missing": [], "warnings": []}
    made = b""
    try:
        made = do(outcome) or b""
    except BriefingsError as fault:
        outcome |= {"fault": type(fault).__name__, "error": fault.as_dict()}
    except (OSError, ImportError) as fault:
        outcome |= {"fault": _named(fault), "message": str(fault)[:400]}
    except RecursionError:
        outcome |= {"fault": "RecursionError"}
    except Exception as fault:
        name = "MemoryError" if _is_full() else type(fault).__name__
        outcome |= {"fault": name, "message": str(fault)[:400]}
    return outcome, made


def _answer(replies: IO[bytes], outcome: dict[str, Any], made: bytes = b"") -> None:
    """Send one line on how a job went, then what it made; whoever asked may have gone."""
    made = b"" if outcome["fault"] else made
    with suppress(BrokenPipeError):
        replies.write(json.dumps(outcome | {"size": len(made)}).encode("ascii") + b"\n" + made)
        replies.flush()


def _named(fault: OSError | ImportError) -> str:
    """Tell a library that is not there from one that did not fit into memory."""
    message = str(fault)
    if _is_full() or "Cannot allocate memory" in message or "failed to map segment" in message:
        return "MemoryError"
    return "library" if "library" in message or "dlopen" in message else type(fault).__name__


def _is_full() -> bool:
    """Say whether this process has come to its limit, where libraries fail in ways that do not say so."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return False
    peak = int(status.partition("VmPeak:")[2].split()[0]) << 10
    return peak > 0.95 * int(os.environ["BRIEFINGS_PRINT_MEMORY"])


def _bound() -> None:
    """Set the limits of this process before anything large is loaded."""
    try:
        import resource
    except ImportError:  # not on Windows, where only the wall limit holds
        return
    memory = int(os.environ["BRIEFINGS_PRINT_MEMORY"])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_WRITTEN, _WRITTEN))
    _bound_time()


_WRITTEN = 64 << 20
"""Bytes a file of this process may have: fonts of a page, and what libraries complain of."""


def _bound_time() -> None:
    """Give the job at hand its own processor time, should whoever set the clock be gone."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + int(os.environ["BRIEFINGS_PRINT_CPU"])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


def _load() -> None:
    """Import the layout engine without its look-ups, which run compilers to find libraries already named."""
    import ctypes.util
    import warnings

    warnings.simplefilter("ignore")
    original = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        import weasyprint
    except OSError:
        for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
            del sys.modules[name]
        ctypes.util.find_library = original
        import weasyprint  # noqa: F401
    finally:
        ctypes.util.find_library = original
    shaping.draw_words_whole()
    letterforms.draw_letters_whole()
    linebreaks.let_spaces_hang()
    recall.recall_what_was_measured()
    cascade.hold_what_can_hold()
    tongues.tag_languages()


def prepare() -> None:
    """Import all a printer needs, and run none of it: for the process that printers are forked from."""
    _load()
    _load_templates()


def prepare_many() -> None:
    """Work out what is the same for every page: shipped templates are compiled, the shipped style sheet is read."""
    from ..layout.render import compile_shipped

    compile_shipped()
    engine.shipped_sheet()


def _load_templates() -> None:
    from ..charts import charts  # noqa: F401
    from ..layout import logos, render  # noqa: F401
    from ..notebook import brief  # noqa: F401


def _shut_in() -> None:
    """Load what fills templates, then take away, for good, what pages have no need of.

    That is sockets, programs, and files outside Python, the time zones of the machine, and our own folder; fonts
    are read by the layout engine itself, which asks nobody.
    """
    _load_templates()  # here, while files may still be opened freely
    engine.shipped_css()
    places: tuple[str | Path, ...] = (
        sys.prefix, sys.base_prefix, sysconfig.get_paths()["purelib"], Path(__file__).parents[1], os.environ["HOME"],
        *zoneinfo.TZPATH,
    )  # fmt: skip
    roots = tuple(Path(place).resolve() for place in places)

    def guard(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "builtins.id":  # all but a few of those there are
            return
        if event.startswith(("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.fork", "ftplib.", "smtplib.")):
            raise PermissionError(f"a page may not do this: {event}")
        if event == "os.system" or event.startswith("os.spawn"):
            raise PermissionError(f"a page may not do this: {event}")
        if event == "open" and not _allowed(arguments[0], roots):
            raise PermissionError("a page may not open files")

    sys.addaudithook(guard)


def _keep_what_is_loaded() -> None:
    """Have memory searched for what is no longer needed one time in 350: a page is needed until it is printed.

    The search takes a third of the time of a layout, and finds next to nothing.
    """
    gc.freeze()
    gc.set_threshold(250_000)
    gc.enable()


_HARMLESS = (os.devnull, "/proc/self/status")


def _allowed(path: Any, roots: tuple[Path, ...]) -> bool:
    """Say whether a file may be opened: where it really lies decides, however its name is given."""
    if path is None or isinstance(path, int):  # open already
        return True
    name = os.fsdecode(path)
    real = Path(os.path.realpath(name))
    return name in _HARMLESS or any(real.is_relative_to(root) for root in roots)


def _fill(job: dict[str, Any], outcome: dict[str, Any]) -> bytes:
    """Fill the templates of a page with a brief."""
    from ..charts.drawing import Palette
    from ..layout import logos, render
    from ..layout.themes import Theme
    from ..notebook.brief import Brief

    theme = Theme(
        name=job["theme"],
        templates=job["templates"],
        css=job["css"],
        palette=Palette(**job["palette"]),
        logo=logos.Logo(**job["logo"]) if job["logo"] else None,
    )
    brief = Brief.model_validate(job["brief"])
    page = render.render(brief, theme=theme, layout=job["layout"]).encode("utf-8", "replace")
    if len(page) > _LARGEST:
        raise RenderError(
            f"the page is {len(page) >> 20} MB large, and no more than {_LARGEST >> 20} MB can be printed",
            fix="shorten the tables, or look for loops inside one another in the templates",
            code="RENDER_MEMORY",
        )
    return page


_LARGEST = 16 << 20
"""Bytes of HTML a page may have; a brief has a hundredth of it."""


_laid: dict[str, tuple[Any, dict[str, Any]]] = {}
"""Pages laid out, by their text, with what was said over them: printing one of them lays nothing out again."""

_KEPT = 24
"""Sheets kept of pages laid out before, some 5 MB each: all that was tried to make a daily or weekly brief fit."""


def _laid_out(html: str, outcome: dict[str, Any]) -> Any:
    """Lay a page out, unless that is the page laid out last."""
    from weasyprint import HTML

    if html not in _laid:
        bare, css = engine.undressed(html)
        fonts, sheets, complaints = engine.sheets(css) if css else (None, [], [])
        said: dict[str, Any] = {"missing": [], "warnings": [*complaints]}
        engine.listen(said)
        page = HTML(string=bare, base_url="about:blank", url_fetcher=engine.fetcher())
        _laid[html] = page.render(font_config=fonts, stylesheets=sheets), said
        while len(_laid) > 1 and sum(len(one.pages) for one, _ in _laid.values()) > _KEPT:
            del _laid[next(iter(_laid))]
    document, said = _laid[html]
    engine.listen(outcome)
    outcome["missing"] += said["missing"]
    outcome["warnings"] += said["warnings"]
    return document


def _layout(job: dict[str, Any], outcome: dict[str, Any]) -> bytes:
    """Lay a page out; say how many pages it takes, and where each part with a name stands, and the pieces of it."""
    document = _laid_out(job["html"], outcome)
    spans: dict[str, list[tuple[int, float, float]]] = {}
    parts: dict[str, list[tuple[int, float, float]]] = {}
    for at, page in enumerate(document.pages, 1):
        for name, (_, top, _, bottom) in page.anchors.items():
            spans.setdefault(name, []).append((at, top, bottom))
        _pieces(page._page_box, at, None, parts)
    box = document.pages[0]._page_box
    body = box.content_box_y(), box.content_box_y() + box.height
    found = {"pages": len(document.pages), "spans": spans, "parts": parts, "body": body}
    return json.dumps(found).encode("ascii")


def _pieces(box: Any, page: int, section: str | None, parts: dict[str, list[tuple[int, float, float]]]) -> None:
    """Gather where items, rows and paragraphs of sections stand; a row of heads, a picture, a note are none."""
    element: Any = getattr(box, "element", None)
    tag = getattr(element, "tag", "")
    if tag == "section":
        section = element.get("id")
    elif tag in ("thead", "figure", "svg") or (tag == "p" and element.get("class")):
        return
    elif section and tag in ("li", "tr", "p"):
        parts.setdefault(section, []).append((page, box.position_y, box.position_y + box.margin_height()))
        return
    for child in getattr(box, "children", ()):
        _pieces(child, page, section, parts)


def _print(job: dict[str, Any], outcome: dict[str, Any]) -> bytes:
    from weasyprint import Attachment as Attached

    os.environ["SOURCE_DATE_EPOCH"] = str(job["when"])
    when = datetime.fromtimestamp(job["when"], UTC)
    fetcher = engine.fetcher()
    document = _laid_out(job["html"], outcome)
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
    more = seals.packet(job["stamp"], pages=len(document.pages), files=[one["name"] for one in job["attachments"]])
    metadata.generate_rdf_metadata = _with(metadata.generate_rdf_metadata, more)
    identifier = hashlib.sha256(json.dumps(job, sort_keys=True).encode()).hexdigest()[:32]
    printed: bytes = document.write_pdf(
        pdf_variant="pdf/a-3a", pdf_identifier=identifier.encode("ascii"), finisher=_finish
    )
    return printed


def _finish(document: Any, pdf: Any) -> None:
    """Complete the tags: say what each table head is the head of, and that running heads are not content."""

    def at(reference: Any) -> Any:
        return pdf.objects[int(reference.split()[0])]

    for node in pdf.objects:
        if isinstance(node, dict) and node.get("S") == "/TH" and "A" in node:
            group = at(at(node["P"])["P"])["S"]
            node["A"]["Scope"] = "/Column" if group == "/THead" else "/Row"
    at(pdf.catalog["Metadata"]).compress = False  # so that any program can read it, and digests can be put into it
    root = at(pdf.catalog["StructTreeRoot"])
    told: set[int] = set()
    waiting = list(root["K"])
    while waiting:
        number = int(waiting.pop().split()[0])
        if number not in told:
            told.add(number)
            kids = pdf.objects[number].get("K", []) if isinstance(pdf.objects[number], dict) else []
            waiting += [kid for kid in kids if not isinstance(kid, int)]
    nums = at(root["ParentTree"])["Nums"]
    owners = dict(zip(nums[::2], nums[1::2], strict=True))
    for reference in pdf.page_references:
        page = at(reference)
        kids = owners[page["StructParents"]]
        spare = {mcid for mcid, kid in enumerate(kids) if int(kid.split()[0]) not in told}
        _set_apart(at(page["Contents"]).stream, spare)


def _set_apart(stream: list[Any], spare: set[int]) -> None:
    """Mark pieces of a page as artifacts of pagination, which a screen reader does not read out."""
    for index, part in enumerate(stream):
        if isinstance(part, dict) and part.get("MCID") in spare:
            stream[index - 1] = "/Artifact"
            part.pop("MCID")
            part["Type"] = "/Pagination"


def _with(generate: Any, more: bytes) -> Any:
    """Return the writer of the metadata packet, with more in it than the layout engine knows to say."""

    def both(variant: Any, version: Any, conformance: Any) -> bytes:
        packet: bytes = generate(variant, version, conformance)
        return packet.replace(b"</rdf:RDF>", more + b"</rdf:RDF>")

    return both
