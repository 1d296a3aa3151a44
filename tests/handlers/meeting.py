"""A council of Lào Cai, its meeting and its members' sheets, for tests of what they do."""

import re
from typing import Any

from programme import ruleset
from programme.sheets import sheet
from storage import ballots, councils, dossiers
from storage.ballots import Key
from storage.officers import over
from tests.handlers.phones import Phones
from tests.handlers.scored import THREE, like

CODE = re.compile(r"\b[2-9A-Z]{3}-[2-9A-Z]{3}-[2-9A-Z]{3}\b")
THREE_SEATS = (
    "Ông Nguyễn Văn An, chủ tịch, UBND tỉnh\n"
    "Bà Lò Thị Hoa, phó chủ tịch, Sở Công Thương\n"
    "Trần Văn Ba, Sở Y tế\n"
    "Đỗ Thị Mơ, khách mời, siêu thị"
)
SHEET = sheet(ruleset.rule_set("26-2026"), 3)


def found(phones: Phones, seats: str = THREE_SEATS) -> list[str]:
    """A council of Lào Cai, set up by the officer of everywhere; the codes of its seats."""
    phones.say("/start CANBO", on="canbo")
    said = ("lập hội đồng tỉnh Lào Cai", "215/QĐ-UBND", "12/10/2026", seats, "xong")
    phones.say(*said, "gửi", on="canbo")
    return CODE.findall(phones.read("canbo"))


def seated(phones: Phones, seats: str = THREE_SEATS) -> list[str]:
    """The same, and who marks has come: the names of their phones."""
    names = []
    for number, code in enumerate(found(phones, seats), 1):
        names.append(f"tv{number}")
        phones.say(f"mã mời {code}", on=names[-1])
    return names


def found_whole(phones: Phones, *ids: int) -> None:
    with phones.database.transaction() as tx:
        for dossier in ids or (1,):
            now = phones.player.now
            dossiers.change(tx, dossier, filed_at=now, sent_up_at=now, checked_at=now)


def called(phones: Phones) -> list[str]:
    """A council, and its meeting on the rice of Bản Liền."""
    like(phones, THREE)
    found_whole(phones)
    names = seated(phones)
    phones.say("mở phiên họp", "10/12", "đúng", "phòng họp số 2", "có mặt đủ", on="canbo")
    return names


def waiting(phones: Phones, again: int = 3) -> list[str]:
    """A council of three, and ten products before it, so many of them evaluated again."""
    town(phones)
    with phones.database.transaction() as tx:
        for dossier in range(2, 2 + again):
            dossiers.change(tx, dossier, case="reassess")
    return seated(phones)


def asked(phones: Phones, again: int = 3) -> list[str]:
    """The same, and opinions on these are asked in writing until 10/12."""
    names = waiting(phones, again)
    phones.say("lấy ý kiến", "10/12", "đúng", on="canbo")
    return names


def mark(phones: Phones, on: str, points: int) -> str:
    """Mark the rice on the phone as near to so many points of each criterion as its sheet has."""
    phones.say("chấm", "1", "1", on=on)
    while there := re.findall(r"^(\d+)đ:", phones.read(on), re.MULTILINE):
        phones.say(min(there, key=lambda each: abs(int(each) - points)), on=on)
    return phones.read(on)


def sheet_of(wanted: int) -> dict[str, str]:
    """The options of a whole sheet that come to so many points, by criterion."""
    marks = {line.id: max(line.options, key=lambda each: each.points) for line in SHEET.criteria}
    asked = [SHEET.minimums(star) for star in (5, 4, 3)]  # kept as long as it can be
    for line in sorted(SHEET.criteria, key=lambda line: [line.id in each for each in asked[::-1]]):
        for option in sorted(line.options, key=lambda each: each.points):
            rest = sum(each.points for id_, each in marks.items() if id_ != line.id)
            if rest + option.points >= wanted:
                marks[line.id] = option
                break
    assert sum(each.points for each in marks.values()) == wanted
    return {id_: option.key for id_, option in marks.items()}


def put(phones: Phones, dossier: int, seat: int, wanted: int, turn: int = 1) -> None:
    """Hand in a sheet with so many points, as if it had been marked on the phone."""
    with phones.database.transaction() as tx:
        (sitting,) = [s for c in (1,) if (s := councils.last_sitting(tx, c))]
        key = Key(sitting["id"], dossier, seat, turn)
        ballots.mark(tx, key, sheet_of(wanted), 1, phones.player.now)
        ballots.hand_in(tx, key, phones.player.now)


def agenda(phones: Phones, sitting: int = 1) -> list[dict[str, Any]]:
    with phones.database.reading() as tx:
        return councils.before(tx, over("15"), sitting)


# -- Điện Biên, 2021: eleven products, ten before the council, nine certified ----------------------

BEFORE = (
    "Cá tép dầu sấy Na Lay", "Trà Shan tuyết P.H.1.4", "Gạo Vai gãy", "Rượu nếp 27",
    "Rượu nếp nương men lá", "Thịt trâu khô Phong Sương", "Quả đỗ leo bốn mùa",
    "Dưa mèo Hoa Sơn Tra", "Bưởi da xanh Kiên Trung", "Trà xanh loại 1 Phan Nhất",
)  # fmt: skip
NOT_WHOLE = "Tinh dầu sả hữu cơ Suối Voi"
NINE = "\n".join(
    ("Lê An, chủ tịch", "Lê Bình, phó chủ tịch", *(f"Uỷ Viên {name}, uỷ viên"
     for name in ("Cúc", "Dung", "Én", "Giang", "Hà", "Kim")), "Lâm Thư, uỷ viên thư ký")
)  # fmt: skip


def town(phones: Phones) -> None:
    """The eleven products of the year, each with its dossier; ten of them were found whole."""
    phones.with_idea().say("hồ sơ sản phẩm")
    now = phones.player.now
    with phones.database.transaction() as tx:
        one = dossiers.by_id(tx, 1)
        kept = ("producer_id", "person_id", "case", "rules", "round_key", "council")
        for name in (*BEFORE, NOT_WHOLE):
            values = {key: one[key] for key in kept} | {"name": name, "product_set": 3}
            made = dossiers.open_new(tx, values, now, 2026)
            if name != NOT_WHOLE:
                dossiers.change(tx, made, filed_at=now, sent_up_at=now, checked_at=now)
