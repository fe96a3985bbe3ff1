"""Signatures of webhooks: those of Standard Webhooks, and refused wherever something is not right."""

from __future__ import annotations

import base64

import pytest

from scribe_api.signing import Unverified, new_secret, sign, verify

# Made with the library of the specification, standardwebhooks 1.0.1 for Python.
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
BODY = '{"data": "\N{LATIN CAPITAL LETTER E WITH ACUTE}tat"}'.encode()
NOW = 1767225600
SIGNED = "v1,JSK5J9fVz7l1olvsYUqhefhPVpLSxWHwrzRgaOzAQkY="
HEADERS = {"Webhook-Id": "msg_1", "Webhook-Timestamp": str(NOW), "Webhook-Signature": SIGNED}


def test_the_signature_is_that_of_the_specification() -> None:
    assert sign(SECRET, "msg_1", NOW, BODY) == SIGNED


def test_a_delivery_is_verified_and_its_id_returned() -> None:
    assert verify(SECRET, HEADERS, BODY, now=NOW + 299) == "msg_1"


def test_one_of_several_signatures_is_enough() -> None:
    headers = {**HEADERS, "Webhook-Signature": f"v1,AAAA {SIGNED}"}
    assert verify(SECRET, headers, BODY, now=NOW) == "msg_1"


REFUSED = {
    "a replay after the window": ({}, BODY, NOW + 301),
    "a time to come": ({}, BODY, NOW - 301),
    "a changed body": ({}, BODY + b" ", NOW),
    "a newer time on an old signature": ({"Webhook-Timestamp": str(NOW + 1000)}, BODY, NOW + 1000),
    "another id": ({"Webhook-Id": "msg_2"}, BODY, NOW),
    "no signature": ({"Webhook-Signature": ""}, BODY, NOW),
    "no time": ({"Webhook-Timestamp": "today"}, BODY, NOW),
    "another version": ({"Webhook-Signature": SIGNED.replace("v1,", "v2,")}, BODY, NOW),
}


@pytest.mark.parametrize(("changed", "body", "now"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_right_is_refused(changed: dict[str, str], body: bytes, now: float) -> None:
    with pytest.raises(Unverified):
        verify(SECRET, {**HEADERS, **changed}, body, now=now)


def test_another_secret_is_refused() -> None:
    with pytest.raises(Unverified):
        verify(new_secret(), HEADERS, BODY, now=NOW)
