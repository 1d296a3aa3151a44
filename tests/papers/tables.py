"""What papers lie on, and what is no paper at all: drawn, never photographed."""

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Field = NDArray[np.float32]  # a picture, or one number a pixel, from 0 to 255
TABLES = ("wood", "cloth", "plain", "stone", "white", "tiles", "mat", "newspaper", "shaded")
STRANGERS = ("face", "cat", "hills", "plate")
_BROWNS = ((120, 82, 50), (150, 108, 70), (92, 60, 38), (176, 140, 100))
_CLOTHS = ((40, 70, 130), (150, 40, 50), (30, 90, 60), (200, 190, 60))
_PLAINS = ((70, 75, 80), (30, 32, 36), (60, 90, 110), (120, 110, 90), (150, 60, 50))


def table(kind: str, dice: Generator, height: int, width: int) -> Field:
    """A surface of that kind, from above."""
    match kind:
        case "wood":
            return _wood(dice, height, width)
        case "cloth":
            return _cloth(dice, height, width)
        case "stone":
            return _coloured((125, 122, 118), height, width) + _grain(dice, height, width, 1.5, 32)
        case "white":
            return _coloured((205, 203, 200), height, width) + _grain(dice, height, width, 40, 3)
        case "tiles":
            return _tiles(dice, height, width)
        case "mat":
            return _mat(dice, height, width)
        case "newspaper":
            return _newspaper(dice, height, width)
        case "shaded":
            return _plain(dice, height, width) * _slope(dice, height, width)[..., None]
        case _:
            return _plain(dice, height, width)


def stranger(kind: str, dice: Generator, height: int, width: int) -> Field:
    """A picture of something else."""
    match kind:
        case "face":
            return _face(dice, height, width)
        case "cat":
            return _cat(dice, height, width)
        case "hills":
            return _hills(dice, height, width)
        case _:
            return _plate(dice, height, width)


def smooth(dice: Generator, height: int, width: int, coarse: float) -> Field:
    """Clouds from -1 to 1 whose lumps are so many pixels wide."""
    rows, columns = (max(2, round(side / coarse) + 2) for side in (height, width))
    lumps = dice.uniform(-1, 1, (rows, columns)).astype(np.float32)
    return _field(cv2.resize(lumps, (width, height), interpolation=cv2.INTER_CUBIC))


def _field(values: object) -> Field:
    return np.asarray(values, dtype=np.float32)


def _coloured(colour: tuple[int, ...], height: int, width: int) -> Field:
    return np.full((height, width, 3), colour, dtype=np.float32)


def _grain(dice: Generator, height: int, width: int, coarse: float, strength: float) -> Field:
    return _field(smooth(dice, height, width, coarse)[..., None] * strength)


def _slope(dice: Generator, height: int, width: int) -> Field:
    rows, columns = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    angle = dice.uniform(0, 2 * np.pi)
    along = (rows - 0.5) * np.sin(angle) + (columns - 0.5) * np.cos(angle)
    return _field(1 - 0.5 * along)


def _plain(dice: Generator, height: int, width: int) -> Field:
    colour = _PLAINS[dice.integers(len(_PLAINS))]
    return _coloured(colour, height, width) + _grain(dice, height, width, 60, 6)


