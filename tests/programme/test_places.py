"""A person names a commune, old or new, in one way or another, and the right one is found."""

import pytest

from programme.places import Match, Places, places

LAO_CAI, HA_TINH = "15", "42"


@pytest.fixture(scope="module")
def known() -> Places:
    return places()


def first(known: Places, text: str, *, near_province: str | None = None) -> Match:
    found = known.find(text, near_province=near_province)
    assert found, f"nothing found for {text!r}"
    return found[0]


def communes(known: Places, text: str) -> list[str]:
    return [match.commune.shown for match in known.find(text)]


@pytest.mark.parametrize(
    ("typed", "commune", "via"),
    [
        ("Nậm Đét, Bắc Hà", "xã Bảo Nhai, tỉnh Lào Cai", "xã Nậm Đét, huyện Bắc Hà"),
        ("Bảo Nhai, Bắc Hà", "xã Bảo Nhai, tỉnh Lào Cai", "xã Bảo Nhai, huyện Bắc Hà"),
        ("Bản Liền", "xã Bản Liền, tỉnh Lào Cai", None),
        ("Na Hối", "xã Bắc Hà, tỉnh Lào Cai", "xã Na Hối, huyện Bắc Hà"),
        ("Tà Chải", "xã Bắc Hà, tỉnh Lào Cai", "xã Tà Chải, huyện Bắc Hà"),
        ("thị trấn Bắc Hà", "xã Bắc Hà, tỉnh Lào Cai", "thị trấn Bắc Hà, huyện Bắc Hà"),
        ("Bản Xen, Mường Khương", "xã Bản Lầu, tỉnh Lào Cai", "xã Bản Sen, huyện Mường Khương"),
        (
            "thị trấn Quán Hàu, Quảng Ninh, Quảng Bình",
            "xã Quảng Ninh, tỉnh Quảng Trị",
            "thị trấn Quán Hàu, huyện Quảng Ninh",
        ),
        (
            "phường Vĩnh Hòa, Nha Trang",
            "phường Bắc Nha Trang, tỉnh Khánh Hòa",
            "phường Vĩnh Hòa, thành phố Nha Trang",
        ),
        ("Cam Nghĩa, Cam Lộ", "xã Cam Lộ, tỉnh Quảng Trị", "xã Cam Nghĩa, huyện Cam Lộ"),
        (
            "Vĩnh Trung, Vĩnh Linh",
            "xã Vĩnh Hoàng, tỉnh Quảng Trị",
            "xã Vĩnh Trung, huyện Vĩnh Linh",
        ),
        (
            "thị trấn Gio Linh",
            "xã Gio Linh, tỉnh Quảng Trị",
            "thị trấn Gio Linh, huyện Gio Linh",
        ),
        ("Tỏa Tình", "xã Quài Tở, tỉnh Điện Biên", "xã Tỏa Tình, huyện Tuần Giáo"),
        ("Chà Nưa, Nậm Pồ", "xã Mường Chà, tỉnh Điện Biên", "xã Chà Nưa, huyện Nậm Pồ"),
        ("Na Lay", "phường Mường Lay, tỉnh Điện Biên", "phường Na Lay, thị xã Mường Lay"),
    ],
)
def test_every_commune_of_the_five_documents_is_found_with_the_name_it_had(
    known: Places, typed: str, commune: str, via: str | None
) -> None:
    match = first(known, typed)

    assert (match.commune.shown, match.via, match.exact) == (commune, via, True)


@pytest.mark.parametrize(
    "typed",
    [
        "ban lien",
        "Bản Liền",
        "BẢN LIỀN",
        "xa ban lien",
        "x. bản liền",
        "X.Ban Lien",
        "banlien",
        "Ba\u0309n Lie\u0302\u0300n",
        "bản\u200bliền",
        "Banr Lieenf",
        "Ban3 Lie6n2",
        "bản liền cũ",
        "dạ em ở bản liền ạ",
        "bàn liên",
        "ban lien bac ha lao cai",
        "Bản Liền, Bắc Hà, Lào Cai",
        "ban lien - bac ha - lao cai",
        "tỉnh Lào Cai, huyện Bắc Hà, xã Bản Liền",
        "xa Ban Lien (Bac Ha)",
        "banlienbachalaocai",
        "ban lienbac ha",
        "thôn Đội 2, xã Bản Liền, huyện Bắc Hà, tỉnh Lào Cai",
        "nhà em ở thôn Khu Chu xã Bản Liền h. Bắc Hà t. Lào Cai",
        "ban lein bac ha lao cai",
        "ban liem, bac ha",
        "bnar lien bac ha",
        "ban lien huyne bac ha",
        "hợp tác xã chè bản liền",
    ],
)
def test_one_commune_is_found_in_all_ways_of_writing_it(known: Places, typed: str) -> None:
    assert first(known, typed).commune.shown == "xã Bản Liền, tỉnh Lào Cai"


