"""The score card: what a producer sees of a product on a cheap phone."""

import io
import json
import unicodedata
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from PIL import Image

from documents import card, drafting
from documents.card import Bar, Blocked, Path, ScoreCard, Step
from documents.forms.written import written
from tests.documents.filled import HOSTILE, pdf_text

GREEN, GOLD = (29, 91, 58), (224, 161, 0)
PATH = Path(
    4,
    (
        Step("Ký hợp đồng liên kết", 2, date(2026, 12, 6)),
        Step("In tờ rơi câu chuyện", 3),
        *(Step(f"Việc thứ {place}") for place in range(3, 8)),
    ),
    date(2026, 12, 22),
)
SCORED = ScoreCard(
    "Gạo nếp Bản Liền",
    3,
    "Gạo, ngũ cốc, hạt sơ chế khác",
    3,
    (
        Bar("A", "Sản phẩm và sức mạnh của cộng đồng", 28, 40),
        Bar("B", "Khả năng tiếp thị", 14, 25),
        Bar("C", "Chất lượng sản phẩm", 22, 35),
    ),
    4,
    date(2026, 11, 22),
    Blocked(4, ("Thiếu 6 điểm", "Liên kết trên 75%", "Tờ rơi, trang web", "Điều thứ tư")),
    PATH,
)
BARE = replace(SCORED, path=None)


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def near(picture: Image.Image, colour: tuple[int, int, int]) -> int:
    """How many pixels are of that colour, or nearly so."""
    counted = picture.convert("RGB").getcolors(1 << 24) or []
    return sum(
        count
        for count, found in counted
        if isinstance(found, tuple)
        and sum(abs(a - b) for a, b in zip(found, colour, strict=True)) < 24
    )


@pytest.mark.parametrize("drawn", [card.card(SCORED), card.card(BARE), card.plan(SCORED)])
def test_the_picture_is_as_wide_as_a_phone_and_light_enough_for_a_weak_network(
    drawn: bytes,
) -> None:
    picture = opened(drawn)

    assert picture.format == "PNG"
    assert picture.width == 1080
    assert len(drawn) < 200_000


def test_a_star_more_is_drawn_in_gold() -> None:
    gold = [near(opened(card.card(replace(BARE, star=star))), GOLD) for star in range(6)]

    assert gold[0] == 0
    steps = [after - before for before, after in pairwise(gold)]
    assert min(steps) > 1000
    assert max(steps) - min(steps) < 100


def test_a_bar_is_as_long_as_its_share_of_the_points() -> None:
    def green(points: int) -> int:
        bars = (Bar("A", "Sản phẩm", points, 40),)
        return near(opened(card.card(replace(BARE, parts=bars, blocked=None))), GREEN)

    none, half, all_of_it = green(0), green(20), green(40)
    assert none == 0
    assert 0.45 < half / all_of_it < 0.55


def said(scored: ScoreCard, kind: str = "score") -> str:
    """The words on the picture."""
    values = json.dumps({"kind": kind, **written(scored)})
    return pdf_text(drafting.draw("card.typ", {"card": values}, format="pdf"))


def test_beyond_three_things_that_block_and_five_steps_the_picture_says_how_many_more() -> None:
    longer = replace(SCORED, blocked=Blocked(4, ("Một", "Hai", "Ba") + ("Bốn",) * 20))

    assert "Bavà20mụcnữa" in said(longer)
    assert "Bốn" not in said(longer)
    assert "Việcthứ5và2việcnữaXongkhoảngngày22/12/2026" in said(SCORED, "path")


def test_a_picture_that_shows_all_speaks_of_no_more() -> None:
    path = replace(PATH, steps=PATH.steps[:5])
    shown = said(replace(SCORED, blocked=Blocked(4, ("Một", "Hai", "Ba")), path=path))

    assert "mụcnữa" not in shown
    assert "việcnữa" not in shown


def test_points_that_lack_stand_before_the_criteria_that_do() -> None:
    assert "cònvướng•Thiếu6điểm•Một" in said(replace(SCORED, blocked=Blocked(4, ("Một",), 6)))
    assert "cònvướng•Một" in said(replace(SCORED, blocked=Blocked(4, ("Một",))))


def test_a_product_without_points_or_papers_missing_has_a_card_too() -> None:
    empty = ScoreCard("Chè", 11, "Chè", 0, (), 0, date(2026, 11, 22))

    assert opened(card.card(empty)).width == 1080
    assert (empty.points, empty.most) == (0, 0)
    assert card.card(empty) != card.card(replace(empty, missing=1))


def test_a_path_that_is_not_there_cannot_be_drawn_alone() -> None:
    with pytest.raises(ValueError, match="no path"):
        card.plan(BARE)


def test_the_same_card_makes_the_same_bytes() -> None:
    assert card.card(SCORED) == card.card(SCORED)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    hostile = replace(
        SCORED,
        product=text,
        set_name=text,
        blocked=Blocked(4, (text,)),
        path=Path(4, (Step(text),)),
    )

    assert opened(card.card(hostile)).width == 1080


def test_both_ways_of_writing_a_mark_draw_the_same() -> None:
    apart = replace(SCORED, product=unicodedata.normalize("NFD", SCORED.product))

    assert card.card(apart) == card.card(SCORED)
