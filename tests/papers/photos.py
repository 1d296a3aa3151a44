"""Photos of pages as phones take them, good and bad; the same number, the same photo."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray
from PIL import Image

from papers.pixels import Pixels
from tests.papers.certificates import Certificate, certificate
from tests.papers.tables import STRANGERS, TABLES, Field, smooth, stranger, table

Corners = NDArray[np.float32]  # of the page as it reads: top left, then clockwise
Places = NDArray[np.floating]
GOOD = (
    *("plain", "skew", "upside_down", "sideways", "turned_by_tag", "crumpled"),
    *("dim", "shadow", "scan", "held", "warm", "large"),
)
BAD = {
    "out_of_focus": "blurred",
    "shaken": "blurred",
    "dark": "dark",
    "glare": "glare",
    "cut_edge": "cut",
    "cut_corner": "cut",
    "too_near": "cut",
    "far": "small",
    "two_beside": "two_papers",
    "two_over": "two_papers",
    **dict.fromkeys(STRANGERS, "no_page"),
}
SIZES = ((1280, 960), (1600, 1200), (2048, 1536), (1440, 1080))
_HOW_LARGE = {"large": (3264, 2448), "skew": (1600, 1200)}
_TURNS = {"upside_down": 180, "sideways": 90}
_TAG_OF_A_QUARTER = 6  # EXIF orientation: to be turned clockwise by 90 degrees
_FARTHEST = 520  # pixels of a page that nobody can read


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo, and what is to be said of it."""

    name: str
    content: bytes
    fault: str  # "" for a good one
    shown: Certificate | None = None
    corners: Corners | None = None
    longer: int = 0  # pixels of its longer side


def photos(each: int, first: int = 0) -> Iterator[Photo]:
    """So many of every kind, each with a page and a table of its own."""
    for number in range(first, first + each):
        for kind in (*GOOD, *BAD):
            yield photo(kind, number)


def photo(kind: str, number: int, shown: Certificate | None = None) -> Photo:
    """The photo of that kind with that number, of a certificate of its own if none is shown."""
    dice = default_rng([(*GOOD, *BAD).index(kind), number])
    height, width = _HOW_LARGE.get(kind) or SIZES[number % len(SIZES)]
    name = f"{kind}-{number}"
    if kind in STRANGERS:
        return Photo(name, _taken(stranger(kind, dice, height, width), dice, 1), BAD[kind])
    own = certificate(int(dice.integers(48)))
    paper = shown or own
    if kind == "scan":
        return _scan(name, paper, dice)
    if (paper.kind == "award") != (kind in ("sideways", "two_beside")):
        height, width = width, height
    scene = table(TABLES[dice.integers(len(TABLES))], dice, height, width)
    corners = _laid(kind, dice, paper, height, width)
    if BAD.get(kind) == "two_papers":
        corners = _second(kind, scene, corners, dice)
    _put(scene, _crumpled(paper.pixels, dice) if kind == "crumpled" else paper.pixels, corners)
    scene = _spoiled(kind, _lit(scene, kind, dice), corners, dice)
    strength = 0.5 if kind == "large" else 1.0
    content = _taken(scene, dice, strength, tagged=kind == "turned_by_tag")
    return Photo(name, content, BAD.get(kind, ""), paper, corners, max(scene.shape))


# -- where the page lies ---------------------------------------------------------------------------


def _laid(kind: str, dice: Generator, paper: Certificate, height: int, width: int) -> Corners:
    tall, wide = paper.pixels.shape[:2]
    turn = _TURNS.get(kind, 0) * (-1 if dice.random() < 0.5 else 1)
    tilt = dice.uniform(10, 24) * dice.choice((-1, 1)) if kind == "skew" else dice.uniform(-5, 5)
    unit = _tilted(np.array([[-wide, -tall], [wide, -tall], [wide, tall], [-wide, tall]]), turn)
    unit = _tilted(_leant(unit, dice, 0.16 if kind == "skew" else 0.05), tilt)
    span = unit.max(axis=0) - unit.min(axis=0)
    fit = float(min(width / span[0], height / span[1]))
    scale = fit * dice.uniform(0.86, 0.95)
    if kind == "far":
        scale = dice.uniform(0.55, 1) * _FARTHEST / float(span.max())
    if kind == "too_near":
        scale = float(max(width / span[0], height / span[1])) * dice.uniform(1.15, 1.4)
    corners = unit * scale
    free = np.array([width, height]) - span * scale
    middle = np.array([width, height]) / 2 + free * 0.35 * dice.uniform(-1, 1, 2)
    corners = corners - (corners.max(axis=0) + corners.min(axis=0)) / 2 + middle
    if kind in ("cut_edge", "cut_corner"):
        corners = _pushed_out(kind, corners, dice, height, width)
    return corners.astype(np.float32)


