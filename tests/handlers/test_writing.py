"""Papers that we write together: told in the chat, printed to be signed, told anew at any time."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import text

from conversations.events import Photo, Voice
from documents import orders
from documents.forms import (
    BatchLog,
    EnvironmentPledge,
    LabourList,
    LinkageContract,
    SelfDeclaration,
    Story,
)
from storage import dossiers, papers, writings
from tests.handlers.phones import Phones

STORY = (
    *("từ đời ông bà", "xong", "dẻo, thơm", "xong", "không phun thuốc", "xong"),
    *("bà con có việc", "xong", "khách du lịch", "xong", "chợ phiên chủ nhật", "xong"),
)
PLEDGE = ("giám đốc", "1", "5 tấn", "qua hố lắng", "ủ phân", "che bạt", "bỏ qua")
PERSON = "Vàng Thị Mẩy, 1968, thôn Đội 1, bán hàng, có bảo hiểm"
OTHER = "Sùng Thị Dín, 1995, xã Bắc Hà, xay xát, không"
CONTRACT = ("mình mua", "Tổ lúa Đội 2", "bỏ qua", "1", "3 tấn", "theo giá chợ", "1/2027", "2029")
DECLARATION = ("1", "12 tháng", "1", "chưa có", "bỏ qua", "bỏ qua")


@pytest.fixture
def told(phones: Phones) -> Phones:
    """Somebody whose idea is in."""
    return phones.with_idea()


def printed(phones: Phones) -> list[tuple[str, Any]]:
    with phones.database.reading() as tx:
        rows = tx.execute(text("SELECT kind, about FROM prints ORDER BY id")).all()
    return [(kind, orders.read(kind, about)) for kind, about in rows]


def kept(phones: Phones) -> dict[str, dict[str, Any]]:
    with phones.database.reading() as tx:
        return writings.of(tx, 1)


def last(phones: Phones, kind: type[Any]) -> Any:
    about = printed(phones)[-1][1]
    assert isinstance(about, kind)
    return about


# -- which -----------------------------------------------------------------------------------------


def test_the_papers_are_listed_and_nothing_is_written_yet(told: Phones) -> None:
    said = told.say("viết giúp giấy tờ")

    assert "1. Câu chuyện sản phẩm\n2. Cam kết môi trường" in said
    assert "6. Sổ mẻ hàng" in said
    assert "rồi" not in said


def test_a_paper_that_we_do_not_write_leads_to_those_that_we_do(told: Phones) -> None:
    assert "Em viết cùng bác mấy giấy này" in told.tap("m|write:nothing")


def test_who_has_no_idea_yet_is_told_so(phones: Phones) -> None:
    said = phones.with_profile().say("viết câu chuyện")

    assert "đăng ký sản phẩm" in said
    assert phones.open_form() == ""


# -- the story -------------------------------------------------------------------------------------


def test_the_story_asks_only_what_the_idea_did_not_say(told: Phones) -> None:
    said = told.say("viết câu chuyện")

    assert "Bác kể 6 câu" in said
    assert "từ bao giờ" in said
    said = told.say(*STORY)
    assert "1. Tên gọi: Gạo Khẩu Mẹo" in said
    assert "3. Điều riêng có: giống cũ" in said


def test_a_story_that_is_told_is_kept_and_printed_twice_and_is_to_be_signed(told: Phones) -> None:
    said = told.say("viết câu chuyện", *STORY, "gửi")

    assert "✓ Em viết xong câu chuyện sản phẩm" in said
    assert "Chưa ký thì chưa tính" in said
    assert "1. Gửi ảnh giấy đã ký" in said
    assert kept(told)["story"]["history"] == "từ đời ông bà"
    assert [kind for kind, _ in printed(told)] == ["story.docx", "story.pdf"]
    story = last(told, Story)
    assert (story.name, story.uniqueness) == ("Gạo Khẩu Mẹo", "giống cũ")
    assert story.commune == "xã Bản Liền, tỉnh Lào Cai"
    assert story.representative == "Vàng Thị Mẩy"


def test_the_signed_paper_is_sent_back_as_that_paper(told: Phones) -> None:
    told.say("viết câu chuyện", *STORY, "gửi", "1")

    assert told.session().active().facts["paper"] == "story_text"  # type: ignore[union-attr]


def test_what_was_told_aloud_is_kept_and_marked_in_print(told: Phones) -> None:
    told.say("viết câu chuyện")
    told.do(Voice("a" * 64))
    told.say("xong", *STORY[2:], "gửi")

    assert kept(told)["story"]["history"] == {"text": "", "voices": ["a" * 64]}
    assert last(told, Story).history == "(có ghi âm)"


def test_photos_come_with_the_story(told: Phones) -> None:
    told.say("viết câu chuyện")
    told.do(Photo("b" * 64))
    told.say(*STORY, "gửi")

    assert [orders.named(photo) for photo in last(told, Story).photos] == ["b" * 64]


# -- the others ------------------------------------------------------------------------------------


def test_a_pledge_knows_the_place_and_the_packaging(told: Phones) -> None:
    told.say("cam kết môi trường", *PLEDGE, "gửi")

    pledge = last(told, EnvironmentPledge)
    assert (pledge.site, pledge.packaging) == ("thôn Đội 1", "túi 2 kg")
    assert (pledge.position, pledge.phone, pledge.others) == ("giám đốc", "0982345671", None)


def test_people_are_listed_a_line_each(told: Phones) -> None:
    said = told.say("danh sách người làm")
    told.say(PERSON, OTHER, "xong", "1", "gửi")

    assert "Bác khai có 5 người làm" in said
    people = last(told, LabourList)
    assert people.month == "11/2026"
    assert [(each.name, each.born) for each in people.workers] == [
        ("Vàng Thị Mẩy", 1968),
        ("Sùng Thị Dín", 1995),
    ]
    assert (people.total, people.local, people.insured) == (2, 1, 1)


def test_in_a_contract_the_seller_is_who_sells(told: Phones) -> None:
    told.say("hợp đồng liên kết", *CONTRACT, "gửi")
    bought = last(told, LinkageContract)
    told.say("hợp đồng liên kết", "sửa 1 thành mình bán", "gửi")
    sold = last(told, LinkageContract)

    assert (bought.seller.name, bought.buyer.name) == ("Tổ lúa Đội 2", "HTX Bản Liền")
    assert (sold.seller.name, sold.buyer.name) == ("HTX Bản Liền", "Tổ lúa Đội 2")
    assert (bought.goods, bought.begins, bought.ends) == ("thóc", "1/2027", "2029")


def test_what_one_paper_says_another_does_not_ask(told: Phones) -> None:
    told.say("cam kết môi trường", *PLEDGE, "gửi")

    told.say("hợp đồng liên kết", *CONTRACT, "gửi")

    assert last(told, LinkageContract).buyer.position == "giám đốc"


def test_a_declaration_is_drafted(told: Phones) -> None:
    told.say("tự công bố", *DECLARATION, "gửi")

    draft = last(told, SelfDeclaration)
    assert (draft.ingredients, draft.packing) == ("thóc", "túi 2 kg")
    assert (draft.certificate_number, draft.made_by) == (None, None)


@pytest.mark.parametrize(
    ("number", "issued", "shown"),
    [("12/2025", "2025-03-01", "01/03/2025"), ("12/2025", None, None), (None, "2025-03-01", None)],
)
def test_a_certificate_that_was_given_is_not_asked_for(
    told: Phones, number: str | None, issued: str | None, shown: str | None
) -> None:
    told.say("còn thiếu gì")
    with told.database.transaction() as tx:
        row = dossiers.by_id(tx, 1)
        values = {"producer_id": row["producer_id"], "paper": "food_safety_certificate"}
        papers.give(tx, {**values, "person_id": 1, "number": number}, (), told.player.now)
        tx.execute(text("UPDATE papers SET issued = :day"), {"day": issued})

    answers = DECLARATION if number is None else (*DECLARATION[:3], *DECLARATION[4:])
    told.say("tự công bố", *answers, *(() if shown or not number else ("bỏ qua",)), "gửi")

    draft = last(told, SelfDeclaration)
    assert (draft.certificate_number, draft.certificate_issued) == (number, shown)


def test_the_log_of_batches_needs_no_question(told: Phones) -> None:
    said = told.say("sổ mẻ")

    assert "mỗi mẻ hàng ghi một dòng" in said
    assert "1. Gửi ảnh sổ đã ghi" in said
    assert last(told, BatchLog) == BatchLog(
        "Gạo Khẩu Mẹo", "HTX Bản Liền", "xã Bản Liền, tỉnh Lào Cai", 2026
    )
    assert "6. Sổ mẻ hàng: in rồi" in told.say("viết giúp giấy tờ")


def test_without_an_idea_all_is_asked(told: Phones) -> None:
    told.say("còn thiếu gì")
    with told.database.transaction() as tx:
        dossiers.change(tx, 1, idea_id=None)

    assert "Bác kể 7 câu" in told.say("viết câu chuyện")
    told.say("để sau")
    assert "Bác khai" not in told.say("danh sách người làm")


# -- again -----------------------------------------------------------------------------------------


def test_again_all_is_there_and_one_answer_is_changed(told: Phones) -> None:
    told.say("viết câu chuyện", *STORY, "sửa 1: tên của giống lúa", "gửi")

    said = told.say("viết câu chuyện")
    assert "Lần trước bác đã viết giấy này" in said
    assert "1. Tên gọi: tên của giống lúa" in said
    assert "1. Câu chuyện sản phẩm: viết rồi" in told.say("viết giúp giấy tờ")

    told.say("viết câu chuyện", "sửa ai mua thành nhà hàng", "gửi")
    assert kept(told)["story"]["market"] == "nhà hàng"
    assert len(printed(told)) == 4


def test_again_everybody_is_still_in_the_list_and_one_more_can_be_added(told: Phones) -> None:
    told.say("danh sách người làm", PERSON, OTHER, "xong", "1", "gửi")

    said = told.say("danh sách người làm")
    assert "(2) Sùng Thị Dín" in said

    told.say("sửa 1", "Lâm A Páo, 1990, thôn Đội 2", "xong", "gửi")
    assert [each.name for each in last(told, LabourList).workers] == [
        *("Vàng Thị Mẩy", "Sùng Thị Dín", "Lâm A Páo")
    ]


def test_one_that_is_half_told_is_gone_on_with(told: Phones) -> None:
    told.say("viết câu chuyện", *STORY[:2], "để sau")

    assert "Nhìn, ngửi, nếm" in told.say("viết câu chuyện")
    assert len(told.session().runs) == 1
    told.say("để sau")
    assert "Nhìn, ngửi, nếm" in told.say("tiếp tục")


def test_who_was_long_away_is_asked_whether_to_go_on(told: Phones) -> None:
    told.say("viết câu chuyện")
    told.wait(timedelta(days=2))

    assert "câu chuyện sản phẩm" in told.say("chào em")


def test_who_acts_for_the_producer_no_more_writes_nothing(told: Phones) -> None:
    told.say("nhờ người giúp")
    told.agreed("con").say("giúp 271828", on="con")
    told.say("viết câu chuyện", *STORY, on="con")
    told.say("thôi nhờ người giúp")

    said = told.say("gửi", on="con")

    assert "không còn khai hộ cho nơi này" in said
    assert kept(told) == {}
    assert printed(told) == []


def test_whose_hand_typed_is_kept_with_the_paper(told: Phones) -> None:
    told.say("gõ hộ", "Lý Văn Nam", "viết câu chuyện", *STORY, "gửi")

    with told.database.reading() as tx:
        assert tx.execute(text("SELECT hand FROM writings")).scalar_one() == "Lý Văn Nam"


def test_a_session_in_the_middle_of_it_survives_the_database(told: Phones) -> None:
    told.say("danh sách người làm", PERSON, OTHER, "xong", "1", "gửi", "danh sách người làm")

    session = told.session()
    assert msgspec.json.decode(msgspec.json.encode(session), type=type(session)) == session


def test_there_may_be_no_waste_water_at_all(phones: Phones) -> None:
    phones.with_idea().say("cam kết môi trường", "bỏ qua", "thôn 5")
    run = phones.session().active()
    assert run is not None

    for _ in range(3):
        phones.say("không có")

    run = phones.session().active()
    assert run is not None
    assert run.answers["wastewater"] == "không có"
