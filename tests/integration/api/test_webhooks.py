"""Webhooks, with a real receiver on loopback: signed, tried again, kept until delivered, and quiet about notes."""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
import ssl
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from scribe.cli import scribe
from scribe_api.app import create_app
from scribe_api.courier import delay_s, open_courier
from scribe_api.metrics import Metrics
from scribe_api.mllp import END, START, Listener
from scribe_api.settings import Settings
from scribe_api.signing import verify
from scribe_api.spool import Spool
from scribe_api.targets import TargetFile
from tests.support.patience import PATIENCE_S
from tests.support.receiver import receiving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scribe_api.crew import Crew
from tests.support.receiver import Receiver

WORD = "Quenzelbrook"
SOON_S = 0.02


class Office:
    """A server that pushes results to one receiver, and its folder."""

    def __init__(self, folder: Path, crew: Crew, **more: object) -> None:
        self.targets = TargetFile(folder / "webhooks.json")
        self.spool_dir = folder / "spool"
        self.crew = crew
        self.more = {"webhook_retry_s": SOON_S, **more}

    @property
    def secret(self) -> str:
        return self.targets.all()[0].secret

    @property
    def spool(self) -> Spool:
        return Spool(self.spool_dir)

    @contextmanager
    def serving(self) -> Iterator[TestClient]:
        settings = Settings(webhooks_file=self.targets.path, spool_dir=self.spool_dir, **self.more)
        with TestClient(create_app(settings, self.crew), base_url="http://localhost") as client:
            yield client

    def wait_until_kept(self, number: int, *, dead: bool = False) -> int:
        last = time.monotonic() + PATIENCE_S
        while self.spool.count(dead=dead) != number and time.monotonic() < last:
            time.sleep(0.02)
        return self.spool.count(dead=dead)

    def wait_for_an_attempt(self) -> str:
        """Return what came of the first attempt; nothing where it was delivered."""
        last = time.monotonic() + PATIENCE_S
        while time.monotonic() < last:
            kept = self.spool.all()
            if not kept or kept[0].attempts:
                return kept[0].last if kept else ""
            time.sleep(0.02)
        return "nothing happened"


@pytest.fixture
def office(tmp_path: Path, crew: Crew) -> Office:
    return Office(tmp_path, crew)


@pytest.fixture
def receiver(office: Office) -> Iterator[Receiver]:
    with receiving() as receiver:
        office.targets.add("archive", receiver.url)
        yield receiver


def post(client: TestClient, text: str = f"{WORD} was seen.") -> int:
    return client.post("/v1/analyze", json={"text": text, "id": WORD}).status_code


def test_a_result_is_delivered_once_and_forgotten(office: Office, receiver: Receiver) -> None:
    with office.serving() as client:
        post(client)
        receiver.wait_for(1)
        left = office.wait_until_kept(0)
    assert (len(receiver.got), left) == (1, 0)


def test_what_is_delivered_is_the_analysis(office: Office, receiver: Receiver) -> None:
    with office.serving() as client:
        direct = client.post("/v1/analyze", json={"text": "A note."}).json()
        _, body = receiver.wait_for(1)[0]
    document = json.loads(body)
    assert (document["schema"], document["data"]) == ("scribe.webhook/1", direct)


def test_a_delivery_is_signed(office: Office, receiver: Receiver) -> None:
    with office.serving() as client:
        post(client)
        headers, body = receiver.wait_for(1)[0]
    assert verify(office.secret, headers, body).startswith("msg_")


def test_a_failure_is_tried_again_with_the_same_id_and_body(
    office: Office, receiver: Receiver
) -> None:
    receiver.answers += [500, 503, 302]
    with office.serving() as client:
        post(client)
        got = receiver.wait_for(4)
        office.wait_until_kept(0)
    said = {(verify(office.secret, headers, body), body) for headers, body in got}
    assert (len(got), len(said)) == (4, 1)


