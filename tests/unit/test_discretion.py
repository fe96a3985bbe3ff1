"""What is told of failures and names, and that a silenced process says nothing."""

from __future__ import annotations

import subprocess
import sys

from scribe.discretion import fault_of, printable

WORD = "Quenzelbrook"


def raised() -> Exception:
    try:
        int(WORD)
    except ValueError as error:
        return error
    raise AssertionError


def test_a_fault_names_kind_and_place_of_an_error() -> None:
    fault = fault_of(raised())
    assert (fault.name, fault.place.split(":")[0]) == ("ValueError", "test_discretion.py")


def test_a_fault_holds_no_word_of_the_error() -> None:
    fault = fault_of(raised())
    assert WORD not in f"{fault} {fault!r} {fault.message}"


def test_a_name_is_one_line_whatever_it_holds() -> None:
    assert printable("a\nb\x1b[1m\N{LINE SEPARATOR}é") == "a?b?[1m?é"


def test_a_silenced_process_says_nothing_below_python_either() -> None:
    code = f"from scribe.discretion import silence; import os; silence(1, 2); os.write(1, b'{WORD}'); raise ValueError('{WORD}')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")


def test_a_stream_that_is_not_named_goes_on() -> None:
    code = "from scribe.discretion import silence; import os; silence(2); os.write(1, b'1')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.stdout == b"1"
