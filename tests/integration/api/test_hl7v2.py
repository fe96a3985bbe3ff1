"""HL7 v2 over HTTP and over MLLP: acknowledged, analysed, and never quoted in an acknowledgement."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hl7apy.consts import VALIDATION_LEVEL
from hl7apy.parser import parse_message

from scribe_api.mllp import END, START, Listener
from scribe_api.settings import Settings, SettingsError
from tests.support.server import exchange

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

    from scribe_api.crew import Crew

ER7 = {"Content-Type": "x-application/hl7-v2+er7"}
AS_JSON = {**ER7, "Accept": "application/json"}
CANARY = "Quenzelbrook"


def message(kind: str, text: str = "A note.", version: str = "2.5.1") -> bytes:
    lines = text.replace("\\", "\\E\\").replace("&", "\\T\\").replace("|", "\\F\\").split("\n")
    return "\r".join(
        [
            f"MSH|^~\\&|DICT|WEST|SCRIBE|EAST|20260102030405||{kind}|M-1|P|{version}||||||UNICODE UTF-8",
            "TXA|1|OP|TX|||||||||DOC-1|DOC-0",
            *(
                f"OBX|{number}|TX|11504-8^^LN||{line}||||||F"
                for number, line in enumerate(lines, 1)
            ),
            "",
        ]
    ).encode()


def segments(answer: bytes) -> dict[str, list[str]]:
    return {each[:3]: each.split("|") for each in answer.decode().split("\r") if each}


RELATIONS = {
    "MDM^T02^MDM_T02": "original",
    "MDM^T04": "status change",
    "MDM^T06": "addendum",
    "MDM^T08": "edit",
    "MDM^T10": "replacement",
    "ORU^R01": "result",
}


@pytest.mark.parametrize(("kind", "relation"), RELATIONS.items())
def test_a_document_is_analysed_and_its_relation_told(
    client: TestClient, kind: str, relation: str, note: str
) -> None:
    got = client.post("/v1/hl7v2", content=message(kind, note), headers=AS_JSON).json()
    assert (got["relation"], got["analysis"]["note"]["format"]) == (relation, "hl7v2")


def test_a_withdrawal_is_acknowledged_without_an_analysis(client: TestClient) -> None:
    got = client.post("/v1/hl7v2", content=message("MDM^T11"), headers=AS_JSON).json()
    assert (got["acknowledgement"], got["relation"], got["analysis"]) == ("AA", "withdrawal", None)


def test_evidence_is_the_decoded_text_at_its_offsets(client: TestClient, note: str) -> None:
    got = client.post(
        "/v1/hl7v2?text=true", content=message("MDM^T02", note), headers=AS_JSON
    ).json()
    places = [each for fact in got["analysis"]["facts"] for each in fact["evidence"]]
    assert got["text"] == note
    assert [
        each for each in places if got["text"][each["start"] : each["end"]] != each["text"]
    ] == []


def test_an_acknowledgement_names_its_message_and_turns_the_address_round(
    client: TestClient,
) -> None:
    got = segments(client.post("/v1/hl7v2", content=message("MDM^T02"), headers=ER7).content)
    assert (got["MSA"], got["MSH"][2:6]) == (
        ["MSA", "AA", "M-1"],
        ["SCRIBE", "EAST", "DICT", "WEST"],
    )


def test_another_reader_reads_the_acknowledgement(client: TestClient) -> None:
    got = client.post("/v1/hl7v2", content=message("MDM^T02"), headers=ER7).text
    read = parse_message(got, validation_level=VALIDATION_LEVEL.TOLERANT)
    assert (read.msa.msa_1.value, read.msh.msh_9.value) == ("AA", "ACK^T02^ACK")


REFUSED = {
    "an unknown type": (message("ADT^A01"), "AR", "200"),
    "an unknown event": (message("MDM^T01"), "AR", "201"),
    "no document": (message("MDM^T02", ""), "AE", "207"),
    "a wrong character set": (
        message("MDM^T02").replace(b"A note.", b"\xe9 " + CANARY.encode()),
        "AE",
        "207",
    ),
}


@pytest.mark.parametrize(("data", "code", "number"), REFUSED.values(), ids=REFUSED.keys())
def test_a_refusal_says_why_and_quotes_nothing(
    client: TestClient, data: bytes, code: str, number: str
) -> None:
    got = client.post("/v1/hl7v2", content=data, headers=ER7)
    read = segments(got.content)
    assert (read["MSA"][1], read["ERR"][3].split("^")[0], CANARY in got.text) == (
        code,
        number,
        False,
    )


@pytest.mark.parametrize(
    "data",
    [b"hello", b"MSH\rABCDEFGH", b"MSH\n\n\nPID|1", b"MSHA^~\\&AB", message("MDM^T11") * 2],
)
def test_what_is_no_single_message_is_a_problem(client: TestClient, data: bytes) -> None:
    assert client.post("/v1/hl7v2", content=data, headers=ER7).status_code == 400


def test_a_damaged_document_is_refused_by_its_place(client: TestClient) -> None:
    data = message("MDM^T02").replace(b"|TX|11504-8^^LN||A note.", b"|ED|||^^^Base64^@@@")
    got = segments(client.post("/v1/hl7v2", content=data, headers=ER7).content)
    assert (got["MSA"], "OBX 1" in got["ERR"][8]) == (["MSA", "AE", "M-1"], True)


def test_a_part_that_looks_cut_off_is_a_finding_at_its_place(client: TestClient) -> None:
    text = "PLAN: rest. " + "a " * 16377 + "b"
    got = client.post("/v1/hl7v2", content=message("MDM^T02", text), headers=AS_JSON).json()
    found = [each for each in got["analysis"]["findings"] if each["kind"] == "truncated"]
    assert [place["start"] for each in found for place in each["evidence"]] == [len(text) - 1]


def test_mllp_answers_each_frame_of_a_connection(crew: Crew) -> None:
    frame = START + message("MDM^T02") + END
    codes = [
        segments(each[1:-2])["MSA"][1]
        for each in exchange(crew, [frame, START + b"x" + END, frame])
    ]
    assert codes == ["AA", "AE", "AA"]


def test_mllp_answers_what_is_no_message_and_goes_on(crew: Crew) -> None:
    frames = [START + each + END for each in (b"MSH\rABCDEFGH", b"MSHA^~\\&AB", message("MDM^T02"))]
    codes = [segments(each[1:-2])["MSA"][1] for each in exchange(crew, frames)]
    assert codes == ["AE", "AE", "AA"]


def test_mllp_keeps_results_only_where_it_is_told(crew: Crew, tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    exchange(crew, [START + message("MDM^T02") + END], path)
    assert json.loads(path.read_text("utf-8"))["note"]["id"] == "DOC-1"


def test_only_the_owner_can_read_results(crew: Crew, tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    exchange(crew, [START + message("MDM^T02") + END], path)
    assert path.stat().st_mode & 0o077 == 0


def test_results_behind_a_torn_line_stand_for_themselves(crew: Crew, tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    path.write_bytes(b'{"note": ')
    path.chmod(0o600)
    exchange(crew, [START + message("MDM^T02") + END], path)
    assert json.loads(path.read_text("utf-8").splitlines()[1])["note"]["id"] == "DOC-1"


def test_results_that_others_can_read_are_not_added_to(crew: Crew, tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    path.touch(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        Listener(Settings(port=0), crew, path)


def test_results_without_a_folder_are_refused_at_the_start(crew: Crew, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="check the path"):
        Listener(Settings(port=0), crew, tmp_path / "none" / "results.jsonl")


def test_mllp_listens_on_loopback_only(crew: Crew) -> None:
    with pytest.raises(SettingsError, match="loopback"):
        Listener(Settings(host="0.0.0.0"), crew, None)  # noqa: S104