def test_a_result_survives_a_restart_while_nobody_receives(office: Office) -> None:
    with receiving() as gone:
        office.targets.add("archive", gone.url)
    with office.serving() as client:
        assert post(client) == 200
        assert office.wait_until_kept(1) == 1
    with receiving(gone.port) as receiver, office.serving():
        receiver.wait_for(1)
        assert (len(receiver.got), office.wait_until_kept(0)) == (1, 0)


def test_a_receiver_that_is_gone_for_good_gets_no_more(office: Office, receiver: Receiver) -> None:
    receiver.answers += [410]
    with office.serving() as client:
        post(client)
        assert office.wait_until_kept(1, dead=True) == 1


def test_what_waits_too_long_is_set_aside(tmp_path: Path, crew: Crew) -> None:
    office = Office(tmp_path, crew, webhook_days=SOON_S / 1e5)
    with receiving(answers=[500] * 5) as receiver:
        office.targets.add("archive", receiver.url)
        with office.serving() as client:
            post(client)
            assert office.wait_until_kept(1, dead=True) == 1


@pytest.fixture
def dead(office: Office, receiver: Receiver) -> str:
    """The id of a delivery that was given up."""
    receiver.answers += [410]
    with office.serving() as client:
        post(client)
        office.wait_until_kept(1, dead=True)
    return office.spool.all()[0].id


