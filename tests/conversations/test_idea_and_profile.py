"""Ý tưởng and hồ sơ chủ thể: what a service is not asked, and how people put their answers."""

from dataclasses import replace
from datetime import date

import pytest

from conversations import walk
from conversations.answers import Asked
from conversations.form import Form, Unless
from conversations.forms import catalogue
from conversations.reading import Read
from tests.conversations.samples import FACTS, PRODUCER, standing_at
from tests.conversations.talking import Chat
from tests.conversations.trial import COLOUR, MATERIALS, NAME, chat

TOURISM = {"number": 26, "name": "Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch"}
RICE = {"number": 3, "name": "Gạo, ngũ cốc, hạt sơ chế khác"}
OF_GOODS = {"materials.0.name", "materials.0.shares", "packaging"}
IDEA, PROFILE = catalogue["idea"], catalogue["profile"]


def idea(**given: object) -> Chat:
    facts = {"producers": [PRODUCER], "producer": PRODUCER, "given": given}
    return Chat(IDEA, facts=facts).begun()


# -- what counts ----------------------------------------------------------------------------------


def test_until_an_answer_is_among_them_an_unless_holds() -> None:
    unless = Unless("colour", ("red",))

    assert unless.holds({})
    assert unless.holds({"colour": "blue"})
    assert not unless.holds({"colour": "red"})


def test_a_service_is_asked_for_no_material_and_no_packing() -> None:
    talk = idea(name="Làng Bản Liền", set=TOURISM, stage="existing")

    assert OF_GOODS.isdisjoint(walk.paths(IDEA, talk.run))
    assert talk.run.at == "labour"


@pytest.mark.parametrize("given", [{"set": RICE}, {"set": {"raw": "chưa biết"}}, {}])
def test_goods_are_and_so_is_what_nobody_knows_yet(given: dict[str, object]) -> None:
    assert set(walk.paths(IDEA, idea(name="Gạo", **given).run)) >= OF_GOODS


def test_who_finds_that_it_is_a_service_goes_on_without_them() -> None:
    """What she told of the material stays, and counts again if she changes her mind."""
    talk = idea(name="Làng", set=RICE, stage="existing").say("thóc", "xã 100%")

    talk.say("sửa loại", "du lịch cộng đồng", "đúng")

    assert "materials" not in walk.collected(IDEA, talk.run)
    assert talk.answers["materials.0.name"] == "thóc"
    assert talk.run.at == "labour"


def test_one_more_speaks_of_no_group_that_does_not_count() -> None:
    hidden = Unless("colour", ("red",))
    group = replace(MATERIALS, when=hidden)
    talk = chat(COLOUR, group, NAME).say("xanh", "thóc", "5 người, 5 trong xã", "sửa 1 thành đỏ")

    assert walk.group(talk.form, talk.run) is None
    assert talk.say("thêm").answers["name"] == "thêm"


def first_version() -> Form:
    """The form as it was, which asked everybody for everything."""
    told = [replace(entry, when=None) for entry in IDEA.questions]
    return replace(IDEA, version=1, questions=tuple(told), migrations={})


def test_a_talk_of_the_first_version_goes_on_without_them() -> None:
    """She stood at the packing of her homestay when the new version came."""
    talk = Chat(first_version(), facts=FACTS["idea"]).begun()
    talk.say("1", "Làng Bản Liền", "du lịch cộng đồng", "đúng", "đã có", "thóc", "xã 100%", "3, 3")
    assert talk.run.at == "packaging"

    talk.form = IDEA
    talk.say("chưa đóng gói")

    assert talk.run.version == 2
    assert talk.run.at == "special"
    assert "materials" not in walk.collected(IDEA, talk.run)


# -- how people put it ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["lam may nam roi", "làm mấy năm nay rồi", "bán rồi", "có lâu rồi", "làm từ đời ông bà"]
)
def test_what_has_been_made_for_years_is_there_already(text: str) -> None:
    kind = IDEA.question("stage").kind

    assert isinstance(reading := kind.read(text, asked(IDEA, "stage")), Read)
    assert reading.value == "existing"


@pytest.mark.parametrize("text", ["mới", "mới làm năm nay", "moi dinh lam"])
def test_what_is_only_begun_is_new(text: str) -> None:
    assert isinstance(reading := IDEA.question("stage").kind.read(text, asked(IDEA, "stage")), Read)
    assert reading.value == "new"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("nguoi tay", "tay"),
        ("người Tày", "Tày"),
        ("tôi là người dân tộc Phù Lá", "Phù Lá"),
        ("La Chí", "La Chí"),
        ("người", "người"),
    ],
)
def test_a_people_is_kept_by_its_name_alone(text: str, kept: str) -> None:
    kind = PROFILE.question("ethnicity").kind

    assert kind.read(text, asked(PROFILE, "ethnicity")) == Read(kept)


@pytest.mark.parametrize("text", ["dang ky kinh doanh", "có giấy rồi", "giấy ở nhà"])
def test_words_are_no_number_of_a_paper_and_it_can_wait(text: str) -> None:
    talk = filled_to_registration().say(text)

    assert "registration" not in talk.answers
    assert "Có giấy mà chưa có ở đây thì gõ: bỏ qua" in talk.words()
    assert talk.say("bỏ qua").run.at == "review"


@pytest.mark.parametrize("text", ["5300712345", "12A8001234", "GCN số 10 của huyện"])
def test_a_number_of_a_paper_may_stand_among_words(text: str) -> None:
    assert filled_to_registration().say(text).answers["registration"] == text


def filled_to_registration() -> Chat:
    return standing_at(PROFILE, "registration")


def asked(form: Form, key: str) -> Asked:
    return Asked(form.name, key, date(2026, 11, 23), {}, {})
