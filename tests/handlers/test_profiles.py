"""Hồ sơ chủ thể: who the producer is, said once, changed at any time."""

from tests.handlers.phones import PROFILE, Phones


def test_a_profile_is_kept_in_its_normal_form(phones: Phones) -> None:
    phones.with_profile()

    (kept,) = phones.producers()
    assert kept["name"] == "HTX Bản Liền"
    assert kept["kind"] == "cooperative"
    assert (kept["commune_code"], kept["commune"]) == ("02869", "xã Bản Liền")
    assert kept["phone"] == "0982345671"
    assert kept["email"] is None


def test_looking_at_it_again_shows_all_and_asks_nothing_anew(phones: Phones) -> None:
    said = phones.with_profile().say("hồ sơ chủ thể", "1")

    assert "2. Tên chủ thể: HTX Bản Liền" in said
    assert "9. Số điện thoại: 0982 345 671" in said
    assert "1. Gửi" in said


def test_one_line_is_changed_and_the_rest_stays(phones: Phones) -> None:
    phones.with_profile()

    phones.say("hồ sơ chủ thể", "htx bản liền", "sửa 9 thành 0977888999", "gửi")

    (kept,) = phones.producers()
    assert kept["phone"] == "0977888999"
    assert kept["representative"] == "Vàng Thị Mẩy"


def test_what_was_left_out_can_be_added_later(phones: Phones) -> None:
    phones.with_profile()

    phones.say("hồ sơ chủ thể", "1", "sửa 10", "htx@gmail.com", "gửi")

    assert [kept["email"] for kept in phones.producers()] == ["htx@gmail.com"]


def test_one_person_may_hold_several_producers(phones: Phones) -> None:
    phones.with_profile().say("hồ sơ chủ thể", "thêm chủ thể mới", *PROFILE[:1], "Hộ nhà Mẩy")
    phones.say(*PROFILE[2:])

    assert [kept["name"] for kept in phones.producers()] == ["HTX Bản Liền", "Hộ nhà Mẩy"]


def test_a_new_one_that_is_half_done_is_gone_on_with(phones: Phones) -> None:
    phones.with_profile().say("hồ sơ chủ thể", "2", "của tôi", "Hộ nhà Mẩy", "để sau")

    assert "Bên bác là loại nào" in phones.say("hồ sơ chủ thể", "2")
    assert len(phones.session().runs) == 1


def test_nobody_looks_at_the_profile_of_another(phones: Phones) -> None:
    phones.with_profile()

    seen = phones.agreed("la").tap("m|profile_of:1", on="la")

    assert "HTX Bản Liền" not in seen
    assert "Hồ sơ này là của bác" in seen


def test_a_helper_looking_at_it_stays_a_helper(phones: Phones) -> None:
    phones.with_profile().say("nhờ người giúp")
    phones.agreed("con").say("giúp 271828", on="con")

    said = phones.say("hồ sơ chủ thể", "1", on="con")

    assert "1. Khai cho ai: Khai hộ" in said


def test_many_long_names_are_still_one_short_letter(phones: Phones) -> None:
    phones.with_profile()
    for number in range(5):
        name = f"Hợp tác xã nông nghiệp hữu cơ Bản Liền số {number}"
        phones.say("hồ sơ chủ thể", "thêm chủ thể mới", *PROFILE[:1], name, *PROFILE[2:])

    assert len(phones.say("hồ sơ chủ thể")) <= 300
    assert len(phones.say("đăng ký sản phẩm")) <= 300
