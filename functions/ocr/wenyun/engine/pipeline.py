"""One picture's life: enhance, detect, orient, recognise, read again, order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from wenyun.deadline import Deadline
from wenyun.engine.chunks import read_crops
from wenyun.engine.decoding.aids import wishes_of
from wenyun.engine.foresight import LAYOUT, foresee
from wenyun.engine.geometry import Image, Quad
from wenyun.engine.layout.page import lay_out
from wenyun.engine.layout.turns import turn_points
from wenyun.engine.lines import Line
from wenyun.engine.orient import Way, settle_page, settle_way
from wenyun.engine.profiles import PROFILES, Profile
from wenyun.engine.quality import enhance, wants_enhancement
from wenyun.engine.scale import probe_scale, second_scale, third_scale
from wenyun.engine.singles import settle_heads, settle_tall
from wenyun.engine.stopwatch import Stopwatch
from wenyun.engine.toolbox import FIRST, SECOND, Toolbox
from wenyun.errors import WenyunError
from wenyun.options import Options
from wenyun.result import Page
from wenyun.values import Area

MODEL_NAMES = {FIRST: "crnn", SECOND: "second"}

SECOND_MARGIN = 0.03
"""Where models are not calibrated: the second reads better than it is sure, by so much."""

LIKELIER = 0.2
"""Where they are calibrated: what the first is unsure of the second mostly reads better. On drawn
lines a little more is right with this margin than without (`tests.bench.decoding --sent`)."""

LINE_RATIO, LINE_HEIGHT = 2.0, 120
"""A picture so much wider than high, and not higher than this, may be one line."""

LINE_SURE = 0.85
"""Reading such a picture as one line this surely settles that it is one."""


@dataclass(frozen=True, slots=True)
class Job:
    """What the stages of one request share."""

    options: Options
    profile: Profile
    deadline: Deadline
    clock: Stopwatch = field(default_factory=Stopwatch)


class Engine:
    """Reads pictures. Safe to use from several threads."""

    def __init__(self, tools: Toolbox) -> None:
        self.tools = tools

    def read(self, picture: Image, options: Options, deadline: Deadline, number: int = 1) -> Page:
        """Read one page.

        Args:
            picture: (H, W, 3) uint8 BGR as displayed.
            options: What was asked for.
            deadline: Looked at between batches.
            number: The page's number in its document, from 1.

        Raises:
            WenyunError: `time_limit`, or `invalid_option` for a region outside the picture.
        """
        job = Job(options, PROFILES[options.profile], deadline)
        area, image = cut_region(picture, options.region)
        image = self._enhanced(image, job)
        lines = self._as_one_line(image, job) or self._page_lines(image, area, job)
        lines = self._second_opinion(lines, image, job)
        lines = [line for line in lines if line.is_text]
        deadline.check()
        with job.clock.stage("layout"):
            return lay_out(lines, (area.x, area.y), picture, number, job.clock.seconds)

    def _enhanced(self, image: Image, job: Job) -> Image:
        with job.clock.stage("enhance"):
            wish = job.options.enhance
            wanted = wish == "on" or (wish == "auto" and wants_enhancement(image))
            return enhance(image) if wanted else image

    def _as_one_line(self, image: Image, job: Job) -> list[Line]:
        """The picture as a single line, if it reads surely as one: no detection is needed then.

        A column is not told so from several short lines one below the other.
        """
        long, short = max(image.shape[:2]), min(image.shape[:2])
        if long < LINE_RATIO * short or short > LINE_HEIGHT or job.options.ignore:
            return []
        read = partial(self._read, image=image, role=FIRST, job=job)
        found = settle_page([whole(image)], job.options.direction, read)
        return found if found[0].confidence >= LINE_SURE and not found[0].column else []

    def _page_lines(self, image: Image, area: Area, job: Job) -> list[Line]:
        roles = (FIRST, SECOND) if job.profile.sends_on else (FIRST,)
        foresee(self.tools.sessions, roles, self.tools.executor.threads, (LAYOUT,))
        with job.clock.stage("detect"):
            quads = self._detect(image, job)
        lines = outside([Line(quad) for quad in quads], area, job.options.ignore)
        read = partial(self._read, image=image, role=FIRST, job=job)
        with job.clock.stage("orient"):
            lines, way = settle_way(lines, job.options.direction, read)
        if way.turn % 180:
            lines = outside(self._found_upright(image, way, job), area, job.options.ignore)
        with job.clock.stage("orient"):
            lines = settle_tall(lines, job.options.direction, read)
        unread = [i for i, line in enumerate(lines) if line.reading is None]
        for index, line in zip(unread, read([lines[i] for i in unread]), strict=True):
            lines[index] = line
        with job.clock.stage("orient"):
            return settle_heads(lines, image, self.tools.line_angle, read, job.deadline)

    def _found_upright(self, image: Image, way: Way, job: Job) -> list[Line]:
        """The lines of a page that lies on its side, found once it is turned upright.

        The detector finds lines that lie on their side less well where they stand close together.
        """
        with job.clock.stage("detect"):
            upright = np.ascontiguousarray(np.rot90(image, -way.turn // 90))
            quads = self._detect(upright, job)
        size = (upright.shape[1], upright.shape[0])
        back = (turn_points(quad, 360 - way.turn, size) for quad in quads)
        return [Way(0, way.columns)(Line(quad)) for quad in back]

    def _detect(self, image: Image, job: Job) -> list[Quad]:
        job.deadline.check()
        detector = self.tools.detector(job.profile.detector)
        height, width = image.shape[:2]
        scale = probe_scale(width, height)
        quads: list[Quad] = []
        for closer in (second_scale, third_scale):
            quads = detector.detect(image, scale, job.deadline)
            wanted = closer(quads, scale, (width, height), job.profile.scale)
            if wanted is None:
                return quads
            scale = wanted
        return detector.detect(image, scale, job.deadline)

    def _read(self, lines: Sequence[Line], image: Image, role: str, job: Job) -> list[Line]:
        if not lines:
            return []
        with job.clock.stage("recognise" if role == FIRST else "second"):
            wishes = wishes_of(job.options)
            recogniser = self.tools.recogniser(role, job.options.lang, wishes)
            crops = [line.crop(image) for line in lines]
            readings = read_crops(
                crops, lambda own: recogniser.read(own, self.tools.executor, job.deadline)
            )
        name = MODEL_NAMES[role]
        return [line.read_as(r, name) for line, r in zip(lines, readings, strict=True)]

    def _second_opinion(self, lines: list[Line], image: Image, job: Job) -> list[Line]:
        """Lines that the profile sends on are read again; the surer reading is kept."""
        sent = [i for i, line in enumerate(lines) if job.profile.sends(line)]
        if not sent or not self.tools.has_second():
            return lines
        settled = list(lines)
        again = self._read([lines[i] for i in sent], image, SECOND, job)
        for index, line in zip(sent, again, strict=True):
            if surer(line, lines[index]):
                settled[index] = line
        return settled


def surer(second: Line, first: Line) -> bool:
    """Whether the second model's reading is the likelier one to be right."""
    if second.calibrated and first.calibrated:
        return second.likelihood >= first.likelihood - LIKELIER
    return second.confidence >= first.confidence - SECOND_MARGIN


