"""Collecting: every format read rightly, every fault named, none in the way of the rest."""

from __future__ import annotations

import gzip
import http.server
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import ClassVar

import pytest

from briefings.core.settings import SourceSpec
from briefings.errors import SourceError
from briefings.model import Document, Reading
from briefings.sources import dates, feeds, fetching, pages
from briefings.sources.documents import Defaults, load_document
from briefings.sources.feeds import read_feed
from briefings.sources.sources import CollectReport, collect
from briefings.sources.tables import read_table
from briefings.sources.unmarked import plain_html, plain_markdown
from briefings.storage.store import Store

AT = datetime(2026, 2, 1, 6, 0, tzinfo=UTC)
KARACHI = timezone(timedelta(hours=5))
BODY = (
    "Police said at least four people were killed and six were hurt when a bomb went off at a market in the town "
    "on Saturday. The hospital said that it had taken in the wounded and that two of them were in a bad state.\n"
)
UCDP = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
    "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,"
    "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,"
    "high,low,gwnoa,gwnob"
)
ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,"
    "inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,"
    "location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(path: Path, **given: object) -> SourceError:
    with pytest.raises(SourceError) as caught:
        load_document(path, **given)  # type: ignore[arg-type]
    assert str(path) in str(caught.value.where)
    assert caught.value.exit_status == 3
    return caught.value


# ── text ────────────────────────────────────────────────────────────────────────────────────────────


def test_plain_text_gives_its_title_and_day(tmp_path: Path) -> None:
    """The first line is the title, a second line that is a date the day; the text stays as it was."""
    text = f"Bomb kills four in Alpha\nJanuary 31, 2026\n{BODY}"
    found = load_document(write(tmp_path / "a.txt", text))
    assert (found.title, found.published_on, found.published) == ("Bomb kills four in Alpha", date(2026, 1, 31), None)
    assert found.text == text
    assert found.source == str(tmp_path / "a.txt")
    assert load_document(tmp_path / "a.txt", published=date(2026, 2, 2)).published_on == date(2026, 2, 2)


def test_a_long_sentence_that_opens_a_text_is_no_title(tmp_path: Path) -> None:
    """Copy without a title begins with its lead, which is news and no headline; its date line is heard."""
    lead = (
        "KARAL, May 14 - Four soldiers were killed on Monday when men with rifles stopped a lorry, the army said, " * 2
    )
    found = load_document(write(tmp_path / "a.txt", f"{lead.strip(', ')}.\n\nTwo more were hurt.\n"))
    assert found.title == ""


def test_a_paragraph_broken_into_lines_has_no_title(tmp_path: Path) -> None:
    """Wire text set in short lines begins with its first sentence, not with a headline."""
    lines = (
        "ALPHA, 31 Jan (Demo Wire) - Police said that at least four people were\nkilled and six hurt when a bomb went"
    )
    text = f"{lines} off at a market\nin the middle of the town on Saturday.\n\n{BODY}"
    found = load_document(write(tmp_path / "a.txt", text))
    assert (found.title, found.text) == ("", text)


def test_front_matter_says_what_the_text_does_not(tmp_path: Path) -> None:
    """Title, publisher, address, time, author; the title leads the text once, and only once."""
    front = (
        "---\ntitle: Pakistan: four killed\npublisher: Demo Wire\nurl: https://wire.example.org/a\nauthor: A. Writer\n"
        "published: 2026-01-31T23:30:00+00:00\nretrieved: 2026-02-01T01:00:00Z\ntimezone: Asia/Karachi\n---\n\n"
    )
    found = load_document(write(tmp_path / "a.txt", front + BODY))
    assert found.text == f"Pakistan: four killed\n\n{BODY}"
    assert (found.publisher, found.author, found.url) == ("Demo Wire", "A. Writer", "https://wire.example.org/a")
    assert found.published == datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
    assert found.published_on == date(2026, 2, 1), "the day is that of the publisher's clock"
    assert found.retrieved == datetime(2026, 2, 1, 1, tzinfo=UTC)
    again = load_document(write(tmp_path / "b.md", front + f"# Pakistan: four killed\n\n**{BODY.strip()}**\n"))
    assert again.text.count("Pakistan: four killed") == 1
    assert "#" not in again.text
    assert "*" not in again.text


def test_a_time_without_an_offset_is_read_on_the_clock_of_its_zone(tmp_path: Path) -> None:
    """Without a zone only the day is known; with one, the instant."""
    path = write(tmp_path / "a.txt", "---\ntitle: T\npublished: 2026-01-31 14:05\n---\n" + BODY)
    assert (load_document(path).published, load_document(path).published_on) == (None, date(2026, 1, 31))
    found = load_document(path, defaults=Defaults(timezone="Asia/Karachi", publisher="Given"))
    assert found.published == datetime(2026, 1, 31, 14, 5, tzinfo=KARACHI)
    assert found.publisher == "Given"


