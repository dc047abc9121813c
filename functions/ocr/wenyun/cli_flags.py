"""The command line: every option of the service as a flag, built from the one table."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn, TextIO

from wenyun.cli_files import STDIN as STDIN
from wenyun.cli_files import STDOUT, Output, check_targets, label, plan_output
from wenyun.options import SPECS, Options, Spec, describe_options, parse_options
from wenyun.settings import Settings
from wenyun.values_words import MAX_LEXICON_BYTES
from wenyun.version import __version__


@dataclass(frozen=True, slots=True)
class Arguments:
    """What the command line asked for.

    Attributes:
        files: Paths; `-` is standard input.
        options: The options of the service.
        json: Print JSON lines and no text.
        draw: Where to draw the boxes: a picture for one file, else a folder.
        output: Where results are written; None prints them.
        shown: The format that is printed where nothing is written.

    """

    files: tuple[str, ...]
    options: Options
    json: bool = False
    draw: Path | None = None
    output: Output | None = None
    shown: str = "text"

    def drawing(self, name: str) -> Path:
        """Where the drawing of a file goes."""
        assert self.draw is not None
        if len(self.files) == 1 and not self.draw.is_dir():
            return self.draw
        return self.draw / f"{label(name)}.png"


class _Parser(argparse.ArgumentParser):
    """Errors are raised, to be printed in the one way that all errors are."""

    def error(self, message: str) -> NoReturn:
        raise ValueError(f"{message}; try 'wenyun --help'")


def parse_arguments(argv: Sequence[str], settings: Settings, out: TextIO) -> Arguments | None:
    """Read the command line.

    Returns:
        None where it asked for help or the version, which are then written to `out`.

    Raises:
        ValueError: What is wrong with it.
        WenyunError: An option's value is.

    """
    parser = _parser(settings)
    given = vars(parser.parse_intermixed_args(argv))
    if given.pop("help"):
        out.write(parser.format_help())
        return None
    if given.pop("version"):
        out.write(f"wenyun {__version__}\n")
        return None
    files, draw = tuple(given.pop("files")), given.pop("draw")
    if not files:
        parser.error("name at least one FILE")
    json = given.pop("json")
    output, chosen = given.pop("output"), "format" in given
    if "lexicon" in given:
        given["lexicon"] = words_of(given["lexicon"])
    options = parse_options(given, Options(profile=settings.profile))
    formats = options.format if chosen else ()
    draw = Path(draw) if draw else None
    if output in (None, STDOUT):
        shown = _shown(formats, files, out)
        args = Arguments(files, replace(options, format=(shown,)), json, draw, None, shown)
    else:
        plan = plan_output(output, formats, files)
        args = Arguments(files, replace(options, format=plan.formats), json, draw, plan)
    _check_drawings(args)
    return args


def words_of(given: str) -> str:
    """The words of `--lexicon`: what stands there, or in the file after `@`.

    Raises:
        ValueError: The file cannot be read.

    """
    if not given.startswith("@"):
        return given
    try:
        with Path(given[1:]).open(encoding="utf-8-sig") as file:
            # A character more than is allowed: what is too long is told as such.
            return file.read(MAX_LEXICON_BYTES + 1) + "\n"
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"--lexicon {given}: {_why(error)}") from None


def _why(error: OSError | UnicodeDecodeError) -> str:
    return "not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error.strerror)


def _shown(formats: tuple[str, ...], files: tuple[str, ...], out: TextIO) -> str:
    """The format to print; text where none is named."""
    if len(formats) > 1:
        raise ValueError("several formats need a folder: -o FOLDER")
    form = formats[0] if formats else "text"
    if form not in ("text", "json") and len(files) > 1:
        raise ValueError(f"several files as {form} need a folder: -o FOLDER")
    if form == "pdf" and out.isatty():
        raise ValueError("a PDF is nothing for a terminal: -o FILE")
    return form


def _parser(settings: Settings) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="wenyun",
        usage="wenyun [OPTION]… FILE…",
        description="Read the Chinese and English text in pictures and documents.",
        epilog="Reads JPG, PNG, BMP, WebP, GIF, TIFF and PDF. "
        "Exit status: 0 all read, 1 not all, 2 usage.",
        add_help=False,
        allow_abbrev=False,
    )
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="a picture or document; - is standard input"
    )
    parser.add_argument("-h", "--help", action="store_true", help="show this and end")
    parser.add_argument("--version", action="store_true", help="show the version and end")
    parser.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        help="write the result, in the format that the name ends in or --format names; a folder "
        "for several files or formats; - is standard output",
    )
    parser.add_argument(
        "--json", action="store_true", help="print a JSON object a line and file, with boxes"
    )
    parser.add_argument(
        "--draw", metavar="PATH", help="draw the boxes: a picture for one FILE, else a folder"
    )
    defaults = describe_options(Options(profile=settings.profile))
    for spec, described in zip(SPECS.values(), defaults, strict=True):
        _add_flag(parser, spec, described["default"])
    return parser


def _add_flag(parser: argparse.ArgumentParser, spec: Spec, default: object) -> None:
    flag, text = f"--{spec.name}", spec.help["en"].replace("%", "%%")
    absent = argparse.SUPPRESS
    if spec.type == "boolean":
        parser.add_argument(flag, action="store_const", const=True, default=absent, help=text)
    elif spec.type == "areas":
        text = "leave out lines inside this area, in pixels; may come several times"
        parser.add_argument(flag, action="append", default=absent, metavar="X,Y,W,H", help=text)
    elif spec.type == "list":
        text = text.replace("or a JSON list", "or @FILE with a word a line")
        parser.add_argument(flag, default=absent, metavar="WORDS|@FILE", help=text)
    else:
        values = "|".join(spec.enum) if spec.enum else "X,Y,W,H"
        shown = f"{text} Default: {default}." if spec.enum else text
        parser.add_argument(flag, default=absent, metavar=values, help=shown)


def _check_drawings(args: Arguments) -> None:
    """No drawing may cover a source or another drawing."""
    if args.draw is None:
        return
    if len(args.files) > 1 and args.draw.exists() and not args.draw.is_dir():
        raise ValueError(f"--draw {args.draw}: several files need a folder")
    check_targets("--draw", args.files, [args.drawing(name) for name in args.files])
