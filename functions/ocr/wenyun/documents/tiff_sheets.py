"""The pages of a TIFF, each decoded when its turn comes."""

from dataclasses import dataclass

from wenyun.documents.decode import decode
from wenyun.documents.formats.ifd import beginning_at
from wenyun.documents.formats.tiff import page_offsets
from wenyun.documents.reader import Limits
from wenyun.documents.sheets import Sheet
from wenyun.errors import WenyunError


@dataclass(frozen=True, slots=True)
class TiffSheets:
    """An open TIFF; see `Sheets`. Each page is a file of its own to the decoder and its limits."""

    data: bytes
    limits: Limits
    offsets: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many pages the file has."""
        return len(self.offsets)

    def sheet(self, number: int) -> Sheet:
        """Decode one page, numbered from 1."""
        alone = self.data if number == 1 else beginning_at(self.data, self.offsets[number - 1])
        picture = decode(alone, self.limits)
        height, width = picture.pixels.shape[:2]
        return Sheet(number, width, height, picture.pixels, warnings=picture.warnings)

    def close(self) -> None:
        """Nothing is held."""


def open_tiff(data: bytes, limits: Limits) -> TiffSheets:
    """Find a TIFF's pages.

    Raises:
        WenyunError: `corrupt_image` where there is none.

    """
    offsets = tuple(page_offsets(data))
    if not offsets:
        raise WenyunError("corrupt_image")
    return TiffSheets(data, limits, offsets)