@pytest.mark.parametrize(
    ("text", "instant", "day"),
    [
        ("2026-01-31", None, date(2026, 1, 31)),
        ("Published: Saturday, 31 January 2026", None, date(2026, 1, 31)),
        ("Jan. 31, 2026", None, date(2026, 1, 31)),
        ("31st Jan 2026, 2:05 pm GMT", datetime(2026, 1, 31, 14, 5, tzinfo=UTC), date(2026, 1, 31)),
        ("Sat, 31 Jan 2026 14:05:00 +0500", datetime(2026, 1, 31, 14, 5, tzinfo=KARACHI), date(2026, 1, 31)),
        ("2026-01-31T14:05:00.5Z", datetime(2026, 1, 31, 14, 5, 0, 500000, tzinfo=UTC), date(2026, 1, 31)),
        ("01/02/2026", None, None),
        ("On Saturday 31 January 2026 ten people died", None, None),
        ("31 Febtober 2026", None, None),
        ("31 February 2026", None, None),
        ("May 5", None, None),
        ("", None, None),
    ],
)
def test_only_a_whole_date_is_a_date(text: str, instant: datetime | None, day: date | None) -> None:
    """What could mean two days, or is more than a date, gives none."""
    assert dates.parse(text) == (instant, day)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    """UTF-8 with and without its mark, UTF-16 and Windows-1252 give the same text."""
    text = f"Café bomb kills four – “dead”\n{BODY}"
    assert load_document(write(tmp_path / "a.txt", text.encode(encoding))).text == text