def whole(image: Image) -> Line:
    """A line that fills the picture."""
    height, width = image.shape[:2]
    return Line(np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32))


def cut_region(picture: Image, region: Area | None) -> tuple[Area, Image]:
    """The part of the picture that is asked for, and where it lies.

    Raises:
        WenyunError: `invalid_option` if the region lies outside the picture.
    """
    height, width = picture.shape[:2]
    if region is None:
        return Area(0, 0, width, height), picture
    right, bottom = min(region.x + region.w, width), min(region.y + region.h, height)
    if right - region.x < 1 or bottom - region.y < 1:
        raise WenyunError(
            "invalid_option",
            f"The region lies outside the picture of {width} x {height} pixels.",
            f"识别区域在图片（{width} x {height} 像素）之外。",
            field="region",
        )
    area = Area(region.x, region.y, right - region.x, bottom - region.y)
    return area, picture[area.y : bottom, area.x : right]


def outside(lines: Sequence[Line], area: Area, ignore: Sequence[Area]) -> list[Line]:
    """The lines that lie in no ignored area."""
    return [line for line in lines if not ignored(line.quad, area, ignore)]


def ignored(quad: Quad, area: Area, ignore: Sequence[Area]) -> bool:
    """Whether a line's middle lies in an ignored area; areas are in pixels of the picture."""
    x, y = quad.mean(axis=0) + np.array([area.x, area.y])
    return any(a.x <= x < a.x + a.w and a.y <= y < a.y + a.h for a in ignore)
