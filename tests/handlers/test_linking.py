"""One person on several channels: linked by a code and parted again; nothing lost or leaked."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import text

from conversations.session import Run, Session, Step, fold_log
from handlers.producer.linking import joined
from storage import persons, steps
from storage.persons import Chat
from tests.handlers.phones import PROFILE, SHEET, Phones

CODE = "271828"  # the first code that a played phone gives
SECOND = "543656"
MINE, OTHER = Chat("console", "play", "main"), Chat("console", "play", "hai")


def linked(phones: Phones, both: str = "không cần") -> str:
    """Link the second phone to the main one."""
    phones.say("nối kênh")
    return phones.say(f"nối {CODE}", "nối", both, on="hai")


def whose(phones: Phones) -> dict[Chat, int]:
    with phones.database.reading() as tx:
        return persons.of(tx, [MINE, OTHER])


def rows(phones: Phones, statement: str) -> list[Any]:
    with phones.database.reading() as tx:
        return [tuple(row) for row in tx.execute(text(statement))]


def folded(phones: Phones, run: Run) -> Run | None:
    """The run as its log tells it."""
    with phones.database.reading() as tx:
        logged = steps.of_run(tx, 1, run.id)
    lines = [
        {"run": s.run, "kind": s.kind, "path": s.path, "at": s.at, "typist": s.hand} for s in logged
    ]
    values = [msgspec.json.decode(s.value) for s in logged]
    return fold_log(
        msgspec.convert({**line, "value": value}, Step, strict=False)
        for line, value in zip(lines, values, strict=True)
    )


# -- the code -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["nối kênh", "noi kenh", "Nối kênh.", "liên kết zalo", "dùng cả telegram", "/noi",
     "cho bác dùng cả telegram với"],
)  # fmt: skip
def test_a_code_is_asked_for_in_many_words(phones: Phones, words: str) -> None:
    said = phones.agreed().say(words)

    assert "nối 271 828" in said
    assert "10 phút" in said


def test_a_code_is_given_where_nearly_any_text_is_an_answer(phones: Phones) -> None:
    phones.with_profile().say("đăng ký sản phẩm")

    said = phones.say("nối kênh")

    assert "nối 271 828" in said
    assert "Sản phẩm tên là gì" in said


@pytest.mark.parametrize(
    "typed",
    ["nối 271 828", "noi 271828", "Nối kênh 271-828", "nối mã 271.828", "link 271828",
     "/noi 271828", "/start noi-271828"],
)  # fmt: skip
def test_a_code_is_understood_as_people_type_it(phones: Phones, typed: str) -> None:
    phones.with_profile().say("nối kênh")

    asked = phones.say(typed, on="hai")

    assert "HTX Bản Liền" in asked
    assert whose(phones)[OTHER] != whose(phones)[MINE]


def test_only_the_hash_of_a_code_is_kept_with_the_links(phones: Phones) -> None:
    phones.agreed().say("nối kênh")

    kept = rows(phones, "SELECT * FROM links")

    assert len(kept) == 1
    assert CODE not in str(kept)


def test_a_code_is_good_for_ten_minutes(phones: Phones) -> None:
    phones.agreed().say("nối kênh")

    phones.wait(timedelta(minutes=10))

    assert "không đúng" in phones.say(f"nối {CODE}", on="hai")


def test_who_confirms_too_late_links_nothing(phones: Phones) -> None:
    phones.agreed().say("nối kênh")
    phones.say(f"nối {CODE}", on="hai")

    phones.wait(timedelta(minutes=10))

    assert "quá 10 phút" in phones.say("nối", on="hai")
    assert whose(phones)[OTHER] != whose(phones)[MINE]


def test_a_code_is_good_once(phones: Phones) -> None:
    linked(phones.agreed())

    assert "không đúng" in phones.say(f"nối {CODE}", on="ba")


def test_a_code_that_was_typed_in_one_chat_is_wrong_in_any_other(phones: Phones) -> None:
    phones.agreed().say("nối kênh")
    phones.say(f"nối {CODE}", on="hai")

    assert "không đúng" in phones.say(f"nối {CODE}", on="ba")
    assert "Nối xong" in phones.say(f"nối {CODE}", "nối", on="hai")


def test_a_new_code_makes_the_one_before_it_void(phones: Phones) -> None:
    phones.agreed().say("nối kênh", "nối kênh")

    assert "không đúng" in phones.say(f"nối {CODE}", on="hai")
    assert "Nối xong" in phones.say(f"nối {SECOND}", "nối", on="hai")


def test_a_code_typed_where_it_was_given_is_explained_and_stays_good(phones: Phones) -> None:
    phones.agreed().say("nối kênh")

    assert "bên kia" in phones.say(f"nối {CODE}")
    assert "Nối xong" in phones.say(f"nối {CODE}", "nối", on="hai")


def test_who_does_not_want_to_link_after_all_does_not(phones: Phones) -> None:
    phones.agreed().say("nối kênh")

    said = phones.say(f"nối {CODE}", "không", on="hai")

    assert "em không nối" in said
    assert whose(phones)[OTHER] != whose(phones)[MINE]
    assert "không đúng" in phones.say(f"nối {CODE}", on="hai")


@pytest.mark.parametrize("button", ["link_yes", "link_both:1", "unlink:0123456789"])
def test_a_forged_button_opens_nothing(phones: Phones, button: str) -> None:
    phones.with_idea().say("nối kênh")
    phones.say("chào em", on="hai")

    phones.tap(f"m|{button}", on="hai")

    assert whose(phones)[OTHER] != whose(phones)[MINE]
    assert "Gạo Khẩu Mẹo" not in phones.say("phiếu của tôi", on="hai")


def test_after_five_wrong_codes_none_is_looked_at_for_an_hour(phones: Phones) -> None:
    phones.agreed().say("nối kênh")

    said = [phones.say(f"nối 00000{number}", on="hai") for number in range(5)]
    closed = phones.say(f"nối {CODE}", on="hai")

    assert len(set(said)) == 5
    assert "còn thử được 4 lần" in said[0]
    assert "một giờ nữa" in said[4]
    assert "60 phút nữa" in closed
    assert whose(phones)[OTHER] != whose(phones)[MINE]


def test_other_chats_are_not_closed_by_ones_wrong_codes(phones: Phones) -> None:
    phones.agreed().say("nối kênh")
    for number in range(5):
        phones.say(f"nối 00000{number}", on="ba")

    assert "Nối xong" in phones.say(f"nối {CODE}", "nối", on="hai")


def test_after_the_hour_codes_are_looked_at_again(phones: Phones) -> None:
    phones.agreed()
    for number in range(5):
        phones.say(f"nối 00000{number}", on="hai")

    phones.wait(timedelta(hours=1))
    phones.say("nối kênh")

    assert "Nối xong" in phones.say(f"nối {CODE}", "nối", on="hai")


def test_an_address_that_telegram_types_for_an_officer_is_no_code(phones: Phones) -> None:
    assert "trợ lý OCOP. Từ giờ" in phones.say("/start CANBO")


# -- becoming one ---------------------------------------------------------------------------------


def test_what_was_done_on_one_phone_is_known_on_the_other(phones: Phones) -> None:
    linked(phones.with_idea())

    assert whose(phones)[OTHER] == whose(phones)[MINE]
    assert "Gạo Khẩu Mẹo" in phones.say("phiếu của tôi", on="hai")


def test_who_was_nobody_before_needs_no_consent_again(phones: Phones) -> None:
    linked(phones.agreed())

    assert "Hồ sơ này là của bác" in phones.say("hồ sơ chủ thể", on="hai")


def test_both_phones_are_told(phones: Phones) -> None:
    phones.agreed().say("nối kênh")

    here = phones.say(f"nối {CODE}", "nối", on="hai")

    assert "Nối xong" in here
    assert "“bỏ nối”" in phones.read("main")


def test_who_linked_is_on_record(phones: Phones) -> None:
    phones.say("chào em", on="hai")
    linked(phones.agreed())

    kept = rows(phones, "SELECT person_id, joined_id, chat FROM links WHERE used_at IS NOT NULL")

    assert kept == [(2, 1, "hai")]


def test_the_question_that_was_open_is_asked_where_the_person_is_now(phones: Phones) -> None:
    phones.agreed().say("hồ sơ chủ thể", "của tôi")

    said = linked(phones)

    assert "Tên chủ thể là gì" in said
    assert "Bên bác là loại nào" in phones.say("HTX Bản Liền", on="hai")


def test_a_question_is_shown_again_on_the_phone_that_is_written_on(phones: Phones) -> None:
    """What stands on one phone was not seen on the other, so nothing typed there answers it."""
    linked(phones.agreed())
    phones.say("hồ sơ chủ thể", "của tôi", on="hai")

    shown = phones.say("một câu chuyện khác hẳn")
    answered = phones.say("HTX Bản Liền")

    assert "Tên chủ thể là gì" in shown
    assert "Bên bác là loại nào" in answered
    assert phones.session().runs[0].answers["name"] == "HTX Bản Liền"


def test_the_same_word_on_the_other_phone_is_no_double_send(phones: Phones) -> None:
    linked(phones.agreed())
    phones.say("menu", on="hai")

    assert "Đăng ký sản phẩm" in phones.say("menu")


def test_a_number_for_a_list_on_the_other_phone_chooses_nothing(phones: Phones) -> None:
    linked(phones.agreed())
    phones.say("menu", on="hai")

    shown = phones.say("2")
    chosen = phones.say("2")

    assert "2. Hồ sơ chủ thể" in shown
    assert "Hồ sơ này là của bác" in chosen


def test_a_button_answers_its_question_on_whatever_phone(phones: Phones) -> None:
    linked(phones.agreed())
    phones.say("hồ sơ chủ thể", on="hai")
    run = phones.session().runs[0]

    said = phones.tap(f"a|{run.id}|whose|own")

    assert "Tên chủ thể là gì" in said
    assert "Bên bác là loại nào" in phones.say("HTX Bản Liền")


def test_a_pause_ends_on_the_phone_on_which_the_story_was_told(phones: Phones) -> None:
    linked(phones.with_profile())
    phones.say("đăng ký sản phẩm", "gạo nếp", "đúng", on="hai")
    phones.say("đã có", "thóc", "xã 100%", "5 người, 5 trong xã", "túi", "giống cũ", on="hai")
    read = len(phones.player.letters)

    phones.wait(timedelta(minutes=2))

    new = phones.player.letters[read:]
    assert {phone for phone, _ in new} <= {"hai"}
    assert phones.session().wake_at is None


# -- what the second phone had begun --------------------------------------------------------------


def both_busy(phones: Phones) -> None:
    """Two phones with a draft each, whose runs have the same numbers."""
    phones.agreed().agreed("hai")
    phones.say("hồ sơ chủ thể", "của tôi", "HTX Bản Liền")
    phones.say("hồ sơ chủ thể", "của tôi", "HTX Nậm Đét", "hợp tác xã", on="hai")


def test_drafts_of_both_phones_are_kept(phones: Phones) -> None:
    both_busy(phones)

    linked(phones)

    said = phones.say("phiếu của tôi", on="hai")
    assert "HTX Bản Liền" in said
    assert "HTX Nậm Đét" in said


def test_every_draft_is_still_the_sum_of_its_log(phones: Phones) -> None:
    both_busy(phones)
    linked(phones)
    phones.say("hợp tác xã", on="hai")

    runs = phones.session().runs

    assert len(runs) == 2
    assert [folded(phones, run) for run in runs] == list(runs)


def test_a_draft_that_came_along_is_taken_up_and_handed_in(phones: Phones) -> None:
    both_busy(phones)
    linked(phones)

    phones.say("phiếu của tôi", "2", "1", "ban lien, lao cai", "đúng", *PROFILE[5:], on="hai")

    assert [producer["name"] for producer in phones.producers()] == ["HTX Nậm Đét"]
    assert phones.producers()[0]["made_by"] == 1


def test_an_old_button_of_one_phone_does_not_answer_a_draft_of_the_other(phones: Phones) -> None:
    """Both had a run of that number; the button means the one that it was shown for."""
    both_busy(phones)
    old = phones.session(2).runs[0]
    linked(phones)

    said = phones.tap(f"a|{old.id}|whose|other", on="hai")

    assert "Em ghi" not in said
    assert [run.answers["whose"] for run in phones.session().runs] == ["own", "own"]


def test_producers_ideas_and_questions_of_both_are_one_persons(phones: Phones) -> None:
    phones.agreed().with_idea("hai")
    phones.say("gặp cán bộ", "Bao giờ có tem ạ?", "xong", on="hai")

    linked(phones)

    assert "Gạo Khẩu Mẹo" in phones.say("phiếu của tôi")
    assert {idea["person_id"] for idea in phones.ideas()} == {1}
    assert {question["person_id"] for question in phones.questions()} == {1}
    phones.say("1", "rút phiếu", "chắc")
    assert phones.ideas()[0]["status"] == "withdrawn"


def test_dossiers_of_both_are_one_persons_with_claims_and_papers(phones: Phones) -> None:
    phones.with_idea().say("chấm điểm", "đúng", "menu")
    phones.with_profile("hai").say("đăng ký sản phẩm", "Rượu ngô", *SHEET[1:], "gửi", on="hai")
    phones.say("gửi giấy", on="hai")
    phones.send(1, on="hai")
    phones.say("xong", "phiếu đăng ký", on="hai")

    linked(phones)

    assert "1. Gạo Khẩu Mẹo (HS-2026-0001)\n2. Rượu ngô (HS-2026-0002)" in phones.say("hồ sơ khác")
    assert len(phones.dossiers()) == 2
    assert rows(phones, "SELECT DISTINCT person_id FROM papers") == [(1,)]
    assert rows(phones, "SELECT DISTINCT person_id FROM claims") == [(1,)]
    assert rows(phones, "SELECT DISTINCT person_id FROM dossiers") == [(1,)]


def test_a_half_scored_sheet_that_came_along_is_gone_on_with(phones: Phones) -> None:
    phones.agreed()
    phones.with_idea("hai").say("chấm điểm", "đúng", "để sau", on="hai")

    linked(phones)

    said = phones.say("chấm điểm")
    assert "Mình làm tiếp phiếu tự chấm điểm" in said
    assert rows(phones, "SELECT person_id, criterion FROM claims") == [(1, "1.1")]


def test_an_idea_that_came_along_still_points_to_its_log(phones: Phones) -> None:
    phones.agreed().with_idea("hai")

    linked(phones)

    (idea,) = phones.ideas()
    with phones.database.reading() as tx:
        kinds = [step.kind for step in steps.of_run(tx, 1, idea["run"])]
    assert kinds[0] == "started"
    assert kinds[-1] == "sent"


def test_an_officer_who_links_stays_one(phones: Phones) -> None:
    phones.say("/start CANBO", on="hai")

    linked(phones.agreed())

    assert "Chưa có phiếu" in phones.say("danh sách")


@pytest.mark.parametrize(
    ("here", "there", "left"),
    [
        ("cả hai", "không nhận", {"dossier"}),
        ("không nhận", "cả hai", {"dossier", "reminders", "news"}),
        ("chỉ nhắc hạn", "cả hai", {"dossier", "reminders", "news"}),
    ],
)
def test_of_each_purpose_the_latest_word_counts(
    phones: Phones, here: str, there: str, left: set[str]
) -> None:
    phones.say("chào em", "đồng ý", here)
    phones.say("chào em", "đồng ý", there, on="hai")

    linked(phones)

    assert phones.session().consent.keys() == left


def test_a_consent_that_was_taken_back_later_is_taken_back_for_both(phones: Phones) -> None:
    phones.agreed().agreed("hai")
    phones.say("rút đồng ý", on="hai")

    linked(phones)

    assert phones.session().consent == {}


def test_a_letter_may_go_elsewhere_only_where_that_was_agreed_to(phones: Phones) -> None:
    linked(phones.agreed(), both="được")
    with phones.database.reading() as tx:
        agreed = persons.elsewhere(tx, 1, MINE)
    phones.say("rút đồng ý")
    with phones.database.reading() as tx:
        withdrawn = persons.elsewhere(tx, 1, MINE)

    assert (agreed, withdrawn) == (OTHER, None)


def test_consent_given_anew_keeps_what_was_said_about_other_channels(phones: Phones) -> None:
    linked(phones, both="được")

    phones.say("hồ sơ chủ thể", "đồng ý", "cả hai", on="hai")

    assert phones.session().consent.keys() == {"dossier", "reminders", "news", "elsewhere"}


# -- numbers of runs ------------------------------------------------------------------------------


def session(phones: Phones, *, next_run: int, open_runs: tuple[int, ...]) -> Session:
    phones.agreed().say("hồ sơ chủ thể")
    (run,) = phones.session().runs
    runs = tuple(replace(run, id=number) for number in open_runs)
    return Session(runs=runs, stack=open_runs[-1:], next_run=next_run)


@pytest.mark.parametrize(
    ("first", "came"),
    [
        ((4, (2, 3)), (3, (2,))),
        ((4, (2, 3)), (9, (1, 5, 8))),
        ((9, (1, 5, 8)), (4, (2, 3))),
        ((1, ()), (5, (4,))),
        ((5, (4,)), (1, ())),
    ],
)
def test_no_number_on_a_button_means_another_run_than_before(
    phones: Phones, first: tuple[int, tuple[int, ...]], came: tuple[int, tuple[int, ...]]
) -> None:
    one = session(phones, next_run=first[0], open_runs=first[1])
    two = replace(one, next_run=came[0], runs=tuple(replace(one.runs[0], id=n) for n in came[1])
                  if one.runs else ())  # fmt: skip

    made = joined(one, two)

    numbers = [run.id for run in made.session.runs]
    known_there = set(range(1, came[0]))
    own, theirs = numbers[: len(one.runs)], numbers[len(one.runs) :]
    assert len(set(numbers)) == len(numbers)
    assert all(number < made.session.next_run for number in numbers)
    assert not known_there & set(numbers)
    assert all(new == old.id or new >= first[0] for new, old in zip(own, one.runs, strict=True))
    assert all(number >= first[0] for number in theirs)
    assert made.session.stack == tuple(made.renumbered.get(n, n) for n in one.stack)


# -- parting --------------------------------------------------------------------------------------


def test_the_other_phone_is_parted_and_sees_nothing_any_more(phones: Phones) -> None:
    linked(phones.with_idea())

    said = phones.say("bỏ nối", "1")
    there = phones.read("hai")

    assert "Em bỏ nối máy kia rồi" in said
    assert "Kênh này bỏ nối rồi" in there
    assert "Gạo Khẩu Mẹo" in phones.say("phiếu của tôi")
    assert "Bác có đồng ý không" in phones.say("phiếu của tôi", on="hai")


def test_the_phone_at_hand_is_parted_too(phones: Phones) -> None:
    linked(phones.with_idea())

    said = phones.say("bo noi", "1", on="hai")

    assert "Kênh này bỏ nối rồi" in said
    assert "Em bỏ nối máy kia rồi" in phones.read("main")
    assert "Bác có đồng ý không" in phones.say("phiếu của tôi", on="hai")


def test_who_came_by_a_code_cannot_send_the_giver_away(phones: Phones) -> None:
    linked(phones.with_idea())

    said = phones.say("bỏ nối", on="hai")

    assert "chỉ bỏ được từ chính kênh ấy" in said
    assert "Bỏ máy kia" not in said
    assert "1. Bỏ kênh đang nhắn này" in said


def test_where_the_first_phone_leaves_the_next_one_is_the_first(phones: Phones) -> None:
    linked(phones.with_idea())
    phones.say("bỏ nối", "2")
    phones.say("nối kênh", on="hai")
    phones.say(f"nối {SECOND}", "nối", "không", on="ba")

    assert "1. Bỏ máy kia" in phones.say("bỏ nối", on="hai")


def test_who_changes_her_mind_stays_linked(phones: Phones) -> None:
    linked(phones.with_idea())

    assert "để nguyên" in phones.say("bỏ nối", "để nguyên")
    assert whose(phones)[OTHER] == whose(phones)[MINE]


def test_with_one_phone_there_is_nothing_to_part(phones: Phones) -> None:
    assert "một kênh thôi" in phones.agreed().say("bỏ nối")


def test_a_parted_phone_can_be_linked_again(phones: Phones) -> None:
    linked(phones.with_idea())
    phones.say("bỏ nối", "1")
    phones.say("nối kênh")

    assert "Nối xong" in phones.say(f"nối {SECOND}", "nối", on="hai")


def test_a_talk_about_a_place_where_beef_is_sold_parts_nothing(phones: Phones) -> None:
    assert "nối" not in phones.agreed().say("bán thịt bò ở nơi khác")


# -- where letters go -----------------------------------------------------------------------------


def replied(phones: Phones) -> str:
    """Where the officer's answer arrives."""
    phones.say("/start CANBO", on="can-bo")
    phones.say("gặp cán bộ", "Bao giờ có tem ạ?", "xong", on="hai")
    phones.say("TL 1 Tuần sau.", on="can-bo")
    return next(phone for phone, words in phones.player.letters if "Tuần sau." in words)


