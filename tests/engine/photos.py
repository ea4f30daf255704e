"""Photographs of pages, as a hand-held camera takes them of paper on a desk."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.scan.frame import Pixels

Points = NDArray[np.float64]

# In heights of the page: how far the camera is away.
_DISTANCE = 2.0
# The strips that a curled page is bent in.
_STRIPS = 48


class Photo(NamedTuple):
    """How a page was taken. Angles in degrees.

    `tilt`: its top leans away from the camera. `pan`: its right side does. `roll`: clockwise, in the picture.
    `curl`: height of its bend over its width. `megapixels`: of the picture. `filled`: share of it that the page
    spans. `desk`: whether there is one around the page, else all beside it is white. `shade`: how much darker the
    darkest part is, 0..1. `blur`: pixels. `noise`: grey levels. `quality`: of the JPEG, 1..100.
    """

    tilt: float = 0.0
    pan: float = 0.0
    roll: float = 0.0
    curl: float = 0.0
    megapixels: float = 2.0
    filled: float = 0.9
    desk: bool = True
    shade: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    quality: int = 100


class Taken(NamedTuple):
    """A photograph (HxWx3 RGB) and where points of the page are in it."""

    pixels: Pixels
    mesh: Points
    width: int
    height: int

    def points(self, of_page: Points) -> Points:
        """Nx2 points of the page, in its pixels, on the photograph."""
        strips = len(self.mesh) - 1
        found = []
        for x, y in of_page:
            place = min(max(x / self.width * strips, 0.0), float(strips))
            left = min(int(place), strips - 1)
            sides = self._strip(left, left + 1)
            square = np.array([[[x, y]]], np.float32)
            found.append(cv2.perspectiveTransform(square, sides)[0, 0])
        return np.array(found, np.float64)

    def _strip(self, left: int, right: int) -> NDArray[np.float64]:
        return _strip(self.mesh, left, right, self.width, self.height)


def photographed(page: Pixels, photo: Photo) -> Taken:
    """The photograph of a page (HxWx3 RGB)."""
    height, width = page.shape[:2]
    mesh = _mesh(width / height, photo)
    low, high = mesh.min(axis=(0, 1)), mesh.max(axis=(0, 1))
    sides = (high - low) / photo.filled
    scale = np.sqrt(photo.megapixels * 1e6 / (sides[0] * sides[1]))
    size = (int(sides[0] * scale), int(sides[1] * scale))
    mesh = (mesh - (low + high) / 2) * scale + np.array(size) / 2
    random = np.random.default_rng(7)
    taken = _desk(size, random) if photo.desk else np.full((size[1], size[0], 3), 255, np.uint8)
    shrunk = min(1.0, 1.5 * scale / height)
    seen = cv2.resize(page, None, fx=shrunk, fy=shrunk, interpolation=cv2.INTER_AREA) if shrunk < 1 else page
    for left, right in pairwise(range(len(mesh))):
        _paste(taken, seen, mesh, left, right)
    return Taken(_developed(taken, photo, random), mesh, width, height)


def _mesh(aspect: float, photo: Photo) -> Points:
    """Where the upper and lower ends of the strips are seen, Nx2x2, in heights of the page from the middle."""
    strips = _STRIPS if photo.curl else 1
    across = np.linspace(-0.5, 0.5, strips + 1)
    bend = photo.curl * aspect * (np.cos(np.pi * across) - 2 / np.pi + 0.5 * np.sin(2 * np.pi * across))
    corners = np.array(
        [[[x * aspect, y, -z] for y in (-0.5, 0.5)] for x, z in zip(across, bend, strict=True)], np.float64
    )
    tilt, pan, roll = np.deg2rad([photo.tilt, photo.pan, photo.roll])
    leaning = np.array([[1, 0, 0], [0, np.cos(tilt), np.sin(tilt)], [0, -np.sin(tilt), np.cos(tilt)]])
    aside = np.array([[np.cos(pan), 0, -np.sin(pan)], [0, 1, 0], [np.sin(pan), 0, np.cos(pan)]])
    turned = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    placed = corners @ (turned @ aside @ leaning).T
    return np.asarray(placed[..., :2] * (_DISTANCE / (_DISTANCE + placed[..., 2:])), np.float64)


def _strip(mesh: Points, left: int, right: int, width: float, height: float) -> NDArray[np.float64]:
    """3x3: from the page to the photograph, for the part between two sides of the mesh."""
    strips = len(mesh) - 1
    from_x, to_x = width * left / strips, width * right / strips
    flat = np.array([[from_x, 0], [to_x, 0], [to_x, height], [from_x, height]], np.float32)
    seen = np.array([mesh[left, 0], mesh[right, 0], mesh[right, 1], mesh[left, 1]], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(flat, seen), np.float64)


def _paste(taken: Pixels, page: Pixels, mesh: Points, left: int, right: int) -> None:
    height, width = page.shape[:2]
    matrix = _strip(mesh, left, right, width, height)
    ends = np.array([mesh[left, 0], mesh[right, 0], mesh[right, 1], mesh[left, 1]])
    x1, y1 = np.maximum(np.floor(ends.min(axis=0)).astype(int) - 1, 0)
    x2, y2 = np.ceil(ends.max(axis=0)).astype(int) + 1
    part = taken[y1:y2, x1:x2]
    moved = np.array([[1, 0, -x1], [0, 1, -y1], [0, 0, 1]], np.float64) @ matrix
    warped = cv2.warpPerspective(
        page, moved, (part.shape[1], part.shape[0]), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    inside = np.zeros(part.shape[:2], np.uint8)
    cv2.fillConvexPoly(inside, np.round((ends - (x1, y1)) * 16).astype(np.int32), (1,), cv2.LINE_8, 4)
    part[inside == 1] = warped[inside == 1]


def _desk(size: tuple[int, int], random: np.random.Generator) -> Pixels:
    """Brown wood with a grain across."""
    width, height = size
    grain = random.normal(0, 1, (max(8, height // 4), max(8, width // 40))).astype(np.float32)
    grain = cv2.GaussianBlur(cv2.resize(grain, size, interpolation=cv2.INTER_CUBIC), (0, 0), 1.5)
    wood = np.array([110, 78, 52], np.float32) * (1 + 0.12 * grain[:, :, None])
    return np.asarray(wood.clip(0, 255), np.uint8)


def _developed(taken: Pixels, photo: Photo, random: np.random.Generator) -> Pixels:
    """With its light, blur, noise and loss of compression."""
    height, width = taken.shape[:2]
    seen = taken.astype(np.float32)
    if photo.shade:
        seen *= _light(width, height, photo.shade)[:, :, None]
    if photo.blur:
        seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), photo.blur), np.float32)
    if photo.noise:
        seen += random.normal(0, photo.noise, (height, width, 1)).astype(np.float32)
    pixels = np.asarray(seen.clip(0, 255), np.uint8)
    if photo.quality < 100:
        _, data = cv2.imencode(".jpg", pixels[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, photo.quality])
        pixels = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)[:, :, ::-1]
    return np.ascontiguousarray(pixels)


def _light(width: int, height: int, shade: float) -> NDArray[np.float32]:
    """A lamp from the left and the shadow of a hand over the lower right corner."""
    x, y = np.meshgrid(np.linspace(0, 1, width, dtype=np.float32), np.linspace(0, 1, height, dtype=np.float32))
    lamp = 1 - 0.6 * shade * x
    shadow = 1 / (1 + np.exp(-((x + 0.7 * y) - 1.0) * 40))
    return np.asarray(lamp * (1 - 0.4 * shade * shadow), np.float32)