@pytest.mark.parametrize(
    ("typed", "commune"),
    [
        ("TT Bac Ha", "xã Bắc Hà, tỉnh Lào Cai"),
        ("tt. bắc hà", "xã Bắc Hà, tỉnh Lào Cai"),
        ("na hoi bac ha lao cai", "xã Bắc Hà, tỉnh Lào Cai"),
        ("na hoy bac ha lao cai", "xã Bắc Hà, tỉnh Lào Cai"),
        ("thôn Na Lo, xã Tà Chải, Bắc Hà", "xã Bắc Hà, tỉnh Lào Cai"),
        ("to 3 ban na lo xa ta chai", "xã Bắc Hà, tỉnh Lào Cai"),
        ("ban xen", "xã Bản Lầu, tỉnh Lào Cai"),
        ("p. vinh hoa nha trang", "phường Bắc Nha Trang, tỉnh Khánh Hòa"),
        ("Toả Tình", "xã Quài Tở, tỉnh Điện Biên"),
        ("muongf khuong", "xã Mường Khương, tỉnh Lào Cai"),
        ("lậm lúc", "xã Cốc Lầu, tỉnh Lào Cai"),
        ("vi da hue", "phường Vỹ Dạ, thành phố Huế"),
        ("trương dương hà nội", "xã Chương Dương, thành phố Hà Nội"),
        ("da hoi hue", "phường Phú Xuân, thành phố Huế"),
        ("p1 q3 tphcm", "phường Bàn Cờ, thành phố Hồ Chí Minh"),
        ("phường 01, quận 3, TP.HCM", "phường Bàn Cờ, thành phố Hồ Chí Minh"),
        ("phường 1 Bảo Lộc", "phường 1 Bảo Lộc, tỉnh Lâm Đồng"),
        ("ea hleo dak lak", "xã Ea H'Leo, tỉnh Đắk Lắk"),
        ("Ea H’leo", "xã Ea H'Leo, tỉnh Đắk Lắk"),
        ("tt việt trung bố trạch", "xã Nam Trạch, tỉnh Quảng Trị"),
        ("huyện Côn Đảo", "đặc khu Côn Đảo, thành phố Hồ Chí Minh"),
        ("đảo phú quốc", "đặc khu Phú Quốc, tỉnh An Giang"),
        ("mỹ đình nam từ liêm", "phường Từ Liêm, thành phố Hà Nội"),
        ("hai duong hai phong", "phường Hải Dương, thành phố Hải Phòng"),
        ("Hoàng Xá, Thanh Thủy, Phú Thọ", "xã Tu Vũ, tỉnh Phú Thọ"),
        ("hoang xa thanh thuy phu tho", "xã Tu Vũ, tỉnh Phú Thọ"),
        ("van quan lang son", "xã Văn Quan, tỉnh Lạng Sơn"),
        ("đào xá phú thọ", "xã Đào Xá, tỉnh Phú Thọ"),
    ],
)
def test_short_forms_neighbours_of_sound_and_names_with_tricky_words_are_understood(
    known: Places, typed: str, commune: str
) -> None:
    assert first(known, typed).commune.shown == commune


def test_marks_that_were_typed_outrank_a_name_that_is_equal_without_them(known: Places) -> None:
    assert communes(known, "Ba Tô")[0] == "xã Ba Tô, tỉnh Quảng Ngãi"
    assert communes(known, "Ba Tơ")[0] == "xã Ba Tơ, tỉnh Quảng Ngãi"
    assert (known.ways("Ba Tô"), known.ways("ba to")) == (1, 2)


def test_all_parts_of_a_commune_that_was_cut_are_named_the_likeliest_first(known: Places) -> None:
    found = known.find("phường 5, quận 8, Hồ Chí Minh")

    assert [match.commune.name for match in found] == ["Chánh Hưng", "Bình Đông"]
    assert {match.via for match in found} == {"phường 5, quận 8"}
    assert known.ways("phường 5, quận 8, Hồ Chí Minh") == 1