def _tilted(points: Places, degrees: float) -> Places:
    angle = np.radians(degrees)
    sine, cosine = np.sin(angle), np.cos(angle)
    return np.asarray(points @ np.array([[cosine, sine], [-sine, cosine]]))


def _leant(points: Places, dice: Generator, most: float) -> Places:
    """As seen by a phone that is not held quite level: what is farther is smaller."""
    lean = dice.uniform(-most, most, 2) / np.abs(points).max(axis=0)
    return np.asarray(points / (1 + points @ lean)[:, None])


def _pushed_out(kind: str, corners: Places, dice: Generator, height: int, width: int) -> Places:
    side = dice.integers(4)
    if kind == "cut_corner":
        middle = corners.mean(axis=0)
        corners = middle + _tilted(
            corners - middle, float(dice.uniform(6, 14) * dice.choice((-1, 1)))
        )
        at = corners[side]
        out = np.where(at < middle, -at, np.array([width, height]) - at)
        share = dice.uniform(0.07, 0.14, 2) * min(height, width)
        return np.asarray(corners + out + np.where(at < middle, -share, share))
    axis, far = side % 2, side < 2
    limit = (width, height)[axis] if far else 0
    reach = corners[:, axis].max() if far else corners[:, axis].min()
    shift = limit - reach + (1 if far else -1) * dice.uniform(0.09, 0.25) * (width, height)[axis]
    moved = corners.copy()
    moved[:, axis] += shift
    return moved


def _second(kind: str, scene: Field, corners: Corners, dice: Generator) -> Corners:
    """Lay another page beside or under; where the first one lies then."""
    size = np.array([scene.shape[1], scene.shape[0]])
    lay = _beside if kind == "two_beside" else _under
    first, second = lay(corners - corners.mean(axis=0), size, dice)
    other = certificate(int(dice.integers(48)))
    middle = size / 2
    _put(scene, _fitting(other, second), (second + middle).astype(np.float32))
    return np.asarray(first + middle, np.float32)


def _beside(page: Places, size: Places, dice: Generator) -> tuple[Places, Places]:
    page = page * (size.min() * dice.uniform(0.64, 0.7) / float(np.abs(page).max() * 2))
    along = np.array([0, 1] if size[1] >= size[0] else [1, 0])
    gap = along * dice.uniform(0.004, 0.05) * size.max()
    away = (page.max(axis=0) - page.min(axis=0)) / 2 * along + gap / 2
    return page - away, page + away


def _under(page: Places, size: Places, dice: Generator) -> tuple[Places, Places]:
    turn = float(dice.uniform(8, 40) * dice.choice((-1, 1)))
    away = size * dice.uniform(0.08, 0.12, 2) * dice.choice((-1, 1), 2)
    return page * 0.72 - away, _tilted(page * 0.68, turn) + away


def _fitting(paper: Certificate, corners: Places) -> Pixels:
    across, down = (np.linalg.norm(corners[at] - corners[0]) for at in (1, 3))
    lies = paper.pixels.shape[1] > paper.pixels.shape[0]
    return np.rot90(paper.pixels).copy() if lies != (across > down) else paper.pixels


# -- paper and light -------------------------------------------------------------------------------


