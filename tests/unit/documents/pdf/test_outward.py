"""A PDF may point outside of itself as it likes: nothing is opened, started, sent or fetched."""

import contextlib
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.papers.raw import HELVETICA, Raw, helvetica
from tests.unit.documents.pdf.conftest import opened

OWN = "What the page itself says"
SECRET = "Kept elsewhere"

Make = Callable[[str, Path], Raw]


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """What would hear of a request."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        found.setblocking(False)
        yield found


def paper(
    *, resources: str = "", more: str = "", content: bytes = b"", pdf: Raw | None = None
) -> Raw:
    pdf = pdf or Raw()
    own = helvetica([(60, 700, OWN)])
    pdf.page(own + b"\n" + content, resources=f"{HELVETICA} {resources}", more=more)
    return pdf


def action(body: str) -> Raw:
    """Done at opening, when the page is shown, by a link and by a form's field."""
    pdf = Raw()
    link = pdf.add(f"<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A {body} /PA {body} >>")
    field = pdf.add(
        f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (b) /Rect [9 9 99 99] "
        f"/AA << /K {body} /F {body} /V {body} /C {body} /PV {body} /PO {body} >> >>"
    )
    more = f"/Annots [{link} 0 R {field} 0 R] /AA << /O {body} /C {body} >>"
    return paper(pdf=pdf, more=more)


def launch(_: str, place: Path) -> Raw:
    return action(f"<< /S /Launch /F (/bin/touch) /Unix << /F (/bin/touch {place}/started) >> >>")


def address(url: str, _: Path) -> Raw:
    return action(f"<< /S /URI /URI ({url}) >>")


def form_sent(url: str, _: Path) -> Raw:
    return action(f"<< /S /SubmitForm /F << /FS /URL /F ({url}) >> >>")


def data_brought_in(_: str, place: Path) -> Raw:
    return action(f"<< /S /ImportData /F ({place}/secret) >>")


def other_document(_: str, place: Path) -> Raw:
    return action(f"<< /S /GoToR /F ({place}/secret) /D [0 /Fit] >>")


def script(url: str, place: Path) -> Raw:
    calls = ("app.launchURL", url), ("this.submitForm", url), ("app.openDoc", f"{place}/secret")
    code = " ".join(f"{name}\\('{given}'\\);" for name, given in calls)
    return action(f"<< /S /JavaScript /JS ({code}) >>")


def content_in_a_file(_: str, place: Path) -> Raw:
    pdf = paper()
    stream = pdf.stream(b"", f"/F ({place}/secret)")
    pdf.pages.append(
        pdf.add(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {stream} 0 R "
            f"/Resources << {HELVETICA} >> >>"
        )
    )
    return pdf


def picture_at_an_address(url: str, _: Path) -> Raw:
    pdf = Raw()
    entries = (
        "/Type /XObject /Subtype /Image /Width 9 /Height 9 /ColorSpace /DeviceGray "
        f"/BitsPerComponent 8 /F << /FS /URL /F ({url}) >>"
    )
    im = pdf.stream(b"", entries)
    return paper(pdf=pdf, resources=f"/XObject << /Im {im} 0 R >>", content=b"/Im Do")


def page_of_another_file(_: str, place: Path) -> Raw:
    pdf = Raw()
    entries = (
        f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Ref << /F ({place}/secret) /Page 0 >>"
    )
    form = pdf.stream(b"", entries)
    return paper(pdf=pdf, resources=f"/XObject << /Fm {form} 0 R >>", content=b"/Fm Do")


def form_in_xml(url: str, _: Path) -> Raw:
    xml = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{url}">]><xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/">&e;</xdp:xdp>'
    pdf = Raw()
    stream = pdf.stream(xml.encode())
    pdf = paper(pdf=pdf)
    pdf.add(f"<< /XFA {stream} 0 R /Fields [] >>", 90)
    return pdf


OUTWARD: tuple[Make, ...] = (
    launch,
    address,
    form_sent,
    data_brought_in,
    other_document,
    script,
    content_in_a_file,
    picture_at_an_address,
    page_of_another_file,
    form_in_xml,
)


@pytest.mark.parametrize("make", OUTWARD, ids=lambda make: make.__name__)
def test_nothing_outside_is_touched(listener: socket.socket, tmp_path: Path, make: Make) -> None:
    (tmp_path / "secret").write_bytes(helvetica([(60, 700, SECRET)]))
    pdf = make(f"http://127.0.0.1:{listener.getsockname()[1]}/x", tmp_path)
    form = "/AcroForm 90 0 R" if 90 in pdf.objects else ""
    opening = next((o for o in pdf.objects.values() if b"/Subtype /Link" in o), b"")
    first = opening.partition(b"/A ")[2].partition(b" /PA ")[0].decode()
    with opened(pdf.build(catalogue=f"{form} {'/OpenAction ' + first if first else ''}")) as sheets:
        assert [line.text for line in sheets.sheet(1).lines] == [OWN]
        said = [line.text for n in range(2, sheets.count + 1) for line in sheets.sheet(n).lines]
        assert sheets._child is not None
        assert not reached(sheets._child.pid)
    assert SECRET not in said
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]
    with pytest.raises(BlockingIOError):
        listener.accept()


def reached(pid: int) -> list[str]:
    """Sockets and processes that a process has."""
    found = []
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(OSError):
            found += [name for name in [str(link.readlink())] if name.startswith("socket:")]
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return found + [child for task in tasks for child in (task / "children").read_text().split()]
