"""A file to its pages, by what its content says that it is."""

from dataclasses import dataclass

from wenyun.deadline import Deadline
from wenyun.documents.decode import Picture, decode
from wenyun.documents.reader import Limits
from wenyun.documents.sheets import Sheet, Sheets
from wenyun.documents.sniff import sniff
from wenyun.options import Options


@dataclass(frozen=True, slots=True)
class PictureSheets:
    """A picture is a file of one page."""

    picture: Picture

    @property
    def count(self) -> int:
        """One."""
        return 1

    def sheet(self, number: int) -> Sheet:
        """The picture, whatever the number."""
        height, width = self.picture.pixels.shape[:2]
        return Sheet(number, width, height, self.picture.pixels, warnings=self.picture.warnings)

    def close(self) -> None:
        """Nothing is held."""


def open_sheets(data: bytes, options: Options, limits: Limits, deadline: Deadline) -> Sheets:
    """Open a file of any format that is read.

    Args:
        data: The whole file.
        options: Its `password` and `pdf_mode` hold here.
        limits: Its `pixels` hold here; bytes are counted where the file comes in.
        deadline: When the time is up.

    Raises:
        WenyunError: `empty_file`, `unsupported_image`, `too_many_pixels`, `image_too_small`,
            `corrupt_image`, `corrupt_pdf` or `pdf_password_required`.

    """
    kind = sniff(data)
    # Imported at first need: no start pays for formats it never sees.
    if kind == "pdf":
        from wenyun.documents.pdf.sheets import PdfSheets

        return PdfSheets(data, options, limits, deadline)
    if kind == "tiff":
        from wenyun.documents.tiff_sheets import open_tiff

        return open_tiff(data, limits)
    return PictureSheets(decode(data, limits))