def test_characters_that_hide_or_turn_a_number_are_taken_out(tmp_path: Path) -> None:
    """Bidirectional controls, invisible joiners, NUL and controls do not reach the text; line ends are one kind."""
    dirty = f"Bomb kills \u202e41\u202c\u200b people\x00\x07\r\n{BODY}"
    assert load_document(write(tmp_path / "a.txt", dirty)).text.startswith("Bomb kills 41 people\n")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.txt", b"", "EMPTY"),
        ("blank.txt", b"\xef\xbb\xbf \n\t\n", "EMPTY"),
        ("picture.txt", bytes(range(256)) * 40, "BINARY"),
        ("big.txt", b"word " * (2**20 + 100), "TOO_LARGE"),
        ("french.txt", "La police a dit que dix personnes ont été tuées dans une attaque. ".encode() * 5, "LANGUAGE"),
        ("short.txt", "Une attaque\n\nAu moins dix soldats ont été tués vendredi, a dit l'armée".encode(), "LANGUAGE"),
        ("urdu.txt", "پولیس کے مطابق دس افراد ہلاک ہوئے ہیں".encode(), "LANGUAGE"),
        ("marked.txt", b"---\ntitle: Un\nlanguage: fr\n---\nDix morts.\n", "LANGUAGE"),
        ("when.txt", b"---\ntitle: T\npublished: last Tuesday\n---\nText of it.\n", "DATE"),
        ("zone.txt", b"---\ntitle: T\ntimezone: Mars/Base\n---\nText of it.\n", "DATE"),
        ("not.pdf", b"this is not a PDF", "PAGE_UNREADABLE"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<<", "PAGE_UNREADABLE"),
        ("none.html", b"<html></html>", "PAGE_UNREADABLE"),
        ("wide.html", b"<p " + b" ".join(b'a%d="x"' % n for n in range(300_000)) + b">Text</p>", "PAGE_UNREADABLE"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    """Each fault has its own code and names the file."""
    assert refused(write(tmp_path / name, data)).error_code == code


def test_a_table_in_english_is_not_called_foreign(tmp_path: Path) -> None:
    """What is refused is that it has no sentences; what to do with it is said."""
    table = "Casualties by district\n\n" + "".join(f"Kesh district {n} killed {n + 3} injured\n" for n in range(40))
    fault = refused(write(tmp_path / "table.txt", table))
    assert (fault.error_code, fault.what) == (
        "LANGUAGE",
        "the document does not read as English sentences, and only those are read",
    )
    assert "kind 'table'" in str(fault.fix)
    assert "line 3 is “Kesh district 0 killed 3 injured”" in str(fault.why)


def test_another_language_is_recognised_by_name_and_a_headline_of_names_is_let_through(tmp_path: Path) -> None:
    """A short text in Spanish is refused as Spanish; English headlines without one common word are read."""
    told = "Ataque en Kesh\n\nAl menos doce soldados murieron el viernes en un ataque contra un puesto del ejército."
    assert "language 'es'" in str(refused(write(tmp_path / "es.txt", told)).why)
    for headline in ("Kesh raid kills 12", "Gunmen abduct 30 pupils near Ostra", "TOLL RISES: 9 DEAD"):
        assert load_document(write(tmp_path / "headline.txt", headline)).language == "en"


def test_a_file_that_is_not_there_or_a_folder(tmp_path: Path) -> None:
    """The system's own words say why."""
    assert "No such file" in str(refused(tmp_path / "none.txt").why)
    assert "directory" in str(refused(tmp_path).why)


def test_hostile_front_matter_is_inert(tmp_path: Path) -> None:
    """YAML that would make objects or expand without end is text or nothing, at once."""
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"b{n}: &b{n} [*a,*a,*a,*a,*a,*a,*a,*a]\n" for n in range(9))
    objects = "title: !!python/object/apply:os.system [echo hacked]\nurl: javascript:alert(1)\n"
    begun = time.process_time()
    found = load_document(write(tmp_path / "a.txt", f"---\n{bomb}{objects}---\nTitle of it\n\n{BODY}"))
    assert time.process_time() - begun < 2
    assert (found.title, found.url) == ("Title of it", "")


# ── pages and PDF ───────────────────────────────────────────────────────────────────────────────────


def page(article: dict[str, object] | None = None, body: str = BODY * 3) -> str:
    data = f'<script type="application/ld+json">{json.dumps(article)}</script>' if article else ""
    paragraphs = "".join(f"<p>{line}</p>" for line in body.splitlines())
    return (
        f'<!doctype html><html lang="en"><head><title>Four killed | Demo Post</title>{data}</head><body><nav>Home</nav>'
        f"<article><h1>Four killed at market</h1>{paragraphs}</article><footer>Copyright 2031</footer></body></html>"
    )


def test_a_web_page_gives_its_article_and_what_json_ld_says(tmp_path: Path) -> None:
    """Headline, time, author and publisher come from the page's own data; menus stay out."""
    article = {
        "@graph": [
            {"@type": "WebSite", "name": "Site"},
            {
                "@type": ["ReportageNewsArticle"],
                "headline": "Four killed at market",
                "datePublished": "2026-01-31T22:05:00Z",
                "author": [{"@type": "Person", "name": "A. Writer"}],
                "publisher": {"name": "Demo Post"},
                "mainEntityOfPage": {"@id": "https://post.example.org/a"},
            },
        ]
    }
    found = load_document(write(tmp_path / "a.html", page(article)), defaults=Defaults(timezone="Asia/Karachi"))
    assert (found.title, found.author, found.publisher) == ("Four killed at market", "A. Writer", "Demo Post")
    assert (found.published, found.published_on) == (datetime(2026, 1, 31, 22, 5, tzinfo=UTC), date(2026, 2, 1))
    assert found.url == "https://post.example.org/a"
    assert "at least four people were killed" in found.text
    assert "Home" not in found.text
    assert "Copyright" not in found.text
    plain = load_document(write(tmp_path / "b.html", page()))
    assert plain.text.startswith("Four killed")


def test_a_web_page_of_an_older_encoding(tmp_path: Path) -> None:
    """A page in Windows-1252 keeps its accents."""
    found = load_document(write(tmp_path / "a.html", page(body=BODY + "Café Müller burnt.\n" + BODY).encode("cp1252")))
    assert "Café Müller burnt." in found.text


def test_a_page_that_would_take_for_ever_is_stopped_and_the_next_is_read(tmp_path: Path) -> None:
    """Three hundred thousand links on one page end at the limit of time; the reader starts again."""
    bomb = "<!doctype html><html><body><article>" + "<p><a href='/x'>More on this story</a></p>" * 300_000 + page()
    reader = pages.Reader(seconds=2)
    begun = time.monotonic()
    with pytest.raises(SourceError, match="too long") as caught:
        reader.read("html", bomb.encode(), where="bomb.html")
    assert caught.value.error_code == "PAGE_LIMIT"
    assert time.monotonic() - begun < 10
    slow = pages.Reader(seconds=20)
    assert "four people" in slow.read("html", page().encode(), where="good.html")["text"]
    reader.close()
    slow.close()


def test_a_deeply_nested_page_is_an_error_not_a_crash(tmp_path: Path) -> None:
    """Fifty thousand nested elements give one named error."""
    deep = "<!doctype html><html><body>" + "<div>" * 50_000 + page()
    assert refused(write(tmp_path / "deep.html", deep)).error_code in ("PAGE_UNREADABLE", "PAGE_LIMIT")


def test_a_pdf_gives_its_text(tmp_path: Path) -> None:
    """The text layer is read; the first line is the title where the file names none."""
    weasyprint = pytest.importorskip("weasyprint", reason="WeasyPrint makes the PDF of this test")
    html = f"<html lang=en><h1>Four killed at market</h1><p>31 January 2026</p><p>{BODY}</p></html>"
    found = load_document(write(tmp_path / "a.pdf", weasyprint.HTML(string=html).write_pdf()))
    assert (found.title, found.published_on) == ("Four killed at market", date(2026, 1, 31))
    assert "at least four people were killed" in " ".join(found.text.split())
    empty = weasyprint.HTML(string="<html></html>").write_pdf()
    assert "no text" in str(refused(write(tmp_path / "scan.pdf", empty)).why)


# ── feeds ───────────────────────────────────────────────────────────────────────────────────────────


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Demo Wire</title><language>en-gb</language>
<item><title>Four killed &lt;script&gt;alert(1)&lt;/script&gt;at market</title><link>https://wire.example.org/1</link>
 <pubDate>Sat, 31 Jan 2026 14:05:00 +0500</pubDate><dc:creator>A. Writer</dc:creator>
 <description>Short.</description>
 <content:encoded><![CDATA[<p>{BODY}</p><img src="file:///etc/passwd"><p>Second &amp; last.</p>]]></content:encoded>
</item>
<item><title>Another report of the same day</title><link>javascript:alert(1)</link>
 <description>{BODY}</description></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Demo Atom</title><entry><title>Four killed</title>
<id>urn:1</id><link href="https://atom.example.org/1"/><updated>2026-01-31T09:05:00Z</updated>
<summary>{BODY}</summary></entry></feed>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://rdf.example.org"><title>Demo RDF</title>
</channel>
<item rdf:about="https://rdf.example.org/1"><title>Four killed</title><link>https://rdf.example.org/1</link>
<dc:date>2026-01-31T09:05:00Z</dc:date><description>{BODY}</description></item></rdf:RDF>"""


def feed(data: str | bytes) -> tuple[tuple[Document, ...], tuple[SourceError, ...]]:
    whole = data.encode() if isinstance(data, str) else data
    return read_feed(whole, where="feed", source="wire", defaults=Defaults(), retrieved=AT)


def test_rss_entries_become_documents_with_clean_text_and_links() -> None:
    """Content before summary, tags and scripts out, a link only if it is of the web, the time with its offset."""
    (first, second), faults = feed(RSS)
    assert faults == ()
    assert (first.publisher, first.author, first.source) == ("Demo Wire", "A. Writer", "wire")
    assert first.published == datetime(2026, 1, 31, 14, 5, tzinfo=KARACHI)
    assert first.text.endswith("Second & last.")
    assert "<" not in first.text + first.title
    assert "alert" not in first.text + first.title
    assert (first.url, second.url) == ("https://wire.example.org/1", "")
    assert second.text.startswith("Another report of the same day\n\nPolice said")


@pytest.mark.parametrize(("data", "publisher"), [(ATOM, "Demo Atom"), (RDF, "Demo RDF")])
def test_atom_and_rdf(data: str, publisher: str) -> None:
    """The other two families give the same document."""
    (found,), faults = feed(data)
    assert faults == ()
    assert (found.title, found.publisher) == ("Four killed", publisher)
    assert found.published == datetime(2026, 1, 31, 9, 5, tzinfo=UTC)


def test_a_damaged_feed_keeps_the_entries_before_the_damage() -> None:
    """Cut in the middle: the whole entries come in, and the damage is one error."""
    found, faults = feed(RSS[: RSS.index("<item><title>Another") + 40])
    assert found[0].url == "https://wire.example.org/1"
    assert "FEED_DAMAGED" in [fault.error_code for fault in faults]


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 50, b"<html><body>Moved</body></html>", b"no feed at all"])
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    """Nothing, noise, a web page: named, not an empty success."""
    with pytest.raises(SourceError) as caught:
        feed(data)
    assert caught.value.error_code == "FEED_UNREADABLE"


def test_xml_attacks_read_no_file_and_end_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """External entities bring in no file; entities that multiply and endless nesting are bounded."""
    secret = write(tmp_path / "secret", "canary-7f3a")
    entity = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]>'
    laughs = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    nested = '<rss version="2.0"><channel><item><title>' + "<a>" * 1_000_000
    monkeypatch.setattr(feeds, "READER", pages.Reader(seconds=4))
    for attack in (
        entity + RSS.removeprefix('<?xml version="1.0"?>').replace("Short.", "&x;").replace("Another", "&x;"),
        laughs + "]>" + RSS.removeprefix('<?xml version="1.0"?>').replace("Another", "&a11;"),
        nested,
    ):
        begun = time.monotonic()
        try:
            found, _ = feed(attack)
        except SourceError:
            found = ()
        assert time.monotonic() - begun < 30
        assert "canary-7f3a" not in "".join(one.text for one in found)
        assert sum(len(one.text) for one in found) < 100_000
    feeds.READER.close()


def test_html_to_text() -> None:
    """Blocks become lines, scripts nothing, entities characters."""
    assert plain_html("<p>One&nbsp;two</p><script>x</script>three<br>four &lt;5") == "One two\nthree\nfour <5"


def test_markdown_to_text() -> None:
    """Marks go, words stay: closed comments, headings with their closing marks, links, emphasis."""
    source = (
        "<!-- a\nnote --># A *heading* ##\n<!-- -->Two <!-- x -->[words](http://h.example)\n#  C # #\nleft <!-- open"
    )
    assert plain_markdown(source) == "A heading\nTwo words\nC #\nleft <!-- open"


@pytest.mark.parametrize("token", ["<!--", "# ", "#", " ", "*a", "[](", '[](x "', "~~~", "> ", "<!-- -->"])
def test_a_mark_repeated_two_hundred_thousand_times_takes_no_time(token: str) -> None:
    """Reading takes time in proportion to the text, whatever is written over and over in it."""
    text = f"# {token * (200_000 // len(token))}x"
    begun = time.process_time()
    plain_markdown(text)
    plain_html(text)
    assert time.process_time() - begun < 5


# ── the network ─────────────────────────────────────────────────────────────────────────────────────


class Site(http.server.BaseHTTPRequestHandler):
    """A small site whose answers are functions of the path."""

    answers: ClassVar[dict[str, Callable[[Site], None]]] = {}

    def do_GET(self) -> None:
        """Answer as the test said."""
        self.answers[self.path](self)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def give(self, body: bytes, status: int = 200, **headers: str) -> None:
        """Send a whole answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "0", "0.0.0.0", "10.0.0.1",
        "192.168.1.1", "169.254.169.254", "100.64.0.1", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[fe80::1]",
        "[fd00::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "①②⑦.0.0.1", "224.0.0.1",
    ],
)  # fmt: skip
def test_private_addresses_are_not_fetched_however_they_are_written(host: str) -> None:
    """Loopback, private, link-local, shared, multicast and translated addresses are refused after resolution."""
    with pytest.raises(SourceError) as caught:
        fetching.fetch(f"http://{host}/", seconds=5)
    # A spelling the system's resolver does not know reaches nothing either.
    assert caught.value.error_code == "FETCH_REFUSED" or "is not known" in str(caught.value.why)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/", "http://", "http://u:p@example.org/", "http://example.org:25/", "x"],
)
def test_other_addresses_are_refused_before_anything_is_looked_up(url: str) -> None:
    """Other schemes, a user in the address, a port that is not the web's."""
    with pytest.raises(SourceError) as caught:
        fetching.fetch(url)
    assert caught.value.error_code == "FETCH_REFUSED"


