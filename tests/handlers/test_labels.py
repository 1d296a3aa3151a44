"""Who types the words of a choice that is on the screen has tapped it, in any list and any form."""

from tests.handlers.phones import Phones


def test_the_words_of_a_choice_choose_it(phones: Phones) -> None:
    phones.with_idea().say("còn thiếu gì")

    assert "trang 1/" in phones.say("Xem cả danh sách giấy")


def test_marks_capitals_and_a_full_stop_do_not_matter(phones: Phones) -> None:
    phones.with_idea().say("còn thiếu gì")

    assert "trang 1/" in phones.say("xem ca danh sach giay.")


def test_plain_words_of_a_criterion_answer_it(phones: Phones) -> None:
    phones.with_idea().say("tự chấm điểm", "đúng")

    assert "1/2 điểm" in phones.say("có, theo chuẩn quốc gia (như vietgap, hữu cơ)")


def test_words_of_a_list_that_has_gone_choose_nothing(phones: Phones) -> None:
    phones.with_idea().say("còn thiếu gì", "menu")

    assert "trang 1/" not in phones.say("tôi có đủ mẫu rồi")


def test_typed_in_the_same_breath_the_words_are_no_tap(phones: Phones) -> None:
    phones.with_idea()

    assert "trang 1/" not in phones.at_once("còn thiếu gì", "Gửi ảnh giấy tờ")


def test_on_another_phone_they_are_no_tap(phones: Phones) -> None:
    phones.with_idea().say("còn thiếu gì")

    assert "trang 1/" not in phones.say("Xem cả danh sách giấy", on="may")
