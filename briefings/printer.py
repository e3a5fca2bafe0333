"""The printer itself: a process that prints one job and ends.

It bounds itself before it loads anything large, then gives up, for good, whatever printing has no need of. The
job comes as JSON on standard input; the reply is one line of JSON, then the PDF.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import sys
import sysconfig
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn


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
        outcome |= {"fault": _named(fault), "message": str(fault)[:400]}
    except RecursionError:
        outcome |= {"fault": "RecursionError"}
    except Exception as fault:
        name = "MemoryError" if _is_full() else type(fault).__name__
        outcome |= {"fault": name, "message": str(fault)[:400]}
    reply.write(json.dumps(outcome).encode("ascii") + b"\n" + (b"" if outcome["fault"] else pdf))
    reply.flush()
    os._exit(0)  # tearing the layout down again would take as long as a third of the printing


def _named(fault: OSError) -> str:
    """Tell a library that is not there from one that did not fit into memory."""
    message = str(fault)
    if "Cannot allocate memory" in message or "failed to map segment" in message:
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
        import weasyprint
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


_HARMLESS = (os.devnull, "/proc/self/status")


def _allowed(path: str, roots: tuple[str, ...]) -> bool:
    whole = os.path.abspath(path)
    return whole.startswith(roots) or whole.endswith((".ttf", ".otf", ".ttc")) or whole in _HARMLESS


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