def _put(scene: Field, pixels: Pixels, corners: Corners) -> None:
    height, width = scene.shape[:2]
    tall, wide = pixels.shape[:2]
    shrink = float(np.linalg.norm(corners[1] - corners[0])) / wide
    soft = cv2.GaussianBlur(pixels, (0, 0), 0.4 / shrink) if shrink < 0.8 else pixels
    edges = np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], np.float32)
    view = cv2.getPerspectiveTransform(edges, corners)
    page = cv2.warpPerspective(soft, view, (width, height), flags=cv2.INTER_LINEAR)
    mask = np.zeros((height, width), np.float32)
    cv2.fillConvexPoly(mask, np.round(corners * 16).astype(np.int32), 1.0, cv2.LINE_AA, 4)
    coarse = cv2.resize(mask, (width // 4, height // 4), interpolation=cv2.INTER_AREA)
    fall = cv2.resize(cv2.GaussianBlur(coarse, (0, 0), width / 800), (width, height))
    scene *= 1 - 0.4 * np.roll(fall, (width // 150,) * 2, (0, 1))[..., None]
    scene += (page * np.float32(0.93) - scene) * mask[..., None]


def _crumpled(pixels: Pixels, dice: Generator) -> Pixels:
    """Folded and smoothed out again: bent lines, and light that breaks at every fold."""
    height, width = pixels.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    slope = np.ones((height, width), np.float32)
    for _ in range(int(dice.integers(5, 12))):
        turn, at = dice.uniform(0, np.pi), dice.uniform(0.2, 0.8, 2) * (width, height)
        away = (columns - at[0]) * np.cos(turn) + (rows - at[1]) * np.sin(turn)
        slope += dice.uniform(0.04, 0.1) * np.sign(away) * np.exp(-np.abs(away) / 120)
    shift = 9 * smooth(dice, height, width, 300)
    bent = cv2.remap(pixels, columns + shift, rows + shift, cv2.INTER_LINEAR, borderMode=1)
    return np.asarray(np.clip(bent * slope[..., None], 0, 255), np.uint8)


def _lit(scene: Field, kind: str, dice: Generator) -> Field:
    height, width = scene.shape[:2]
    light = dice.uniform(0.82, 1.02) * (1 + 0.1 * smooth(dice, height, width, max(height, width)))
    if kind == "dim":
        light = light * dice.uniform(0.45, 0.6)
    if kind == "shadow":
        edge = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j][dice.integers(2)]
        light = light * (0.55 + 0.45 / (1 + np.exp((edge - dice.uniform(0.3, 0.7)) * 30)))
    tint = (1.04, 0.97, 0.8) if kind == "warm" else 1 + dice.uniform(-0.03, 0.03, 3)
    return np.asarray(scene * light[..., None] * np.asarray(tint), np.float32)


def _spoiled(kind: str, scene: Field, corners: Corners, dice: Generator) -> Field:
    size = float(np.linalg.norm(corners[2] - corners[0])) / 2000
    match kind:
        case "out_of_focus":
            return _as_field(cv2.GaussianBlur(scene, (0, 0), size * dice.uniform(3.2, 7)))
        case "shaken":
            return _shaken(scene, int(size * dice.uniform(14, 28)) | 1, float(dice.uniform(0, 180)))
        case "dark":
            return scene * float(dice.uniform(0.07, 0.17))
        case "glare":
            return _glaring(scene, corners, dice)
        case "held":
            return _held(scene, corners, dice)
        case _:
            return scene


def _as_field(values: object) -> Field:
    return np.asarray(values, dtype=np.float32)


def _shaken(scene: Field, length: int, degrees: float) -> Field:
    way = np.zeros((length, length), np.float32)
    way[length // 2] = 1
    spin = cv2.getRotationMatrix2D(((length - 1) / 2, (length - 1) / 2), degrees, 1)
    way = _as_field(cv2.warpAffine(way, spin, (length, length)))
    return _as_field(cv2.filter2D(scene, -1, way / way.sum()))


def _glaring(scene: Field, corners: Corners, dice: Generator) -> Field:
    """A lamp or a window mirrored on the page: white, round or long, soft at its edge."""
    height, width = scene.shape[:2]
    across, down = corners[1] - corners[0], corners[3] - corners[0]
    at = corners[0] + across * dice.uniform(0.25, 0.75) + down * dice.uniform(0.2, 0.7)
    size = float(np.linalg.norm(across)) * dice.uniform(0.13, 0.24)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    turn, stretch = dice.uniform(0, np.pi), dice.uniform(1, 2.2)
    x, y = columns - at[0], rows - at[1]
    along = (x * np.cos(turn) + y * np.sin(turn)) / (size * stretch)
    aside = (y * np.cos(turn) - x * np.sin(turn)) / size
    shine = 330 / (1 + np.exp((np.hypot(along, aside) - 1) * dice.uniform(5, 10)))
    return _as_field(scene * 0.86 + shine[..., None])


def _held(scene: Field, corners: Corners, dice: Generator) -> Field:
    """A thumb holds the page at one side."""
    side = int(dice.integers(4))
    along = dice.uniform(0.3, 0.7)
    at = corners[side] * along + corners[(side + 1) % 4] * (1 - along)
    size = float(np.linalg.norm(corners[2] - corners[0])) * 0.028
    away = at - corners.mean(axis=0)
    degrees = float(np.degrees(np.arctan2(away[1], away[0])))
    axes = (int(size * 3), int(size))
    end = at + away / np.linalg.norm(away) * size * 1.8
    centre = (int(end[0]), int(end[1]))
    cv2.ellipse(scene, centre, axes, degrees, 0, 360, (196, 148, 120), -1, cv2.LINE_AA)
    return scene


# -- the phone -------------------------------------------------------------------------------------


def _scan(name: str, paper: Certificate, dice: Generator) -> Photo:
    """From a flatbed or a scanning app: the page alone, to its edges."""
    light = dice.uniform(0.95, 1.05)
    content = _taken(paper.pixels.astype(np.float32) * light, dice, 0.2)
    height, width = paper.pixels.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    return Photo(name, content, "", paper, corners, max(height, width))


def _taken(scene: Field, dice: Generator, noise: float, *, tagged: bool = False) -> bytes:
    grain = dice.standard_normal(scene.shape[:2], np.float32) * (noise * dice.uniform(1.5, 4))
    pixels = np.clip(scene + grain[..., None], 0, 255).astype(np.uint8)
    picture = Image.fromarray(np.rot90(pixels).copy() if tagged else pixels)
    tag = Image.Exif()
    if tagged:
        tag[0x0112] = _TAG_OF_A_QUARTER
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=int(dice.integers(62, 92)), exif=tag)
    return content.getvalue()
