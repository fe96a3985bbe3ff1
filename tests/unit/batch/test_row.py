"""Surgeon and date, as one groups by them."""

from __future__ import annotations

import pytest

from scribe.batch.row import date_of, surgeon_of

SURGEONS = {
    "L. Okonjo-Farrell, MD": "L. Okonjo-Farrell",
    "Dr. A. Bravo": "A. Bravo",
    "M. Oduya-Brandt (orthopaedics), E. Sallow (plastics)": "M. Oduya-Brandt",
    "A. Bravo; B. Cole": "A. Bravo",
    "A. Bravo and B. Cole": "A. Bravo",
    "**A. Bravo**": "A. Bravo",
    "A. Bravo\nB. Cole": "A. Bravo",
    "Prof. Dr. A. Bravo": "A. Bravo",
    "Miss A. Bravo": "A. Bravo",
    "PD Dr. med. A. Bravo": "A. Bravo",
    "Surgeons: Dr. A. Bravo": "A. Bravo",
    "surgeon Dr. A. Bravo": "A. Bravo",
    "Surgeon-Smith": "Surgeon-Smith",
    "A. Bravo. Registrar: Dr B. Cole": "A. Bravo",
    "J. St. Clair": "J. St. Clair",
    "A. Bravo DPM": "A. Bravo",
    "A. Bravo |": "A. Bravo",
    "A. BRAVO-COLE": "A. Bravo-Cole",
    "this is doctor bravo-cole": "Bravo-Cole",
    "Dictated by Dr. A. Bravo": "A. Bravo",
    "Doctorow": "Doctorow",
    "This Isak": "This Isak",
    "Self": None,
    "A": None,
    "": None,
    "***": None,
    "x" * 200: None,
}


@pytest.mark.parametrize(("words", "name"), SURGEONS.items())
def test_a_surgeon_is_the_first_name_without_degrees(words: str, name: str | None) -> None:
    assert surgeon_of(words) == name


DATES = {
    "2025-03-14": "2025-03-14",
    "03/14/2025": "2025-03-14",
    "on 3/4/2025 at 08:00": "2025-03-04",
    "21 Nov 2024": "2024-11-21",
    "November 21, 2024": "2024-11-21",
    "Nov. 21, 2024": "2024-11-21",
    "14.03.2025": "2025-03-14",
    "31/31/2025 or 2025-01-02": "2025-01-02",
    "2025-03-14T08:00:00": "2025-03-14",
    "today": None,
    "": None,
}


@pytest.mark.parametrize(("words", "day"), DATES.items())
def test_a_date_is_the_first_that_is_one(words: str, day: str | None) -> None:
    assert date_of(words) == day
