"""Signed events: who is Zalo, in any of the ways it signs, and who only says so."""

import json
from hashlib import sha256

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.channels.zalo_oa.hook import MOST_BYTES
from bot.channels.zalo_oa.signature import Signer, mac_of
from tests.channels.doubles import ListDoor
from tests.channels.zalo_oa_rig import turned
from tests.emulators.zalo_oa import APP, OA_SECRET, Knobs
from tests.emulators.zalo_oa_people import OA

# By Zalo's documents: a plain SHA-256, not an HMAC.
BODY = (
    '{"app_id":"1234567890123456789","sender":{"id":"9000000000000000001"},'
    '"recipient":{"id":"8000000000000000001"},"event_name":"user_send_text",'
    '"message":{"text":"Tồn kho lúa","msg_id":"abc123"},"timestamp":"1790000000000"}'
).encode()
MAC = "3eb20613b7a98556a36f7c599a5b251a5d8a30c978206dc636d4a5490f0757c5"
WAYS = {f"{who}/{where}": (who, where) for who in ("app", "oa") for where in ("body", "header")}


def test_a_known_body_has_its_known_signature() -> None:
    signer = Signer(APP, OA, "oa-secret-thu")

    assert signer.way(BODY, json.loads(BODY), f"mac={MAC}", "") == "app/body"


@pytest.mark.parametrize("change", [b" ", b"\n"])
def test_the_very_bytes_are_signed(change: bytes) -> None:
    signer = Signer(APP, OA, "oa-secret-thu")

    assert signer.way(BODY + change, json.loads(BODY), f"mac={MAC}", "") is None


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_signing_is_told_by_its_name(way: str) -> None:
    who, where = WAYS[way]
    times = {"body": "1790000000000", "header": "1790000000999"}
    mac = mac_of({"app": APP, "oa": OA}[who], BODY, times[where], OA_SECRET)

    found = Signer(APP, OA, OA_SECRET).way(BODY, json.loads(BODY), f"mac={mac}", times["header"])

    assert found == way


@pytest.mark.parametrize("mac", ["", "mac=", "mac=0", MAC, f"mac={MAC.upper()}", f" mac={MAC} "])
def test_what_is_not_quite_a_signature_never_raises(mac: str) -> None:
    way = Signer(APP, OA, "oa-secret-thu").way(BODY, json.loads(BODY), mac, "")

    assert way == ("app/body" if MAC in mac.lower() else None)


@pytest.mark.parametrize("way", WAYS)
async def test_zalo_is_heard_however_it_signs(door: ListDoor, way: str) -> None:
    who, where = WAYS[way]
    with capture_logs() as logged:
        async with turned(door, Knobs(signed_with=who, time_in=where)) as rig:
            rig.lan.says("một")
            rig.lan.says("hai")
            await rig.told()

    assert door.texts() == ["một", "hai"]
    ways = [line["way"] for line in logged if line["event"] == "zalo_oa_signed"]
    assert ways == [way]


async def test_whoever_does_not_sign_is_not_heard(door: ListDoor) -> None:
    async with turned(door, Knobs(unsigned=True)) as rig:
        rig.lan.says("một")
        await rig.told()

    assert door.heard == []
    assert rig.waiting() == 1


async def test_while_signatures_are_only_recorded_everybody_is_heard_and_it_is_said(
    door: ListDoor,
) -> None:
    """A secret that was copied wrongly must show before it makes every event vanish."""
    with capture_logs() as logged:
        async with turned(door, Knobs(unsigned=True), "record") as rig:
            rig.lan.says("một")
            await rig.told()

    assert door.texts() == ["một"]
    assert [line["event"] for line in logged] == ["zalo_oa_not_signed"]


@pytest.mark.parametrize("secret", ["", "app-bi-mat", "oa-bi-mat-sai"])
async def test_another_secret_signs_nothing(door: ListDoor, secret: str) -> None:
    mac = sha256(APP.encode() + BODY + b"1790000000000" + secret.encode()).hexdigest()

    assert await posted(door, BODY, {"X-ZEvent-Signature": f"mac={mac}"}) == 403
    assert door.heard == []


@pytest.mark.parametrize("body", [b"{}", b"", b"ping", b"[1]", b"\xff", b"[" * 60_000])
async def test_the_try_of_the_address_is_welcome_without_a_signature(
    door: ListDoor, body: bytes
) -> None:
    """Zalo posts an unsigned {} when the address is saved, and saves it only after a 200."""
    assert await posted(door, body, {}) == 200
    assert door.heard == []


async def test_more_than_any_event_can_be_is_not_read_to_its_end(door: ListDoor) -> None:
    assert await posted(door, b" " * (MOST_BYTES + 1), {}) == 413


@pytest.mark.parametrize("tries", [1, 3])
async def test_an_event_is_heard_however_often_zalo_tries(door: ListDoor, tries: int) -> None:
    door.breaks = tries - 1
    async with turned(door, Knobs(hook_tries=tries)) as rig:
        rig.lan.says("một")
        await rig.told()

    assert door.texts() == ["một"]
    assert rig.waiting() == 0


async def test_who_follows_and_who_leaves_is_noted(door: ListDoor) -> None:
    async with turned(door) as rig:
        rig.lan.user.follows(here=False)
        rig.lan.user.follows(here=True)
        await rig.told()

    assert rig.notes.attendance == [(rig.lan.address, False), (rig.lan.address, True)]


async def posted(door: ListDoor, body: bytes, headers: dict[str, str]) -> int:
    """Post the body; the HTTP status."""
    async with (
        turned(door) as rig,
        aiohttp.ClientSession() as session,
        session.post(rig.service.hook, data=body, headers=headers) as answer,
    ):
        return answer.status
