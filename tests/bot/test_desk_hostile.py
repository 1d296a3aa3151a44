"""Every address of the desk, by any method, with any values: never a 500, and only text."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.web.desk.addresses import PLACES
from tests.bot.desk_rig import Rig, rig
from tests.handlers.conftest import phones
from tests.handlers.offices import appoint
from tests.handlers.phones import Phones

__all__ = ["phones"]
DOORS = ("/desk/enter", "/desk/enter/{code}", "/desk/leave", "/desk/{anything}")
RARE = (
    *("/{any}", "/fairs/{page}", "/fairs/list?page={n}&q={q}", "/fairs/list?sort={s}&filter={f}"),
    *("/fairs/list?page_size={n}&cols={c}", "/fairs/edit?pk={n}", "/days_off/detail?pk={n}"),
)
TABLES = tuple(f"/desk/tables{each}" for each in RARE)
ADDRESSES = (*(place.address for place in PLACES), *DOORS)
METHODS = (*["GET", "POST", "POST", "POST"], "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS")
NASTY = (
    *("", "0", "1", "2", "-1", "1.5", "00001", "9" * 9, "9" * 10, "9" * 5000, "٣", "²", "1e9"),
    *("..", "%00", "a\x00b", "\udc80", "ậ" * 300, "' OR 1=1 --", "<script>x</script>", "{{ 7*7 }}"),
    *("new", "stuck", "targets", "5", "sao", "tinh-1-2027", "tinh-99999999999-2027", "bo-1-2026"),
    *("2027-04-26", "2027-02-30", "0001-01-01", "9999-12-31", "2026-W01", "20270426"),
    *("accept", "back", "ask", "judge", "send_up", "whole", "lacking", "requeue", "form_03"),
    *("pause", "resume", "cancel", "report_docx", "report_doubts", "digest", "year", "term"),
    *("met", "not_met", "propose", "return", "form_02", "file", "council", "send_on", "yes"),
    *("attend", "remind", "close", "decide", "ministry", "minutes", "again", "refuse", "drop"),
    *("blurred", "idea_unclear", "waiting", "sent", "annex", "plan", "make", "call_off", "fair"),
    *("record", "photo", "samples", "propose", "law", "other", "two"),
    *("set", "add", "finish", "support", "pay", "20 triệu", "fairs-0", "new-5"),
    *("look", "code", "Ông An Văn Nguyễn, chủ tịch", "Lào Cai"),
)
FIELDS = (
    *("do", "seen", "reason", "words", "round", "step", "day", "why", "was", "sure", "what"),
    *("year", "paper", "conclusion", "about", "page", "status", "local_material", "local_labour"),
    *("number", "place", "star", "dossier", "seat-1"),
    *("samples", "until", "failed", "certificate", "cause", "concluded", "product-1"),
    *("wanted", "unit", "deed", "due", "paid", "s-unit", "s-fund", "s-planned", "s-use"),
    *("lacks-form_02", "lacks-story_text"),
    *("decision", "decided_on", "seats", "province", "seat"),
    *("kind", "name", "from", "to", "register_by", "aim", "poster", "bare"),
    *("idea_origin", "local_identity", "idea_origin_remark", "lacks"),
)
values = st.one_of(st.sampled_from(NASTY), st.text(max_size=40))
forms = st.dictionaries(st.sampled_from(FIELDS), values, max_size=8)
# What a browser would never send, and clients refuse to put into an address.
_LONG = 2000


@pytest.fixture
def desk(phones: Phones, tmp_path: Path) -> Iterator[Rig]:
    with rig(phones, tmp_path) as made:
        made.give()
        yield made


def _put(address: str, some: list[str]) -> str:
    for value in some:
        name = address[address.find("{") : address.find("}") + 1]
        if name:
            told = value.encode(errors="replace").decode()[:_LONG]
            address = address.replace(name, quote(told, safe=""), 1)
    return address


@pytest.mark.parametrize(
    ("who", "addresses"),
    [("nobody", ADDRESSES + TABLES), ("xa", ADDRESSES), ("tinh", ADDRESSES), ("quantri", TABLES)],
)
def test_no_request_breaks_the_desk(desk: Rig, who: str, addresses: tuple[str, ...]) -> None:
    if who == "quantri":
        desk.phones.say("/start CANBO", on=who)
        appoint(desk.phones, "")
    token = desk.enter(who).token() if who != "nobody" else ""
    broken: list[object] = []

    @settings(
        max_examples=250, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(
        st.sampled_from(addresses),
        st.sampled_from(METHODS),
        st.lists(values, min_size=2, max_size=2),
        forms,
        st.booleans(),
    )
    def ask(address: str, method: str, some: list[str], form: dict[str, str], own: object) -> None:
        where = _put(address, some)
        told = {name: value.encode(errors="replace").decode() for name, value in form.items()}
        if address == "/desk/leave":
            own = False  # it would end the visit for the requests behind it
        data = {**told, "token": token} if own else told
        sent = {"data": data} if method == "POST" else {"params": _short(told)}
        answer = desk.browser.request(method, where, follow_redirects=False, **sent)  # type: ignore[arg-type]
        if answer.status_code >= 500:
            broken.append((method, where, data, answer.status_code))

    ask()

    assert broken == []
    if who != "nobody":
        assert "Hôm nay" in desk.page("/desk")


def _short(form: dict[str, str]) -> dict[str, str]:
    return {name: value[:_LONG] for name, value in form.items()}


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe", b"&" * 60_000, b"=&=&=", b"do=%ff&seen=%00", b"a=1&" * 10_000],
)
def test_a_body_that_is_no_form_is_refused(desk: Rig, body: bytes) -> None:
    desk.enter()

    answer = desk.browser.post("/desk/papers/1", content=body)

    assert answer.status_code in {400, 403}
    assert desk.phones.papers()[-1]["verdict"] is None


def test_a_body_over_64_kilobytes_is_refused(desk: Rig) -> None:
    desk.enter()

    assert desk.browser.post("/desk/papers/1", data={"words": "a" * 70_000}).status_code == 413


@pytest.mark.parametrize("cookie", ["", "x", "0" * 9000, "%00", "a b", '"\\303"', "é"])
def test_a_cookie_of_nobody_opens_nothing(desk: Rig, cookie: str) -> None:
    headers = {b"Cookie": f"ocop_desk={cookie}".encode("latin-1")}

    answer = desk.browser.get("/desk/dossiers/1", headers=headers, follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/enter")


@pytest.mark.parametrize("said", ["%ff", "%00", "a" * 4000, "<b>x</b>", "%1f%1f", "\xff"])
def test_what_a_forged_cookie_wants_to_be_said_is_only_text(desk: Rig, said: str) -> None:
    desk.enter()
    cookie = f"ocop_desk={desk.browser.cookies['ocop_desk']}; ocop_said={said}"
    desk.browser.cookies.clear()

    answer = desk.browser.get("/desk", headers={b"Cookie": cookie.encode("latin-1")})

    assert answer.status_code == 200
    assert "<b>x" not in answer.text


def test_what_people_typed_is_text_on_every_page(desk: Rig) -> None:
    desk.phones.say("đăng ký sản phẩm", "<img src=x onerror=alert(1)>")
    desk.enter()
    desk.send("/desk/papers/1", do="back", seen=0, words="<script>alert(1)</script>")

    for page in ("/desk/papers/1", "/desk/dossiers/1", "/desk/inbox", "/desk/lists/new"):
        text = desk.page(page)
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    assert "&lt;script&gt;alert(1)" in desk.page("/desk/papers/1")
