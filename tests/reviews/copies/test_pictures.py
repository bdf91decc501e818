import struct
import zlib

import pytest

from reviews.copies.pictures import bare_picture, turned_in
from tests.reviews.copies import corpus
from tests.reviews.copies.corpus import SECRET

SECRETS = (SECRET.encode(), zlib.compress(SECRET.encode()))


@pytest.mark.parametrize("made", [corpus.jpeg, corpus.png])
def test_a_copy_says_nothing_of_its_author(made):
    copy = bare_picture(made())

    assert SECRETS[0] in made()
    assert not any(secret in copy for secret in SECRETS)


def test_a_photograph_keeps_what_draws_it_and_which_side_is_up():
    copy = bare_picture(corpus.jpeg(turned=6))

    jfif, up, adobe, *drawn = [
        copy.index(mark) for mark in (b"JFIF", b"Exif", b"Adobe", b"\xff\xdb")
    ]
    assert jfif < up < adobe < drawn[0]
    assert turned_in(copy[up:]) == 6
    assert copy.endswith(b"\x2b\xff\x00\xff\xd0\x2b\xff\xd9")
    assert copy.count(b"JFIF\0\1\1\0\0\1\0\1\0\0") == 1


@pytest.mark.parametrize("turned", [0, 1, 9])
def test_a_photograph_that_stands_needs_no_exif(turned):
    assert b"Exif" not in bare_picture(corpus.jpeg(turned=turned))


def test_a_drawing_keeps_its_dots():
    copy = bare_picture(corpus.png())

    assert [copy[n : n + 4] for n in (12, 37)] == [b"IHDR", b"IDAT"]
    assert copy.endswith(struct.pack(">L", 0) + b"IEND" + struct.pack(">L", zlib.crc32(b"IEND")))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"GIF89a", id="another kind"),
        pytest.param(b"\xff\xd8", id="nothing"),
        pytest.param(corpus.jpeg()[:200], id="a cut photograph"),
        pytest.param(corpus.jpeg()[: -len(SECRET) - 2], id="a photograph without end"),
        pytest.param(b"\xff\xd8\xff\xe1\0\1", id="a segment shorter than its length"),
        pytest.param(b"\xff\xd8\xff\xe1\xff\xff..", id="a segment longer than the file"),
        pytest.param(b"\xff\xd8..", id="no marker"),
        pytest.param(corpus.png()[:60], id="a cut drawing"),
        pytest.param(corpus.png()[:8] + b"\xff" * 20, id="a chunk longer than the file"),
    ],
)
def test_what_cannot_be_read_to_its_end_gives_no_copy(content):
    with pytest.raises(ValueError, match=r"."):
        bare_picture(content)
