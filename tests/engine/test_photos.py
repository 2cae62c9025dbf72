"""A photo for the card: taken when it is one, and without what the camera wrote beside it."""

from __future__ import annotations

import pytest

from app.engine import photos
from tests.support.pictures import jpeg, png

SECRET = "Kerkstraat 12, gisteren"


@pytest.mark.parametrize("content", [png(200, 300, remark=SECRET), jpeg(200, 300, remark=SECRET)])
def test_where_and_when_it_was_taken_is_cut_out(content: bytes) -> None:
    assert SECRET.encode() in content
    found = photos.taken(content)
    assert SECRET.encode() not in found.content
    assert b"Exif" not in found.content
    again = photos.taken(found.content)
    assert again.content == found.content


def test_what_somebody_put_behind_a_photo_is_cut_off() -> None:
    assert photos.taken(jpeg(200, 300) + b"PK\x03\x04 a paper\xff\xd9") == photos.taken(jpeg(200, 300))


@pytest.mark.parametrize("turned", range(1, 9))
def test_how_the_camera_was_held_is_remembered(turned: int) -> None:
    assert photos.taken(jpeg(200, 300, turned=turned)).turned == turned
    assert photos.taken(jpeg(200, 300, turned=turned)).kind == photos.JPG


def test_a_picture_without_remarks_stays_as_it_is() -> None:
    content = png(200, 300)
    assert photos.taken(content) == photos.Photo(photos.PNG, content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "photo_kind"),
        (b"GIF89a" + b"\0" * 100, "photo_kind"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "photo_kind"),
        (png(200, 300)[:60], "photo_kind"),
        (jpeg(200, 300)[:80], "photo_kind"),
        (b"\xff\xd8\xff", "photo_kind"),
        (png(100, 300), "photo_size"),
        (jpeg(200, 9000), "photo_size"),
        (b"\xff\xd8" + b"\0" * photos.MOST_BYTES, "photo_large"),
    ],
    ids=str,
)
def test_what_is_no_photo_for_a_card_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(photos.Unusable) as problem:
        photos.taken(content)
    assert problem.value.code == code