def test_a_name_borne_in_many_provinces_says_in_how_many_ways_it_fits(known: Places) -> None:
    assert known.ways("tan tien") > 10
    assert known.ways("tan tien") >= known.ways("xã tân tiến") > known.ways("tan tien an giang")
    assert len(known.find("tan tien")) == 3
    assert len(known.find("tan tien", most=7)) == 7


def test_the_persons_own_province_comes_first_among_equals(known: Places) -> None:
    at_home = first(known, "xã tân tiến", near_province=LAO_CAI).commune
    away = first(known, "bac ha", near_province=HA_TINH).commune

    assert at_home.province_code == LAO_CAI
    assert away.shown == "phường Thành Sen, tỉnh Hà Tĩnh"
    assert communes(known, "bac ha")[0] == "xã Bắc Hà, tỉnh Lào Cai"


def test_the_own_province_does_not_outweigh_what_was_said(known: Places) -> None:
    assert first(known, "bắc hà lào cai", near_province=HA_TINH).commune.province_code == LAO_CAI


def test_the_kind_that_was_said_decides_between_two_of_one_name(known: Places) -> None:
    assert communes(known, "xã mường chà")[0] == "xã Mường Chà, tỉnh Điện Biên"
    assert communes(known, "thị trấn mường chà")[0] == "xã Na Sang, tỉnh Điện Biên"


@pytest.mark.parametrize(
    ("typed", "communes_there"),
    [
        ("huyện Bắc Hà", "Bắc Hà, Bản Liền, Bảo Nhai, Cốc Lầu, Lùng Phình, Tả Củ Tỷ"),
        ("huyen muong khuong", "Bản Lầu, Cao Sơn, Mường Khương, Pha Long"),
        ("huyện Quảng Ninh, Quảng Bình", "Ninh Châu, Quảng Ninh, Trường Ninh, Trường Sơn"),
        ("huyện Vĩnh Linh", "Bến Quan, Cửa Tùng, Vĩnh Hoàng, Vĩnh Linh, Vĩnh Thủy"),
        ("h. Gio Linh", "Bến Hải, Cồn Tiên, Cửa Việt, Gio Linh"),
        ("huyện Cam Lộ", "Cam Lộ, Hiếu Giang"),
        (
            "huyện Điện Biên",
            "Mường Nhà, Mường Pồn, Mường Thanh, Núa Ngam, Sam Mứn, Thanh An, Thanh Nưa, Thanh Yên",
        ),
        ("huyện Điện Biên Đông", "Mường Luân, Na Son, Phình Giàng, Pu Nhi, Tìa Dình, Xa Dung"),
        ("huyện Mường Ảng", "Búng Lao, Mường Lạn, Mường Ảng, Nà Tấu"),
        ("huyện Mường Chà", "Mường Lay, Mường Pồn, Mường Tùng, Na Sang, Nậm Nèn, Pa Ham"),
        ("huyện Mường Nhé", "Mường Nhé, Mường Toong, Nậm Kè, Quảng Lâm, Sín Thầu"),
        ("nam po", "Chà Tở, Mường Chà, Nà Bủng, Nà Hỳ, Quảng Lâm, Si Pa Phìn"),
        (
            "huyện Tuần Giáo, tỉnh Điện Biên",
            "Búng Lao, Chiềng Sinh, Mường Mùn, Pú Nhung, Quài Tở, Sáng Nhè, Tuần Giáo, Tủa Chùa",
        ),
        ("huyện Tủa Chùa", "Sáng Nhè, Sín Chải, Sính Phình, Tủa Chùa, Tủa Thàng"),
        ("thị xã Mường Lay", "Mường Lay"),
        ("TP Điện Biên Phủ", "Mường Phăng, Mường Thanh, Nà Tấu, Điện Biên Phủ"),
    ],
)
def test_a_district_alone_is_no_commune_but_its_communes_are_told(
    known: Places, typed: str, communes_there: str
) -> None:
    (area,) = known.look(typed).areas
    there = {commune.name for commune in map(known.by_code, area.communes) if commune}

    assert known.find(typed) == []
    assert known.place_kind(typed) == area.level == "district"
    assert there == set(communes_there.split(", "))


