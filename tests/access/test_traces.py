"""The search itself finds what is hidden in each kind of file."""

import io
import zipfile

import pytest
from django.http import FileResponse, HttpResponse
from pypdf import PdfWriter

from tests.access.secrets import Secret
from tests.access.traces import found, traces_of

SECRET = Secret("qznom00042w", "a reader", frozenset())


def pdf_with(**metadata):
    writer = PdfWriter()
    writer.add_blank_page(width=72, height=72)
    writer.add_metadata({f"/{name}": value for name, value in metadata.items()})
    return written(writer)


def written(writer):
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def compressed_pdf():
    writer = PdfWriter()
    writer.add_blank_page(width=72, height=72)
    writer.add_attachment("qznom00042w.txt", b"x")
    return written(writer)


def archive_with(name, text):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return content.getvalue()


def named_file():
    return FileResponse(io.BytesIO(b"x"), as_attachment=True, filename="avis-qznom00042w.pdf")


def tagged():
    response = HttpResponse("rien")
    response["ETag"] = '"qznom00042w"'
    return response


def with_cookie():
    response = HttpResponse("rien")
    response.set_cookie("last", "qznom00042w")
    return response


@pytest.mark.parametrize(
    "response",
    [
        pytest.param(lambda: HttpResponse("<p>QZnom00042w</p>"), id="page"),
        pytest.param(lambda: HttpResponse("<p>&#113;znom00042w</p>"), id="escaped"),
        pytest.param(named_file, id="name of the file"),
        pytest.param(tagged, id="etag"),
        pytest.param(with_cookie, id="cookie"),
        pytest.param(
            lambda: HttpResponse(pdf_with(Author="qznom00042w"), content_type="application/pdf"),
            id="metadata of a PDF",
        ),
        pytest.param(
            lambda: HttpResponse(compressed_pdf(), content_type="application/pdf"),
            id="attachment of a PDF",
        ),
        pytest.param(
            lambda: HttpResponse(archive_with("docProps/core.xml", "<by>qznom00042w</by>" * 40)),
            id="inside a spreadsheet",
        ),
        pytest.param(
            lambda: HttpResponse(archive_with("qznom00042w.txt", "x")), id="name in an archive"
        ),
        pytest.param(
            lambda: HttpResponse(b"\xff\xd8 qznom00042w", content_type="image/jpeg"), id="picture"
        ),
    ],
)
def test_a_leak_is_found(response):
    assert [what for what, _place in found(traces_of(response()), [SECRET])] == ["a reader"]


@pytest.mark.parametrize("text", ["qznom00042", "qznom00042wx", "xqznom00042w", "rien"])
def test_what_is_not_there_is_not_found(text):
    assert found(traces_of(HttpResponse(text)), [SECRET]) == []
