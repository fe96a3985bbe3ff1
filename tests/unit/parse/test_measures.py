"""Numbers, lengths, sizes, times and sutures, typed and spoken."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from scribe.parse.measures import Found, MeasureReader
from scribe.parse.tokens import tokenize

if TYPE_CHECKING:
    from scribe.rules.language import Language

LENGTHS = {
    "6 cm": 6.0,
    "6cm": 6.0,
    "6.5 cm": 6.5,
    "6,5 cm": 6.5,
    "60 mm": 6.0,
    "60mm": 6.0,
    "2 inches": 5.08,
    "six centimeters": 6.0,
    "six centimetres": 6.0,
    "twenty five millimeters": 2.5,
    "six point five centimeters": 6.5,
    "six and a half centimeters": 6.5,
    "6 1/2 cm": 6.5,
    "6½ cm": 6.5,
    "half a centimeter": None,
    "6 to 7 cm": 7.0,
    "6-7 cm": 7.0,
    "6-cm": 6.0,
    "ninety millimeters": 9.0,
    "six centimeters and a half": 6.5,
    "four and four-tenths centimetres": 4.4,
    "at one point 2 cm": 2.0,
    "one point 2 cm": 1.2,
    "for point six centimeters": 4.6,
    "to point five cm": 2.5,
    "for six cm": 6.0,
}
SIZES = {
    "10 on 5 cm": (10.0, 5.0),
    "4 cm transversely and 9 cm longitudinally": (9.0, 4.0),
    "5 cm front to back and 3 cm across": (5.0, 3.0),
    "10 cm with a breadth of 4 cm": (10.0, 4.0),
    "4 cm square": (4.0, 4.0),
    "7 x 4 cm": (7.0, 4.0),
    "7x4cm": (7.0, 4.0),
    "7 \u00d7 4 cm": (7.0, 4.0),
    "4 x 7 cm": (7.0, 4.0),
    "7 by 4 cm": (7.0, 4.0),
    "7 cm by 4 cm": (7.0, 4.0),
    "7 cm x 4 cm": (7.0, 4.0),
    "70 x 40 mm": (7.0, 4.0),
    "7 cm x 40 mm": (7.0, 4.0),
    "seven by four centimeters": (7.0, 4.0),
    "seven and a half by four centimeters": (7.5, 4.0),
    "7 x 4 x 2 cm": (7.0, 4.0, 2.0),
    "7 cm long and 4 cm wide": (7.0, 4.0),
    "7 cm in length by 4 cm in width": (7.0, 4.0),
    "6.5x4.2cm": (6.5, 4.2),
}
MINUTES = {
    "68 minutes": 68,
    "68 min": 68,
    "sixty eight minutes": 68,
    "one hundred and five minutes": 105,
    "a hundred minutes": 100,
    "2 hours": 120,
    "an hour": 60,
    "1 hour 20 minutes": 80,
    "1 hour and 20 minutes": 80,
    "1 hour 34 then": 94,
    "1 hour 30 cm": 60,
    "one hour and a half": 90,
    "1 h 20 min": 80,
    "1h20": 80,
    "an hour and three quarters": 105,
    "two hours and a quarter": 135,
    "three quarters of an hour": 45,
    "a quarter of an hour": 15,
    "half an hour": 30,
}
SUTURES = {
    "9-0 nylon": "9-0 nylon",
    "9/0 nylon": "9-0 nylon",
    "10-0 Ethilon": "10-0 nylon",
    "nine oh nylon": "9-0 nylon",
    "ten oh nylon": "10-0 nylon",
    "8-0 prolene": "8-0 prolene",
    "nylon 9-0": "9-0 nylon",
    "9-0": "9-0",
}
NO_LENGTH = {
    "2 mmHg": "QUANTITY",
    "30 mL": "QUANTITY",
    "3 weeks": "QUANTITY",
    "14:20": "CLOCK",
    "13h35": "CLOCK",
    "at 9h05": "CLOCK",
    "1h40": "MINS",
    "2019": "YEAR",
    "second": "ORD",
    "2nd": "ORD",
    "12 cm2": "AREA",
    "7": "NUM",
}


@pytest.fixture
def reader(language: Language) -> MeasureReader:
    return MeasureReader(language.measures)


def read(reader: MeasureReader, text: str) -> list[Found]:
    return reader.find(tokenize(text))


@pytest.mark.parametrize(("text", "length"), LENGTHS.items())
def test_a_length_in_centimetres(reader: MeasureReader, text: str, length: float | None) -> None:
    lengths = [each.number for each in read(reader, text) if each.tag == "LEN"]
    assert lengths == ([] if length is None else [length])


@pytest.mark.parametrize(("text", "sides"), SIZES.items())
def test_a_size_in_centimetres_larger_side_first(
    reader: MeasureReader, text: str, sides: tuple[float, ...]
) -> None:
    assert [each.size.sides for each in read(reader, text) if each.size] == [sides]


@pytest.mark.parametrize(("text", "minutes"), MINUTES.items())
def test_a_time_in_minutes(reader: MeasureReader, text: str, minutes: int) -> None:
    assert [each.number for each in read(reader, text) if each.tag == "MINS"] == [minutes]


@pytest.mark.parametrize(("text", "suture"), SUTURES.items())
def test_a_suture(reader: MeasureReader, text: str, suture: str) -> None:
    assert [each.text for each in read(reader, text) if each.tag == "SUTURE"] == [suture]


@pytest.mark.parametrize(("text", "tag"), NO_LENGTH.items())
def test_a_number_of_another_kind(reader: MeasureReader, text: str, tag: str) -> None:
    assert [each.tag for each in read(reader, text)] == [tag]


def test_an_area_with_a_raised_two_is_no_length(reader: MeasureReader) -> None:
    assert [each.tag for each in read(reader, "12 cm\u00b2")] == ["AREA"]


def test_a_size_without_a_unit_says_so(reader: MeasureReader) -> None:
    assert [each.size.unit for each in read(reader, "paddle 7 x 4") if each.size] == [False]


def test_a_size_without_a_unit_and_large_numbers_is_in_millimetres(reader: MeasureReader) -> None:
    assert [each.size.sides for each in read(reader, "paddle 70 x 40") if each.size] == [(7.0, 4.0)]


def test_a_size_larger_than_a_limb_is_no_size(reader: MeasureReader) -> None:
    assert [each.tag for each in read(reader, "700 x 400 cm")] == ["NUM"]


def test_an_article_is_no_number(reader: MeasureReader) -> None:
    assert read(reader, "a flap") == []


def test_measures_do_not_overlap(reader: MeasureReader) -> None:
    found = read(reader, "7 x 4 cm, 6 cm, 68 minutes, 9-0 nylon, 14:20")
    assert all(a.after <= b.first for a, b in itertools.pairwise(found))