def command(office: Office, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(scribe, ["webhooks", *arguments, "--spool", str(office.spool_dir)])
    return done.exit_code, done.output


def test_what_was_given_up_is_listed_without_a_word_of_it(office: Office, dead: str) -> None:
    code, said = command(office, "list", "--dead")
    assert (code, dead in said, "410" in said, WORD in said) == (1, True, True, False)


def test_what_was_given_up_can_be_tried_again(
    office: Office, receiver: Receiver, dead: str
) -> None:
    assert command(office, "retry", dead) == (0, "1 will be tried again\n")
    with office.serving():
        receiver.wait_for(2)
        assert office.wait_until_kept(0) == 0


def test_what_was_given_up_can_be_erased(office: Office, dead: str) -> None:
    assert command(office, "drop", dead)[0] == 0
    held = b"".join(path.read_bytes() for path in office.spool_dir.iterdir())
    assert WORD.encode() not in held


@pytest.mark.parametrize("arguments", [("retry", "msg_x"), ("drop", "msg_x")])
def test_an_unknown_id_is_one_line(office: Office, dead: str, arguments: tuple[str, str]) -> None:  # noqa: ARG001
    assert command(office, *arguments)[0] == 2


def test_only_the_owner_can_read_what_is_kept(office: Office, dead: str) -> None:  # noqa: ARG001
    kept = [office.spool_dir, *office.spool_dir.iterdir(), office.targets.path]
    assert [path for path in kept if path.stat().st_mode & 0o077] == []


def test_no_log_or_metric_holds_a_word(
    office: Office,
    receiver: Receiver,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    receiver.answers += [500]
    caplog.set_level(logging.DEBUG)
    with office.serving() as client:
        post(client)
        receiver.wait_for(2)
        office.wait_until_kept(0)
        metrics = client.get("/metrics").text
    said = capfd.readouterr()
    assert 'scribe_webhooks_total{outcome="failed",target="archive"} 1.0' in metrics
    assert WORD not in "".join([caplog.text, said.out, said.err, metrics])


PUSHED = {
    "text": ("/v1/analyze", {"content": WORD, "headers": {"Content-Type": "text/plain"}}, 1),
    "file": ("/v1/analyze/file", {"files": {"file": ("a.txt", b"A note.")}}, 1),
    "batch": (
        "/v1/analyze/batch",
        {
            "content": b'{"text": "a"}\n{"text": ""}\n{"text": "b"}\n',
            "headers": {"Content-Type": "application/x-ndjson"},
        },
        2,
    ),
    "fhir": ("/v1/fhir/Binary", {"json": {"resourceType": "Binary", "data": "QSBub3Rl"}}, 1),
    "hl7": (
        "/v1/hl7v2",
        {
            "content": "MSH|^~\\&|A|B|C|D|2026||MDM^T02|1|P|2.5\rOBX|1|TX|||A note.\r",
            "headers": {"Content-Type": "application/hl7-v2"},
        },
        1,
    ),
    "typing in the form": ("/", {"data": {"text": WORD}}, 0),
    "a download": ("/download/json", {"data": {"text": WORD}}, 0),
    "a note about to be signed": (
        "/cds-services/operative-note",
        {"json": {"hook": "note-sign", "hookInstance": "x", "context": {"text": WORD}}},
        0,
    ),
    "a note that cannot be used": ("/v1/analyze", {"json": {"text": " "}}, 0),
}


@pytest.mark.parametrize(("path", "request_", "number"), PUSHED.values(), ids=PUSHED.keys())
def test_final_results_are_pushed(
    office: Office, path: str, request_: dict[str, object], number: int
) -> None:
    with receiving() as gone:
        office.targets.add("archive", gone.url)
    with office.serving() as client:
        client.post(path, **request_)
    assert office.spool.count(dead=False) == number


def test_mllp_pushes_too(office: Office, crew: Crew) -> None:
    with receiving() as gone:
        office.targets.add("archive", gone.url)
    settings = Settings(port=0, webhooks_file=office.targets.path, spool_dir=office.spool_dir)

    async def talk() -> None:
        listener = Listener(settings, crew, None, open_courier(settings, Metrics()))
        server = await listener.start()
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
        message = b"MSH|^~\\&|A|B|C|D|2026||MDM^T02|1|P|2.5\rOBX|1|TX|||A note.\r"
        writer.write(START + message + END)
        await asyncio.wait_for(reader.readuntil(END), PATIENCE_S)
        writer.close()
        await writer.wait_closed()
        server.close()
        await server.wait_closed()
        listener.close()

    asyncio.run(talk())
    assert office.spool.count(dead=False) == 1


def test_a_full_spool_is_503_and_says_that_nothing_was_pushed(tmp_path: Path, crew: Crew) -> None:
    office = Office(tmp_path, crew, max_spool=1)
    with receiving() as gone:
        office.targets.add("archive", gone.url)
    with office.serving() as client:
        assert [post(client), post(client)] == [200, 503]


def test_a_request_cannot_name_a_receiver(office: Office, receiver: Receiver) -> None:
    with receiving() as other, office.serving() as client:
        client.post("/v1/analyze", json={"text": "a", "webhook": other.url})
        client.post("/v1/analyze", json={"text": "a"}, headers={"X-Webhook-Url": other.url})
        receiver.wait_for(1)
        assert other.got == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine, and its key, which nobody else has signed."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is missing")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    made = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=receiver"]
    named = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", path, "-out", f"{path}.crt"]
    subprocess.run(["openssl", "req", *made, *named], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + Path(f"{path}.crt").read_bytes())
    return path


@pytest.mark.parametrize("is_trusted", [True, False], ids=["trusted", "unknown"])
def test_only_a_receiver_with_a_trusted_certificate_gets_anything(
    office: Office, certificate: Path, is_trusted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    with receiving(tls=tls) as receiver:
        office.targets.add("archive", receiver.url)
        with office.serving() as client:
            post(client)
            said = office.wait_for_an_attempt()
        assert (len(receiver.got), said) == (
            (1, "") if is_trusted else (0, "SSLCertVerificationError")
        )


def test_the_wait_doubles_up_to_an_hour_less_up_to_a_half() -> None:
    for attempts, full in ((0, 5), (1, 10), (5, 160), (40, 3600)):
        waits = [delay_s(attempts, 5) for _ in range(50)]
        assert full / 2 <= min(waits) < max(waits) <= full