def _wood(dice: Generator, height: int, width: int) -> Field:
    colour = _BROWNS[dice.integers(len(_BROWNS))]
    fibres = cv2.resize(smooth(dice, height, width // 24, 4), (width, height))
    rings = np.sin(fibres * 9 + np.linspace(0, 40, height)[:, None])
    wood = _coloured(colour, height, width) + _field(rings * 12 + fibres * 22)[..., None]
    board = int(dice.integers(height // 4, height // 2))
    for row in range(board, height, board):
        wood[row : row + 4] *= 0.5
    return wood


def _cloth(dice: Generator, height: int, width: int) -> Field:
    colour = _field(_CLOTHS[dice.integers(len(_CLOTHS))])
    step = int(dice.integers(24, 90))
    rows, columns = np.arange(height)[:, None] // step, np.arange(width)[None] // step
    checks = 0.45 + 0.3 * (rows % 2) + 0.3 * (columns % 2)
    return _field(checks[..., None] * colour) + _grain(dice, height, width, 2, 14)


def _tiles(dice: Generator, height: int, width: int) -> Field:
    floor = _coloured((172, 160, 140), height, width) + _grain(dice, height, width, 15, 12)
    step = int(dice.integers(min(height, width) // 4, min(height, width) // 2))
    for at in range(int(dice.integers(step)), max(height, width), step):
        floor[at : at + 6] *= 0.6
        floor[:, at : at + 6] *= 0.6
    return floor


def _mat(dice: Generator, height: int, width: int) -> Field:
    mat = _coloured((168, 134, 84), height, width)
    mat[(np.arange(height) // 6) % 3 == 0] *= 0.8
    mat[:, (np.arange(width) // 40) % 2 == 0] *= 0.88
    return mat + _grain(dice, height, width, 3, 16)


def _newspaper(dice: Generator, height: int, width: int) -> Field:
    """Grey paper full of dark lines, under the page."""
    sheet = _coloured((150, 148, 140), height, width)
    lines = dice.uniform(0, 1, (height // 14 + 1, width // 5 + 1)).astype(np.float32)
    ink = cv2.resize(lines, (width, height), interpolation=cv2.INTER_LINEAR) > 0.55
    ink[(np.arange(height) % 14) < 7] = False
    ink[:, (np.arange(width) % 260) < 24] = False
    sheet[ink] = 60
    return sheet


def _room(dice: Generator, height: int, width: int) -> Field:
    """A wall behind somebody, sometimes with a bright window."""
    tone = dice.integers(110, 225)
    wall = _coloured((int(tone), int(tone * 0.97), int(tone * 0.9)), height, width)
    if dice.random() < 0.5:
        left, top = int(dice.uniform(0, 0.6) * width), int(dice.uniform(0, 0.2) * height)
        cv2.rectangle(
            wall, (left, top), (left + width // 3, top + height // 3), (250, 250, 252), -1
        )
    return _field(cv2.GaussianBlur(wall, (0, 0), 4)) + _grain(dice, height, width, 90, 10)


def _ellipse(
    picture: Field, at: tuple[float, float], size: tuple[float, float], colour: tuple[float, ...]
) -> None:
    centre, axes = (int(at[0]), int(at[1])), (int(size[0]), int(size[1]))
    cv2.ellipse(picture, centre, axes, 0, 0, 360, colour, -1, cv2.LINE_AA)


def _face(dice: Generator, height: int, width: int) -> Field:
    picture = _room(dice, height, width)
    x, y = width * dice.uniform(0.4, 0.6), height * dice.uniform(0.38, 0.5)
    r = min(height, width) * dice.uniform(0.2, 0.34)
    skin = tuple(float(part * dice.uniform(0.85, 1.1)) for part in (208, 160, 130))
    shirt = tuple(float(part) for part in dice.integers(20, 235, 3))
    _ellipse(picture, (x, y + 2.9 * r), (1.9 * r, 1.6 * r), shirt)
    _ellipse(picture, (x, y - 0.25 * r), (1.1 * r, 1.3 * r), (28, 22, 20))
    _ellipse(picture, (x, y + 1.1 * r), (0.4 * r, 0.7 * r), skin)
    _ellipse(picture, (x, y), (0.9 * r, 1.2 * r), skin)
    for side in (-0.38, 0.38):
        _ellipse(picture, (x + side * r, y - 0.15 * r), (0.18 * r, 0.09 * r), (240, 240, 240))
        _ellipse(picture, (x + side * r, y - 0.15 * r), (0.08 * r, 0.09 * r), (30, 20, 15))
        _ellipse(picture, (x + side * r, y - 0.4 * r), (0.25 * r, 0.05 * r), (40, 30, 25))
    _ellipse(picture, (x, y + 0.25 * r), (0.12 * r, 0.2 * r), (190, 140, 112))
    _ellipse(picture, (x, y + 0.62 * r), (0.33 * r, 0.1 * r), (170, 70, 72))
    soft = _field(cv2.GaussianBlur(picture, (0, 0), r / 40))
    return soft * (1 + 0.15 * smooth(dice, height, width, r)[..., None])


def _cat(dice: Generator, height: int, width: int) -> Field:
    picture = table(str(dice.choice(("wood", "cloth", "tiles", "plain"))), dice, height, width)
    x, y, r = width * 0.5, height * dice.uniform(0.35, 0.5), min(height, width) * 0.25
    fur = tuple(
        float(v) for v in ((205, 150, 90), (120, 115, 110), (235, 230, 225))[dice.integers(3)]
    )
    mask = np.zeros((height, width), np.float32)
    cv2.ellipse(mask, (int(x), int(y + 1.9 * r)), (int(1.3 * r), int(1.7 * r)), 0, 0, 360, 1, -1)
    cv2.ellipse(mask, (int(x), int(y)), (int(r), int(0.9 * r)), 0, 0, 360, 1, -1)
    for side in (-1, 1):
        ear = ((0.95, -0.3), (0.85, -1.4), (0.2, -0.75))
        corners = np.array([[x + side * a * r, y + b * r] for a, b in ear], np.int32)
        cv2.fillPoly(mask, [corners], 1)
    coat = _field(fur) * (1 + 0.25 * smooth(dice, height, width, 4)[..., None])
    stripes = np.sin(np.linspace(0, 60, height))[:, None] + smooth(dice, height, width, 50)
    coat[stripes > 0.9] *= 0.6
    picture = _field(np.where(cv2.GaussianBlur(mask, (0, 0), 3)[..., None] > 0.5, coat, picture))
    for eye in (-0.4, 0.4):
        _ellipse(picture, (x + eye * r, y - 0.1 * r), (0.2 * r, 0.17 * r), (190, 200, 60))
        _ellipse(picture, (x + eye * r, y - 0.1 * r), (0.06 * r, 0.16 * r), (10, 10, 10))
        for hang in (0.2, 0.35, 0.5):
            end = (int(x + 3.4 * eye * r), int(y + hang * r))
            cv2.line(picture, (int(x), int(y + 0.35 * r)), end, (240, 240, 240), 2, cv2.LINE_AA)
    _ellipse(picture, (x, y + 0.3 * r), (0.1 * r, 0.07 * r), (220, 130, 130))
    return picture


def _hills(dice: Generator, height: int, width: int) -> Field:
    picture = _field(
        np.linspace((120, 170, 230), (225, 235, 245), height)[:, None].repeat(width, 1)
    )
    for layer in range(4):
        line = height * (0.35 + 0.14 * layer) + 0.1 * height * smooth(dice, 1, width, width / 5)[0]
        below = np.arange(height)[:, None] > line[None]
        green = _field((60 - 8 * layer, 120 - 14 * layer, 70 - 12 * layer))
        picture[below] = green + 18 * smooth(dice, height, width, 4)[below][:, None]
    return picture


def _plate(dice: Generator, height: int, width: int) -> Field:
    picture = table(str(dice.choice(("wood", "cloth", "plain", "mat"))), dice, height, width)
    x, y, r = width / 2, height / 2, min(height, width) * dice.uniform(0.3, 0.42)
    _ellipse(picture, (x, y), (r, r), (238, 238, 236))
    _ellipse(picture, (x, y), (0.82 * r, 0.82 * r), (222, 222, 220))
    for _ in range(60):
        away, turn = r * 0.6 * dice.random() ** 0.5, dice.uniform(0, 6.3)
        colour = ((205, 195, 150), (90, 130, 50), (150, 70, 40))[dice.integers(3)]
        at = (x + away * np.cos(turn), y + away * np.sin(turn))
        _ellipse(picture, at, (0.1 * r, 0.05 * r), colour)
    return picture
