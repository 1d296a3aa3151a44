"""The officers' desk: who comes in and who does not, and that what is done there is the chat's."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from starlette.responses import Response

from bot.web.desk import door
from programme.roles import Role
from storage import links, officers, outbox, producers
from storage.database import Database
from storage.outbox import Posted
from storage.persons import Chat
from tests.bot.desk_rig import Rig, rig
from tests.handlers.conftest import phones
from tests.handlers.offices import BAC_HA, BAN_LIEN, COMMUNE, appoint, letters, noted
from tests.handlers.phones import Phones

__all__ = ["phones"]
OUTSIDE = "mở bàn làm việc"
PAGES = (
    *("/desk", "/desk/inbox", "/desk/lists/waiting", "/desk/lists/stuck", "/desk/lists/targets"),
    *("/desk/ideas/1", "/desk/papers/1", "/desk/dossiers/1", "/desk/calendar", "/desk/exports"),
    *("/desk/announcements", "/desk/office", "/desk/council", "/desk/council?year=0"),
    *("/desk/questions", "/desk/questions/1", "/desk/announcements/new"),
)


@pytest.fixture
def desk(phones: Phones, tmp_path: Path) -> Iterator[Rig]:
    with rig(phones, tmp_path) as made:
        yield made


# -- the door --------------------------------------------------------------------------------------


def test_a_link_lets_its_officer_in_once_and_looking_at_it_uses_nothing(desk: Rig) -> None:
    link = desk.link()

    looks = [desk.browser.get(link).status_code for _ in range(3)]
    came = desk.browser.post(link)
    again = desk.browser.post(link)

    assert looks == [200] * 3
    assert "Hôm nay" in came.text
    assert again.status_code == 403
    assert "đã dùng rồi" in again.text


def test_a_link_is_good_for_ten_minutes_and_a_new_one_ends_it(desk: Rig) -> None:
    old = desk.link()
    desk.phones.wait(timedelta(minutes=11))
    first = desk.link()
    newest = desk.link()

    assert desk.browser.post(old).status_code == 403
    assert desk.browser.post(first).status_code == 403
    assert desk.browser.post(newest).status_code == 200


def test_where_no_pages_are_the_chat_says_so_and_leads_on(desk: Rig) -> None:
    desk.phones.player._reception.desk_url = ""

    assert "gõ: hộp thư" in desk.phones.say(OUTSIDE, on="xa")


def test_a_long_answer_of_a_deed_fits_into_what_a_browser_keeps() -> None:
    answer = Response()
    door.tell(answer, ("ệ" * 3000, "x"), secure=True)
    (cookie,) = answer.headers.getlist("set-cookie")

    assert len(cookie) < 4096
    assert door.told({door.SAID: cookie.partition("=")[2].partition(";")[0].strip('"')})


def test_producers_get_no_link(desk: Rig) -> None:
    assert "/desk/" not in desk.phones.say(OUTSIDE)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_is_shown_to_who_does_not_sit_there(desk: Rig, page: str) -> None:
    desk.give()

    answer = desk.browser.get(page)

    assert answer.url.path == "/desk/enter"
    assert OUTSIDE in answer.text
    assert "Khẩu Mẹo" not in answer.text


def test_the_cookie_is_new_at_each_entry_and_out_of_reach_of_scripts(desk: Rig) -> None:
    desk.browser.cookies.set("ocop_desk", "chosen-by-somebody-else", domain="ocop.example")
    answer = desk.browser.post(desk.link(), follow_redirects=False)
    cookie = answer.headers["set-cookie"]

    assert "chosen-by-somebody-else" not in cookie
    assert all(word in cookie for word in ("HttpOnly", "SameSite=strict", "Secure", "Path=/desk"))
    kept = desk.phones.everything()
    assert cookie.partition("=")[2].partition(";")[0] not in kept


def test_who_was_not_there_for_eight_hours_comes_in_anew(desk: Rig) -> None:
    desk.enter()
    desk.phones.player.now += timedelta(hours=7)
    assert "Hôm nay" in desk.page("/desk")
    desk.phones.player.now += timedelta(hours=7)
    assert "Hôm nay" in desk.page("/desk")
    desk.phones.player.now += timedelta(hours=9)

    assert OUTSIDE in desk.page("/desk")


def test_a_page_that_asks_by_itself_keeps_nobody_at_the_desk(desk: Rig) -> None:
    desk.enter()
    asked = []
    for _ in range(3):
        desk.phones.player.now += timedelta(hours=3)
        answer = desk.browser.get("/desk/announcements/1/ledger", follow_redirects=False)
        asked.append(answer.status_code)

    assert asked == [404, 404, 303]


def test_whoever_leaves_is_out_also_with_the_old_cookie(desk: Rig) -> None:
    desk.enter()
    cookie = desk.browser.cookies["ocop_desk"]

    desk.send("/desk/leave")
    desk.browser.cookies.set("ocop_desk", cookie, domain="ocop.example")

    assert OUTSIDE in desk.page("/desk")


def _dismiss(phones: Phones) -> None:
    with phones.database.transaction() as tx:
        officers.dismiss(tx, COMMUNE)


def _made_another(phones: Phones) -> None:
    with phones.database.transaction() as tx:
        officers.appoint(tx, COMMUNE, BAC_HA, phones.player.now)


def _lost_phone(phones: Phones) -> None:
    with phones.database.transaction() as tx:
        columns = "SELECT channel, bot, chat FROM chats WHERE person_id = :who"
        chat = tx.execute(text(columns), {"who": COMMUNE}).one()
        links.leave(tx, Chat(*chat), phones.player.now)


@pytest.mark.parametrize("change", [_dismiss, _made_another, _lost_phone])
def test_whoever_is_no_such_officer_any_more_is_out_at_once(desk: Rig, change: object) -> None:
    desk.enter()
    desk.phones.wait(timedelta(minutes=1))

    change(desk.phones)  # type: ignore[operator]

    assert OUTSIDE in desk.page("/desk/dossiers/1")


def test_the_office_that_shuts_a_phone_out_ends_its_desk_too(desk: Rig) -> None:
    desk.enter()
    desk.phones.say("khóa máy 2", "1", on="tinh")

    assert OUTSIDE in desk.page("/desk")


def test_too_many_tries_from_one_address_have_to_wait(desk: Rig) -> None:
    tries = [desk.browser.post(f"/desk/enter/{n:040x}").status_code for n in range(40)]

    assert set(tries) == {403, 429}
    assert desk.browser.post(desk.link()).status_code == 429


def test_every_page_is_there_on_both_databases(database: Database, tmp_path: Path) -> None:
    with rig(Phones(database), tmp_path) as made:
        number = made.give()
        made.phones.say("hỏi cán bộ nhà tôi gửi xe ở đâu")
        made.enter()

        pages = [made.browser.get(page, follow_redirects=False).status_code for page in PAGES]
        told = made.send(f"/desk/papers/{number}", do="accept", seen=0)

    assert pages == [200] * len(PAGES)
    assert "đạt. Em báo người gửi rồi" in told


# -- forms -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["", "0" * 64, "ậ"])
def test_a_form_of_another_page_does_nothing(desk: Rig, token: str) -> None:
    number = desk.give()
    desk.enter()

    form = {"token": token, "do": "accept", "seen": 0}
    answer = desk.browser.post(f"/desk/papers/{number}", data=form)

    assert answer.status_code == 403
    assert desk.phones.papers()[-1]["verdict"] is None


def test_a_form_that_another_site_posts_is_refused(desk: Rig) -> None:
    number = desk.give()
    token = desk.enter().token()

    form = {"token": token, "do": "accept", "seen": 0}
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = desk.browser.post(f"/desk/papers/{number}", data=form, headers=headers)

    assert answer.status_code == 403
    assert desk.phones.papers()[-1]["verdict"] is None


def test_pages_are_kept_nowhere_and_have_no_script_of_their_own(desk: Rig) -> None:
    desk.give()
    desk.phones.say("hỏi cán bộ nhà tôi gửi xe ở đâu")
    desk.enter()
    for page in PAGES:
        answer = desk.browser.get(page)
        assert answer.headers["cache-control"] == "no-store"
        assert "script-src" not in answer.headers["content-security-policy"]
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert "form-action 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert not any(word in answer.text for word in ("<script>", "onclick", "style=", "http:"))


# -- papers and ideas ------------------------------------------------------------------------------


def test_a_paper_is_found_good_beside_its_pages_and_its_sender_hears_it(desk: Rig) -> None:
    number = desk.give()
    desk.enter()

    page = desk.page(f"/desk/papers/{number}")
    picture = desk.browser.get(f"/desk/papers/{number}/pages/1")
    told = desk.send(f"/desk/papers/{number}", do="accept", seen=0)
    desk.phones.wait(timedelta(0))

    assert "Giấy an toàn thực phẩm" in page
    assert picture.content == b"\x89PNG a page"
    assert "đạt. Em báo người gửi rồi" in told
    assert desk.phones.papers()[-1]["verdict"] == "accepted"
    assert any("đạt" in said for said in letters(desk.phones, "main")[-1:])
    assert desk.rang == ["rang"]


def test_what_is_done_at_the_desk_stands_in_the_chat_and_disturbs_no_talk_there(desk: Rig) -> None:
    number = desk.give()
    before = desk.phones.session(COMMUNE)
    desk.enter()
    asked = desk.phones.session(COMMUNE)

    desk.send(f"/desk/papers/{number}", do="back", seen=0, words="thiếu trang 2")

    assert desk.phones.session(COMMUNE) == asked
    assert before.runs == asked.runs
    assert "trả lại: thiếu trang 2" in desk.phones.say(f"lịch sử {number}", on="xa")


def test_a_paper_goes_back_with_a_ready_reason_in_the_readers_language(desk: Rig) -> None:
    number = desk.give()
    desk.enter()

    desk.send(f"/desk/papers/{number}", do="back", seen=0, reason="blurred")

    assert desk.phones.papers()[-1]["reason"] == "reasons.why_blurred"


def test_nothing_goes_back_without_a_reason_or_with_one_that_was_not_offered(desk: Rig) -> None:
    number = desk.give()
    desk.enter()

    told = [
        desk.send(f"/desk/papers/{number}", do="back", seen=0, **more)
        for more in ({}, {"reason": "uncertified"}, {"words": "  "})
    ]

    assert ["xin thêm lý do" in each for each in told] == [True] * 3
    assert desk.phones.papers()[-1]["verdict"] is None


def test_the_second_of_two_officers_changes_nothing_and_sees_what_the_first_found(
    desk: Rig,
) -> None:
    number = desk.give()
    desk.enter("xa2")
    desk.page(f"/desk/papers/{number}")
    desk.phones.say(f"trả {number} ảnh mờ", on="xa")

    told = desk.send(f"/desk/papers/{number}", do="accept", seen=0)

    assert "Việc này đã có lời rồi" in told
    assert desk.phones.papers()[-1]["verdict"] == "returned"


def test_after_a_verdict_the_next_thing_that_waits_is_there(desk: Rig) -> None:
    number = desk.give()
    desk.enter()

    told = desk.send("/desk/ideas/1", do="accept", seen=0)

    assert "Em ghi nhận phiếu YT-2026-0001" in told
    assert f"Giấy số {number}" in told
    assert "Hết việc rồi" in desk.send(f"/desk/papers/{number}", do="accept", seen=0)


def test_an_idea_is_asked_about_and_given_back(desk: Rig) -> None:
    desk.enter()

    desk.send("/desk/ideas/1", do="ask", seen=0, words="Lúa trồng ở đâu ạ?")
    told = desk.send("/desk/ideas/1", do="back", seen=1, reason="idea_unclear")

    assert "Em trả phiếu YT-2026-0001" in told
    assert [row["verdict"] for row in desk.phones.ideas()] == ["returned"]


# -- a dossier -------------------------------------------------------------------------------------


def _file(desk: Rig) -> None:
    desk.give()
    desk.phones.say("nộp xã", "1")
    assert desk.phones.dossiers()[-1]["filed_at"]


FOUR = ("local_material", "local_labour", "idea_origin", "local_identity")


def test_a_dossier_goes_from_the_commune_through_the_province_at_the_desk(desk: Rig) -> None:
    _file(desk)
    desk.enter()

    judged = desk.send(
        "/desk/dossiers/1", do="judge", seen=0, conclusion="propose", **dict.fromkeys(FOUR, "met")
    )
    up = desk.send("/desk/dossiers/1", do="send_up", seen=1)
    desk.enter("tinh")
    page = desk.page("/desk/dossiers/1")
    whole = desk.send("/desk/dossiers/1", do="whole", seen=2)

    assert "Em ghi 4/4 nội dung đạt" in judged
    assert "Em ghi xã đã gửi tỉnh" in up
    assert "Đủ, trình Hội đồng" in page
    assert "em đưa vào danh sách trình Hội đồng" in whole
    assert "đề nghị tỉnh" in page


def test_the_province_sends_it_back_for_what_lacks(desk: Rig) -> None:
    _file(desk)
    desk.enter()
    desk.send("/desk/dossiers/1", do="send_up_on_paper", seen=0)
    desk.enter("tinh")

    told = desk.send(
        "/desk/dossiers/1", do="lacking", seen=1, **{"lacks-form_02": "chưa thấy Mẫu 02"}
    )

    assert "Em trả HS-2026-0001" in told
    assert desk.phones.dossiers()[-1]["sent_up_at"] is None


def test_it_goes_back_for_several_papers_at_once_each_with_its_reason(desk: Rig) -> None:
    _file(desk)
    desk.enter()
    desk.send("/desk/dossiers/1", do="send_up_on_paper", seen=0)
    desk.enter("tinh")
    whys = {"lacks-form_02": "vì chưa thấy Mẫu 02", "lacks-food_safety_certificate": "mờ dấu"}

    nothing = desk.send("/desk/dossiers/1", do="lacking", seen=1, **{"lacks-form_02": " "})
    told = desk.send("/desk/dossiers/1", do="lacking", seen=1, **whys)
    page = desk.page("/desk/dossiers/1")

    assert "ghi vì sao ở ít nhất một giấy" in nothing
    assert "Em trả HS-2026-0001" in told
    assert "chưa thấy Mẫu 02" in page
    assert "vì chưa thấy" not in page
    assert page.count("mờ dấu") >= 2
    assert [row["verdict"] for row in desk.phones.papers()].count("returned") == 1
    assert "chưa thấy Mẫu 02" in (heard := desk.heard())
    assert "mờ dấu" in heard


def test_a_judgement_that_says_no_needs_a_word_why(desk: Rig) -> None:
    _file(desk)
    desk.enter()
    said = {**dict.fromkeys(FOUR, "met"), "local_labour": "not_met", "conclusion": "return"}

    told = desk.send("/desk/dossiers/1", do="judge", seen=0, why="thiếu danh sách", **said)
    again = desk.send(
        "/desk/dossiers/1", do="judge", seen=0, why="thiếu", local_labour_remark="ít", **said
    )

    assert "Không đạt thì anh chị ghi giúp vì sao" in told
    assert 'name="why" maxlength="200" autocomplete="off" value="thiếu danh sách"' in told
    assert told.count(" checked") == 5
    assert "Em ghi 3/4 nội dung đạt" in again


def test_whoever_judges_behind_another_is_told_and_types_nothing_again(desk: Rig) -> None:
    _file(desk)
    desk.enter()
    first = {**dict.fromkeys(FOUR, "met"), "conclusion": "propose"}
    second = {**first, "local_labour": "not_met", "local_labour_remark": "ít người xã"}
    second |= {"conclusion": "return", "why": "thiếu danh sách lao động"}

    desk.send("/desk/dossiers/1", do="judge", seen=0, **first)
    told = desk.send("/desk/dossiers/1", do="judge", seen=0, **second)
    seen = re.search(r'name="seen" value="(\d+)"', told)
    again = desk.send("/desk/dossiers/1", do="judge", seen=seen and seen[1], **second)

    assert 'value="ít người xã"' in told
    assert 'value="thiếu danh sách lao động"' in told
    assert "đề nghị tỉnh" in told
    assert "Em ghi 3/4 nội dung đạt" in again


def test_reasons_for_papers_stay_when_somebody_was_there_before(desk: Rig) -> None:
    _file(desk)
    desk.enter()
    desk.send("/desk/dossiers/1", do="send_up_on_paper", seen=0)
    desk.enter("tinh")

    told = desk.send("/desk/dossiers/1", do="lacking", seen=0, **{"lacks-form_02": "chưa thấy"})

    assert 'name="lacks-form_02" maxlength="200" autocomplete="off" value="chưa thấy"' in told
    assert desk.phones.dossiers()[-1]["sent_up_at"] is not None


@pytest.mark.parametrize("deed", ["judge", "send_up", "send_up_on_paper", "whole", "lacking"])
def test_what_a_page_offered_that_was_open_for_long_is_not_done_any_more(
    desk: Rig, deed: str
) -> None:
    desk.enter("tinh")
    said = {**dict.fromkeys(FOUR, "met"), "conclusion": "propose", "words": "thiếu"}
    before = desk.phones.dossiers()

    told = desk.send("/desk/dossiers/1", do=deed, seen=0, paper="form_02", **said)

    assert "Việc này không còn chờ nữa" in told
    assert desk.phones.dossiers() == before


# -- rights and areas ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page", ["/desk/ideas/1", "/desk/papers/1", "/desk/papers/1/pages/1", "/desk/dossiers/1"]
)
def test_what_lies_elsewhere_is_not_there(desk: Rig, page: str) -> None:
    desk.give()
    desk.phones.say("/start CANBO", on="la")
    appoint(desk.phones, "68")
    desk.enter("la")

    answer = desk.browser.get(page)

    assert answer.status_code == 404
    assert "Khẩu Mẹo" not in answer.text
    assert noted(desk.phones)[-1][1] == "came_to_desk"


def test_who_may_only_read_is_shown_no_buttons_and_does_nothing_without_them(desk: Rig) -> None:
    number = desk.give()
    desk.phones.say("/start CANBO", on="tv")
    appoint(desk.phones, BAN_LIEN, Role.ADVISER)
    desk.enter("tv")

    page = desk.page(f"/desk/papers/{number}")
    token = desk.token()
    answers = [
        desk.browser.post(where, data={"token": token, "seen": 0, **form}).status_code
        for where, form in (
            (f"/desk/papers/{number}", {"do": "accept"}),
            ("/desk/ideas/1", {"do": "accept"}),
            ("/desk/dossiers/1", {"do": "whole"}),
            ("/desk/calendar", {"round": "tinh-1-2027", "step": "file", "day": "2027-04-01"}),
        )
    ]

    assert "Anh chị thấy thế nào" not in page
    assert answers == [403] * 4
    assert desk.phones.papers()[-1]["verdict"] is None


def test_every_look_at_what_is_of_persons_is_noted(desk: Rig) -> None:
    number = desk.give()
    desk.enter()
    before = len(noted(desk.phones))
    for page in ("papers/1", "papers/1/pages/1", "ideas/1", "dossiers/1"):
        desk.browser.get(f"/desk/{page}")

    assert noted(desk.phones)[before:] == [
        (COMMUNE, "read_paper", "paper", number),
        (COMMUNE, "read_paper", "paper", number),
        (COMMUNE, "read_idea", "idea", 1),
        (COMMUNE, "read_dossier", "dossier", 1),
    ]


# -- the rest --------------------------------------------------------------------------------------


def test_the_numbers_of_today_are_those_of_their_lists_and_of_the_chat(desk: Rig) -> None:
    desk.give()
    desk.enter()

    page, waiting = desk.page("/desk"), desk.page("/desk/lists/waiting")

    assert '<a data-item href="/desk/lists/waiting"><strong>1</strong>' in page
    assert waiting.count('<a data-item href="/desk/papers/1">') == 1
    assert "Chờ anh chị: 1" in desk.phones.say("tóm tắt", on="xa")


MEETING = (
    (
        "INSERT INTO councils (id, province_code, decision, decided_on, made_by, made_at)"
        " VALUES (1, '15', '12/QĐ-UBND', '2026-10-01', 4, '2026-10-01 00:00:00')"
    ),
    (
        "INSERT INTO sittings"
        " (id, council_id, number, day, place, status, made_by, made_at, decision)"
        " VALUES (1, 1, 1, '2026-11-20', 'Lào Cai', 'open', 4, '2026-11-01 00:00:00', '')"
    ),
    (
        "INSERT INTO agenda"
        " (sitting_id, dossier_id, place, turn, refused, star, points_of, points_by)"
        " VALUES (1, 1, 1, 1, '', 4, 735, 9)"
    ),
)


def test_points_of_a_meeting_are_shown_once_it_has_ended(desk: Rig) -> None:
    with desk.phones.database.transaction() as tx:
        for row in MEETING:
            tx.execute(text(row))
    desk.enter()

    before = desk.page("/desk/council")
    with desk.phones.database.transaction() as tx:
        tx.execute(text("UPDATE sittings SET status = 'closed'"))
    after = desk.page("/desk/council")

    assert "Gạo Khẩu Mẹo" in before
    assert "81,66" not in before
    assert "81,66" in after
    assert "4 sao" in after
    assert "chưa có phiên nào" in desk.page("/desk/council?year=2025")


def test_a_day_is_moved_with_a_reason_after_seeing_what_that_means(desk: Rig) -> None:
    desk.enter("tinh")
    form = {"round": "tinh-1-2027", "step": "propose", "day": "2027-04-26", "why": "nghỉ lễ"}
    was = "2027-04-29"

    asked = desk.send("/desk/calendar", **form, was=was)
    kept = desk.send("/desk/calendar", **form, was="2027-04-01", sure="yes")
    moved = desk.send("/desk/calendar", **form, was=was, sure="yes")

    assert "26/4/2027" in asked
    assert "tỉnh đặt: nghỉ lễ" not in kept
    assert "tỉnh đặt: nghỉ lễ" in moved


def test_a_commune_does_not_move_the_provinces_days(desk: Rig) -> None:
    desk.enter()
    form = {"round": "tinh-1-2027", "step": "council", "day": "2027-05-26", "why": "bận"}

    told = desk.send("/desk/calendar", **form, was="", sure="yes")

    assert "do tỉnh đặt chung" in told


def test_an_announcement_is_watched_paused_and_ended(desk: Rig) -> None:
    words = ("Họp bàn OCOP", "Mời bà con tới họp ở xã", "chủ thể xã Bản Liền", "đúng", "gửi")
    desk.phones.say("thông báo", "4", *words, on="xa")
    with desk.phones.database.reading() as tx:
        made = tx.execute(text("SELECT id, status FROM announcements")).all()
    assert made, desk.phones.read("xa")
    desk.enter()

    page = desk.page("/desk/announcements/1")
    ended = desk.send("/desk/announcements/1", do="cancel")

    assert "Họp bàn OCOP" in desk.page("/desk/announcements")
    assert "Sổ gửi" in page
    assert "Mời bà con tới họp ở xã" in page
    assert "<h1" not in desk.page("/desk/announcements/1/ledger")
    assert 'value="cancel"' not in ended


@pytest.mark.parametrize("kind", ["report_xlsx", "report_docx", "digest_xlsx"])
def test_what_is_exported_comes_into_the_officers_chat(desk: Rig, kind: str) -> None:
    desk.enter()

    told = desk.send("/desk/exports", do=kind, what="year", year=2026)

    assert "Em đang in" in told
    with desk.phones.database.reading() as tx:
        rows = tx.execute(text("SELECT person_id, chat FROM prints")).all()
    assert [tuple(row) for row in rows] == [(COMMUNE, "xa")]


# -- all that was said about a dossier -------------------------------------------------------------


def test_a_product_has_its_letters_questions_reminders_and_moved_days_on_its_page(
    desk: Rig,
) -> None:
    number = desk.give()
    desk.phones.say(f"trả {number} ảnh mờ", on="xa")
    desk.phones.say("hỏi cán bộ nhà tôi gửi xe ở đâu", "3")
    desk.phones.say("trả lời 1: Ở sân xã.", on="xa")
    desk.phones.say("dời nộp đợt 1/2027 sang 20/4/2027 vì mưa lũ", "1", on="xa")
    desk.phones.wait(timedelta(0))
    desk.enter()

    page = desk.page("/desk/dossiers/1")
    told = page[page.index('id="said"') :]

    assert "Tin em gửi</strong> qua máy chủ, đã tới" in told
    assert "ảnh mờ" in told
    assert "nhà tôi gửi xe ở đâu" in told
    assert "Ở sân xã." in told
    assert "nộp hồ sơ về xã sang 20/4/2027" in told
    assert "mưa lũ" in told
    assert "hạn nộp xã, ngày 20/4/2027 (sẽ nhắc)" in told
    assert "lời nhắc sắp tới" in told


def test_letters_of_a_namesake_for_which_the_same_person_acts_are_not_shown(desk: Rig) -> None:
    desk.phones.wait(timedelta(0))
    desk.enter()
    with desk.phones.database.transaction() as tx:
        person, name = tx.execute(text("SELECT person_id, name FROM dossiers")).one()
        chat = Chat("browser", "demo", "elsewhere")
        letter = Posted(chat, person, f"{name} ở nơi khác", "[]", None, 1)
        outbox.put(tx, [letter], desk.phones.player.now)
    before = desk.page("/desk/dossiers/1")
    with desk.phones.database.transaction() as tx:
        about = {"name": "Nơi khác", "kind": "household"}
        other = producers.add(tx, about, desk.phones.player.now)
        producers.join(tx, person, other, "helper", desk.phones.player.now)

    after = desk.page("/desk/dossiers/1")

    assert "ở nơi khác" in before
    assert "ở nơi khác" not in after


def test_what_an_officer_reads_of_others_is_not_shown_with_the_product_they_help_with(
    desk: Rig,
) -> None:
    desk.phones.wait(timedelta(0))
    now = desk.phones.player.now
    with desk.phones.database.transaction() as tx:
        number = tx.execute(text("SELECT number FROM dossiers")).scalar_one()
        helper = tx.execute(text("SELECT person_id FROM officers WHERE area = '15'")).scalar_one()
        producers.join(tx, helper, 1, "helper", now)
        chat = Chat("browser", "demo", "tinh")
        letter = Posted(
            chat, helper, f"Chờ anh chị: {number}; YT-2026-0999 của xã khác", "[]", None, 1
        )
        outbox.put(tx, [letter], now)
    desk.enter()

    assert "của xã khác" not in desk.page("/desk/dossiers/1")
