"""The corpus under events/ is what its generator makes, with a picture that people can read."""

import io
import json

import pytest
from PIL import Image, ImageChops

from tests.awskit.corpus import FOLDER, build_events, event_picture
from tests.awskit.picture import SIZE, draw_picture

BUILT = build_events(event_picture())


def test_folder_holds_these_events_and_no_others() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == sorted(BUILT)


@pytest.mark.parametrize("name", sorted(BUILT))
def test_file_is_what_the_generator_makes(name: str) -> None:
    assert json.loads((FOLDER / f"{name}.json").read_text("utf-8")) == BUILT[name]


def test_picture_is_what_the_generator_draws() -> None:
    stored, drawn = (
        Image.open(io.BytesIO(data)).convert("L") for data in (event_picture(), draw_picture())
    )
    assert stored.size == drawn.size == SIZE
    differs = ImageChops.difference(stored, drawn).histogram()
    # Another build of the font renderer may shade an edge otherwise.
    assert sum(differs[64:]) < 0.01 * SIZE[0] * SIZE[1]


def test_files_are_small() -> None:
    assert all(path.stat().st_size < 6000 for path in FOLDER.glob("*.json"))