@pytest.mark.parametrize(
    ("typed", "kind", "province"),
    [
        ("lao cai", "province", "tỉnh Lào Cai"),
        ("Tỉnh Quảng Bình", "province", "tỉnh Quảng Trị"),
        ("hn", "province", "thành phố Hà Nội"),
        ("sài gòn", "province", "thành phố Hồ Chí Minh"),
        ("tỉnh thừa thiên huế", "province", "thành phố Huế"),
        ("huyện Bắc Hà", "district", "tỉnh Lào Cai"),
        ("đà lạt", "district", "tỉnh Lâm Đồng"),
        ("thành phố Lào Cai", "district", "tỉnh Lào Cai"),
        ("q1", "district", "thành phố Hồ Chí Minh"),
        ("huyen muong khuomg", "district", "tỉnh Lào Cai"),
    ],
)
def test_a_district_or_province_alone_says_what_it_is_and_where(
    known: Places, typed: str, kind: str, province: str
) -> None:
    named = known.province_of(typed)

    assert known.find(typed) == []
    assert known.place_kind(typed) == kind
    assert named
    assert named.shown == province


def test_a_commune_has_the_province_it_lies_in_unless_the_name_is_borne_in_several(
    known: Places,
) -> None:
    unique, many = known.province_of("ban lien"), known.province_of("chau thanh")

    assert unique
    assert unique.code == LAO_CAI
    assert many is None
    assert known.province_of("khong biet") is None


@pytest.mark.parametrize(
    "garbage",
    [
        "", " ", "asdf", "12345", "0912345678", "30/9/2026", "không biết", "em chưa biết", "khong",
        "chưa", "dạ", "dung roi", "không nhớ", "quay lại", "sửa 3", "bỏ qua", "xem lại", "để sau",
        "gạo nếp", "chè shan tuyết", "việt nam", "xã", "thôn 3", "tỉnh", "2", "xa 2", "a", "😀👍",
        "\0", "\u202e\u200f", ",,,;;;", "{{ 7*7 }}", "'; DROP TABLE x;--", "a" * 10_000,
        "1 " * 5_000, "xa " * 4_000, "\u0301" * 10_000, "không " * 2_000,
    ],
)  # fmt: skip
def test_what_names_no_place_finds_none(known: Places, garbage: str) -> None:
    found = known.look(garbage)

    assert (found.matches, found.ways) == ((), 0)


def test_a_place_at_the_head_of_a_long_story_is_found(known: Places) -> None:
    story = "xã Bản Liền, huyện Bắc Hà, tỉnh Lào Cai" + ". Nhà em làm chè đã lâu" * 500

    assert first(known, story).commune.name == "Bản Liền"


def test_a_surrounding_that_does_not_fit_is_not_overheard(known: Places) -> None:
    match = first(known, "Bản Liền, Sa Pa")

    assert not match.exact
    assert match.score < 0.9


def test_what_was_guessed_is_never_called_exact(known: Places) -> None:
    assert first(known, "thôn Na Lo, xã Tà Chải, huyện Bắc Hà").exact
    assert not first(known, "ban liem").exact
    assert not first(known, "lậm lúc").exact
    assert not first(known, "Banr Lieenf").exact


def test_a_commune_tells_its_code_its_province_and_what_it_was_formed_of(known: Places) -> None:
    commune = first(known, "bản liền").commune

    assert known.by_code(commune.code) == commune
    assert (commune.kind, commune.name, commune.province) == ("xã", "Bản Liền", "tỉnh Lào Cai")
    assert "xã Bản Liền, huyện Bắc Hà" in commune.was
    assert known.by_code("00000") is None


def test_there_are_thirty_four_provinces_and_each_is_found_by_its_code(known: Places) -> None:
    provinces = known.provinces()

    assert len(provinces) == 34
    assert [known.province(province.code) for province in provinces] == list(provinces)
    assert known.province("99") is None


def test_the_communes_are_loaded_once() -> None:
    assert places() is places()


@pytest.mark.parametrize(
    "text",
    [
        "đã có",
        "da co",
        "ở nhà",
        "trong xã",
        "làm ở nhà",
        "như cũ",
        "tại chỗ",
        "chưa biết",
        "cả hai",
    ],
)
def test_everyday_words_are_no_slip_of_a_commune(known: Places, text: str) -> None:
    """ "Đã có" answers another question; it is not how anybody writes Đăk Ơ."""
    found = known.look(text)

    assert (found.matches, found.areas) == ((), ())


@pytest.mark.parametrize(
    ("text", "commune"),
    [("dak o", "xã Đăk Ơ, tỉnh Đồng Nai"), ("xã Ba", "xã Sông Vàng, thành phố Đà Nẵng")],
)
def test_a_commune_of_everyday_words_is_found_to_the_letter(
    known: Places, text: str, commune: str
) -> None:
    assert first(known, text).commune.shown == commune