def test_a_name_whose_addresses_are_not_all_public_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """One private address among public ones is enough."""

    def resolve(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", ("1.1.1.1", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(SourceError, match="private network"):
        fetching.fetch("http://feeds.example.org/")


def test_the_connection_goes_to_the_address_that_was_checked(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers differently the second time is asked once only."""
    port = int(site.rpartition(":")[2])
    asked: list[object] = []
    real = socket.getaddrinfo

    def resolve(host: object, *rest: object, **more: object) -> object:
        if host == "rebound.example.org":
            asked.append(host)
            return real("127.0.0.1" if len(asked) == 1 else "127.0.0.9", port, type=socket.SOCK_STREAM)
        return real(host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    Site.answers = {"/": lambda site: site.give(site.headers["Host"].encode())}
    found = fetching.fetch(f"http://rebound.example.org:{port}/", allow_private=True)
    assert found.data == f"rebound.example.org:{port}".encode()
    assert len(asked) == 1


def test_redirects_are_followed_and_checked_again(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A chain is followed; one that leads to a private address is not; one without end ends."""
    Site.answers = {
        "/a": lambda site: site.give(b"", 301, Location="/b"),
        "/b": lambda site: site.give(b"here"),
        "/loop": lambda site: site.give(b"", 302, Location="/loop"),
        "/file": lambda site: site.give(b"", 302, Location="file:///etc/passwd"),
        "/inside": lambda site: site.give(b"", 302, Location="http://169.254.169.254/latest"),
    }
    found = fetching.fetch(f"{site}/a", allow_private=True)
    assert (found.data, found.url) == (b"here", f"{site}/b")
    for path, words in (("loop", "more than 5 times"), ("file", "only http and https")):
        with pytest.raises(SourceError, match=words):
            fetching.fetch(f"{site}/{path}", allow_private=True)
    port = int(site.rpartition(":")[2])
    good = fetching.is_global
    monkeypatch.setattr(fetching, "is_global", lambda address: address == "127.0.0.1" or good(address))
    monkeypatch.setattr(fetching, "PORTS", (None, 80, 443, port))
    with pytest.raises(SourceError, match=r"169\.254\.169\.254") as caught:
        fetching.fetch(f"{site}/inside")
    assert caught.value.error_code == "FETCH_REFUSED"


def test_bytes_and_time_are_limited(site: str) -> None:
    """A body too large, one that unpacks to too much, one that drips, one that never comes: each ends in time."""

    def drip(site: Site) -> None:
        site.send_response(200)
        site.send_header("Content-Length", "1000")
        site.end_headers()
        for _ in range(1000):
            try:
                site.wfile.write(b"x")
                site.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    over = threading.Event()

    def silent(site: Site) -> None:
        over.wait(60)

    bomb = gzip.compress(b"\0" * 50_000_000)
    Site.answers = {
        "/large": lambda site: site.give(b"x" * 300_000),
        "/bomb": lambda site: site.give(bomb, Content_Encoding="gzip"),
        "/drip": drip,
        "/silent": silent,
        "/gone": lambda site: site.give(b"no", 404),
    }
    for path, words, seconds in (
        ("large", "larger than", 60),
        ("bomb", "larger than", 60),
        ("drip", "too long", 1.5),
        ("silent", "too long", 1.5),
        ("gone", "404", 60),
    ):
        begun = time.monotonic()
        with pytest.raises(SourceError, match=words) as caught:
            fetching.fetch(f"{site}/{path}", allow_private=True, max_bytes=100_000, seconds=seconds)
        assert time.monotonic() - begun < 30
        assert caught.value.error_code == "FETCH_FAILED"
    over.set()


# ── tables ──────────────────────────────────────────────────────────────────────────────────────────


def ucdp(**given: object) -> str:
    row: dict[str, object] = dict.fromkeys(UCDP.split(","), "")
    row |= {
        "id": "7", "type_of_violence": "1", "side_a": "Government of X", "side_b": "Y", "where_prec": "3",
        "where_coordinates": "Alpha", "adm_1": "North province", "latitude": "29.5", "longitude": "66.1",
        "country": "X", "date_prec": "1", "date_start": "2025-03-11 00:00:00.000",
        "date_end": "2025-03-12 00:00:00.000", "deaths_civilians": "2", "best": "5", "high": "8", "low": "4",
        "source_article": "https://a.example.org/1; https://b.example.org/2", "source_office": "Demo Wire",
    }  # fmt: skip
    row |= given
    return ",".join(f'"{value}"' for value in row.values())


def acled(**given: object) -> str:
    row: dict[str, object] = dict.fromkeys(ACLED.split(","), "")
    row |= {
        "event_id_cnty": "X1", "event_date": "11 March 2025", "time_precision": "2", "event_type": "Battles",
        "sub_event_type": "Armed clash", "actor1": "Army of X", "inter1": "1", "inter2": "7", "country": "X",
        "admin1": "North", "location": "Alpha", "latitude": "29.5", "longitude": "66.1", "geo_precision": "3",
        "source": "Demo Wire", "notes": "Said, quoted", "fatalities": "5", "timestamp": "1741900000",
    }  # fmt: skip
    row |= given
    return ",".join(f'"{value}"' for value in row.values())


def test_ucdp_rows_become_incidents(tmp_path: Path) -> None:
    """Dates, places, sides and the three estimates are taken over; precision is mapped onto our scale."""
    path = write(
        tmp_path / "GEDEvent_v25_1.csv", "\n".join([UCDP, ucdp(), ucdp(id="8", where_prec="6", date_prec="5")])
    )
    table = read_table(path, "ucdp-ged")
    first, second = table.incidents
    assert (first.id, first.dataset_version, first.kind) == ("7", "25.1", "state-based")
    assert (first.date_start, first.date_end) == (date(2025, 3, 11), date(2025, 3, 12))
    assert (first.killed_low, first.killed_best, first.killed_high, first.killed_civilians) == (4, 5, 8, 2)
    assert (first.precision, first.date_precision, second.precision, second.date_precision) == (2, 1, 4, 3)
    assert (first.source, first.url) == ("Demo Wire", "https://a.example.org/1")


def test_bounds_that_do_not_hold_the_best_estimate_are_open_and_said(tmp_path: Path) -> None:
    """A few published rows are so; they are kept, without the bound that cannot be."""
    table = read_table(write(tmp_path / "a.csv", f"{UCDP}\n{ucdp(best=5, low=0, high=0)}\n"), "ucdp-ged")
    (only,) = table.incidents
    assert (only.killed_low, only.killed_best, only.killed_high) == (0, 5, None)
    assert "published bounds 0 to 0" in only.note


@pytest.mark.parametrize(("inter", "party"), [("7", "Civilians"), ("Civilians", "Civilians"), ("0", ""), ("", "")])
def test_acled_rows_of_both_ages(tmp_path: Path, inter: str, party: str) -> None:
    """With a byte order mark and codes as numbers, or as words; one count, no bounds."""
    path = write(tmp_path / "acled.csv", b"\xef\xbb\xbf" + f"{ACLED}\r\n{acled(inter2=inter)}\r\n".encode())
    (only,) = read_table(path, "acled").incidents
    assert (only.date_start, only.date_precision, only.precision) == (date(2025, 3, 11), 2, 3)
    assert (only.killed_low, only.killed_best, only.killed_high) == (None, 5, None)
    assert (only.actor_a, only.actor_b) == ("Army of X", party)
    assert only.kind == "Battles / Armed clash"


def test_a_bad_row_is_named_by_its_line_and_the_rest_are_kept(tmp_path: Path) -> None:
    """Wrong date, number, code, coordinate, width: each is one error with the line it stands on."""
    rows = [
        UCDP,
        ucdp(),
        ucdp(date_start="yesterday"),
        ucdp(best="five"),
        ucdp(where_prec="9"),
        ucdp(latitude="123"),
        ucdp(date_end="2024-01-01"),
        "1,2,3",
        ucdp(id="9", source_headline="two\nlines"),
        ucdp(id=""),
        ucdp(id="10"),
    ]
    table = read_table(write(tmp_path / "a.csv", "\n".join(rows)), "ucdp-ged")
    assert [one.id for one in table.incidents] == ["7", "9", "10"]
    lines = [str(fault.where).rpartition(":")[2] for fault in table.faults]
    assert lines == ["3", "4", "5", "6", "7", "8", "11"]
    whys = " ".join(str(fault.why) for fault in table.faults)
    for words in (
        "not a date",
        "not a number of people",
        "where_prec",
        "out of range",
        "before it starts",
        "3 columns",
    ):
        assert words in whys


def test_many_bad_rows_are_counted_not_listed(tmp_path: Path) -> None:
    """After twenty, the rest are one line."""
    rows = [UCDP, *(ucdp(best="x") for _ in range(50))]
    table = read_table(write(tmp_path / "a.csv", "\n".join(rows)), "ucdp-ged")
    assert (len(table.faults), table.skipped) == (21, 50)
    assert "30 more rows" in table.faults[-1].what


@pytest.mark.parametrize(
    ("data", "code"), [("", "EMPTY"), ("a,b,c\n1,2,3\n", "TABLE_COLUMNS"), (ACLED + "\n", "TABLE_COLUMNS")]
)
def test_a_table_of_another_kind_is_refused(tmp_path: Path, data: str, code: str) -> None:
    """The missing columns are named."""
    with pytest.raises(SourceError) as caught:
        read_table(write(tmp_path / "a.csv", data), "ucdp-ged")
    assert caught.value.error_code == code


def test_a_table_of_another_dataset_is_told_apart_from_one_that_lacks_columns(tmp_path: Path) -> None:
    """What mends it is either the setting of the source, or the columns, by their names."""
    with pytest.raises(SourceError, match='set dataset = "acled" for this source'):
        read_table(write(tmp_path / "a.csv", ACLED + "\n"), "ucdp-ged")
    with pytest.raises(SourceError, match=r"columns of ucdp-ged under their own names: id, type_of_violence, .*low"):
        read_table(write(tmp_path / "b.csv", "a,b,c\n1,2,3\n"), "ucdp-ged")


def test_the_real_table(tmp_path: Path) -> None:
    """A published table of 49 columns is read whole, into the store and once only."""
    path = Path(__file__).parents[2] / "shared" / "bench" / "tables" / "ucdp_ged_myanmar.csv"
    if not path.is_file():
        pytest.skip("the table of the bench is not here")
    table = read_table(path, "ucdp-ged")
    assert len(table.incidents) > 7000
    assert table.faults == []
    with Store.open(f"sqlite:///{tmp_path}/store.db") as store:
        assert store.add_incidents(table.incidents[:1500], at=AT) == 1500
        assert store.add_incidents(table.incidents[:1500], at=AT) == 0


# ── collecting ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/store.db") as store:
        yield store


def spec(**fields: object) -> SourceSpec:
    return SourceSpec.model_validate({"id": "reports", "kind": "folder", "path": "reports", **fields})


def gather(
    store: Store,
    base: Path,
    *specs: SourceSpec,
    at: datetime = AT,
    extractor: str = "1",
    read: Callable[[Document], Reading] = lambda document: Reading(document_id=document.id),
) -> CollectReport:
    return collect(store, specs, base=base, at=at, read=read, extractor=extractor)


def test_a_broken_file_is_one_error_and_the_others_come_in(store: Store, tmp_path: Path) -> None:
    """Good documents of four kinds beside bad ones; a second collect changes nothing and says the same."""
    folder = tmp_path / "reports"
    write(folder / "a.txt", f"Four killed in Alpha\n2026-01-31\n{BODY}")
    write(folder / "deeper" / "b.md", f"# Four killed in Beta\n\n{BODY}")
    write(folder / "c.html", page())
    write(folder / "copy.txt", f"Four killed in Alpha\n2026-01-31\n{BODY}")
    write(folder / "empty.txt", b"")
    write(folder / "noise.txt", bytes(range(256)) * 9)
    write(folder / "sheet.xlsx", b"PK")
    write(folder / ".hidden.txt", b"")
    write(folder / "page_files" / "x.txt", b"")
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere")
    table = write(tmp_path / "context.csv", f"{UCDP}\n{ucdp()}\n")
    specs = (
        spec(),
        spec(id="context", kind="table", path=table.name, dataset="ucdp-ged"),
        spec(id="old", path="not-there"),
    )
    first = gather(store, tmp_path, *specs)
    assert (first.new, first.known, first.incidents) == (3, 1, 1)
    codes = sorted(error.error_code for error in first.errors)
    assert codes == ["BINARY", "EMPTY", "UNDATED", "UNDATED", "UNREADABLE", "UNREADABLE", "UNSUPPORTED"]
    undated = [error.where for error in first.errors if error.error_code == "UNDATED"]
    assert undated == ["reports/c.html", "reports/deeper/b.md"]
    assert "Four killed in Beta" in [one.title for one in store.undated()]
    assert {one.source for one in store.documents()} == {"reports/a.txt", "reports/deeper/b.md", "reports/c.html"}
    again = gather(store, tmp_path, *specs, at=AT + timedelta(days=1))
    assert (again.new, again.known, again.incidents) == (0, 4, 0)
    assert sorted(error.error_code for error in again.errors) == codes
    assert len(store.documents(recorded_by=AT)) == 3
    assert json.dumps(first.as_dict())


def test_a_changed_report_is_another_document(store: Store, tmp_path: Path) -> None:
    """What a file said before stays; what it says now is added."""
    path = write(tmp_path / "reports" / "a.txt", f"Four killed\n{BODY}")
    gather(store, tmp_path, spec())
    write(path, f"Five killed\n{BODY}")
    assert gather(store, tmp_path, spec()).new == 1
    assert {one.title for one in store.documents()} == {"Four killed", "Five killed"}


def test_a_file_put_back_to_what_it_held_is_named(store: Store, tmp_path: Path) -> None:
    """What was collected last still counts: an old text found again is no newer version."""
    path = write(tmp_path / "reports" / "a.txt", f"Four killed\n2026-01-31\n{BODY}")
    gather(store, tmp_path, spec())
    write(path, f"Five killed\n2026-01-31\n{BODY}")
    assert gather(store, tmp_path, spec(), at=AT + timedelta(hours=1)).back == ()
    write(path, f"Four killed\n2026-01-31\n{BODY}")
    turned = gather(store, tmp_path, spec(), at=AT + timedelta(hours=2))
    assert turned.back == ("reports/a.txt",)
    assert [one.code for one in turned.noticed] == ["REPORT_TURNED_BACK"]


def test_only_files_can_be_taken_away(store: Store, tmp_path: Path) -> None:
    """What a feed said is in no folder, even where the whole workspace is one; a changed file is named once."""
    path = write(tmp_path / "a.txt", f"Four killed\n2026-01-31\n{BODY}")
    write(tmp_path / "feed.xml", RSS)
    specs = spec(path="."), spec(id="wire", kind="feed", path="feed.xml")
    gather(store, tmp_path, *specs)
    write(path, f"Five killed\n2026-01-31\n{BODY}")
    assert gather(store, tmp_path, *specs).gone == ()
    path.unlink()
    assert gather(store, tmp_path, *specs).gone == ("a.txt",)


def test_another_extractor_reads_everything_again_even_what_is_gone(store: Store, tmp_path: Path) -> None:
    """After an upgrade old documents get their new reading, whether or not a source still holds them."""
    path = write(tmp_path / "reports" / "a.txt", f"Four killed\n{BODY}")
    gather(store, tmp_path, spec())
    path.unlink()
    report = gather(store, tmp_path, spec(), extractor="2")
    assert (report.new, report.known, report.errors) == (0, 0, ())
    assert store.unread("2") == ()


def test_an_extractor_that_fails_on_one_document_keeps_the_others(store: Store, tmp_path: Path) -> None:
    """The document is kept unread, named once, and read at the next collect."""
    write(tmp_path / "reports" / "a.txt", f"Bad one\n2026-01-31\n{BODY}")
    write(tmp_path / "reports" / "b.txt", f"Good one\n2026-01-31\n{BODY}")

    def read(document: Document) -> Reading:
        if document.title == "Bad one":
            raise RecursionError("too deep")
        return Reading(document_id=document.id)

    report = gather(store, tmp_path, spec(), read=read)
    assert report.new == 2
    assert [(error.error_code, error.where) for error in report.errors] == [("READING", "reports/a.txt")]
    assert [one.title for one in store.unread("1")] == ["Bad one"]
    assert gather(store, tmp_path, spec()).errors == ()
    assert store.unread("1") == ()


def test_feeds_and_pages_from_file_and_address(store: Store, tmp_path: Path, site: str) -> None:
    """The same feed by file and by address is the same documents; a page by address keeps where it came from."""
    write(tmp_path / "feed.xml", RSS)
    Site.answers = {
        "/feed": lambda site: site.give(RSS.encode(), Content_Type="application/rss+xml"),
        "/page": lambda site: site.give(page().encode(), Content_Type="text/html"),
    }
    report = gather(
        store,
        tmp_path,
        spec(id="file", kind="feed", path="feed.xml"),
        spec(id="wire", kind="feed", path="", url=f"{site}/feed", allow_private=True),
        spec(id="page", kind="page", path="", url=f"{site}/page", allow_private=True),
        spec(id="closed", kind="feed", path="", url=f"{site}/feed"),
        spec(id="none", kind="feed", path="none.xml"),
    )
    assert (report.new, report.known) == (3, 2)
    assert [error.error_code for error in report.errors] == ["UNDATED", "FETCH_REFUSED", "UNREADABLE"]
    found = next(one for one in store.documents() if one.source == "page")
    assert (found.url, found.retrieved) == (f"{site}/page", AT)