def test_letters_that_answer_nothing_go_where_the_person_wrote_last(phones: Phones) -> None:
    linked(phones.agreed())

    assert replied(phones) == "hai"


def test_letters_that_answer_nothing_go_to_the_preferred_chat(phones: Phones) -> None:
    linked(phones.agreed())

    assert "em gửi vào đây" in phones.say("ưu tiên máy này")
    assert replied(phones) == "main"


def test_a_channel_that_is_not_linked_cannot_be_preferred(phones: Phones) -> None:
    assert "chưa nối Telegram" in phones.agreed().say("uu tien telegram")


def test_preferring_in_the_middle_of_a_form_leads_back_to_it(phones: Phones) -> None:
    phones.agreed().say("hồ sơ chủ thể", "của tôi")

    assert "Tên chủ thể là gì" in phones.say("ưu tiên kênh này")


def test_in_english_it_goes_as_well(phones: Phones) -> None:
    phones.agreed().say("English")

    assert "link 271 828" in phones.say("link channels")
    assert "as somebody new" not in phones.say(f"link {CODE}", "1", "no need", on="hai")
    assert "Unlink the other phone" in phones.say("unlink")


def test_who_wants_to_link_before_having_agreed_gets_the_code_afterwards(phones: Phones) -> None:
    said = phones.say("cho bác dùng cả telegram với", "đồng ý", "không nhận")

    assert "nối 271 828" in said


def test_a_number_that_is_none_of_a_run_breaks_nothing(phones: Phones) -> None:
    phones.agreed()

    assert "Đăng ký sản phẩm" in phones.tap("m|link_both:x")
    assert "Đăng ký sản phẩm" in phones.tap("m|link_one:99")
