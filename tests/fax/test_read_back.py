"""A kit that went through a fax is read by a machine: 200 dots to an inch, black and white, put in askew, with dust on the glass."""

import random
from typing import Any as Untyped

import pytest
from PIL import Image
from tests.browser import without
from tests.fax.kits import NUMBER, faxed, grey_pages

from isodose.desk.number import Kind, number_problem, plain
from isodose.fax.label import Label

MOST_SKEW = 2.0
"""Degrees."""

MOST_NOISE = 0.005
"""Of all dots, those that are turned over."""

NUMBER_READ = plain(NUMBER)
COVER = {("CODE128", NUMBER_READ), ("QRCODE", Label("imrt", "2025-10-01", NUMBER, "cover").text)}
WORKSHEET = {("QRCODE", Label("imrt", "2025-10-01", NUMBER, "line-1").text)}


def zbar() -> Untyped:
    """The reader; without its library the test skips, but in CI it fails."""
    try:
        from pyzbar import pyzbar
    except ImportError:
        return without("zbar, which ./test installs as root on Debian")
    return pyzbar


def read(page: Image.Image) -> set[tuple[str, str]]:
    """The codes that zbar finds."""
    kinds = [zbar().ZBarSymbol.QRCODE, zbar().ZBarSymbol.CODE128]
    return {(one.type, one.data.decode()) for one in zbar().decode(page, symbols=kinds)}


def received(page: Image.Image, dice: random.Random) -> Image.Image:
    """The page as it arrives."""
    skew, noise = dice.uniform(-MOST_SKEW, MOST_SKEW), dice.uniform(0, MOST_NOISE)
    arrived = faxed(page.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255))
    dots = bytearray(arrived.tobytes())
    for place in dice.sample(range(len(dots)), round(len(dots) * noise)):
        dots[place] = 255 - dots[place]
    return Image.frombytes("L", arrived.size, bytes(dots))


def unread(times: int) -> list[int]:
    """The arrivals, of so many, whose cover or worksheet was not read in full."""
    cover, worksheet = grey_pages("case")[:2]
    return [
        seed
        for seed in range(times)
        if read(received(cover, random.Random(seed))) != COVER  # noqa: S311 (dust)
        or read(received(worksheet, random.Random(-seed))) != WORKSHEET  # noqa: S311
    ]


def test_a_clean_page_is_read() -> None:
    cover, worksheet, *more = map(faxed, grey_pages("case"))
    assert read(cover) == COVER
    assert read(worksheet) == WORKSHEET
    assert not any(map(read, more))
    assert number_problem(NUMBER_READ, Kind.TRACKING) is None


@pytest.mark.slow
def test_20_of_20_are_read() -> None:
    assert unread(20) == []


@pytest.mark.slow
def test_200_of_200_are_read() -> None:
    assert unread(200) == []
