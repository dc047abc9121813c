"""The command `wenyun FILE…`: reads pictures and prints their text.

Nothing heavy is imported before the arguments are known to be good.
"""

import signal
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from wenyun import collector
from wenyun.cli_flags import Arguments, parse_arguments
from wenyun.cli_input import read_input
from wenyun.cli_output import Made, Printer, make
from wenyun.cli_progress import progress_for
from wenyun.cli_streams import (
    Streams,
    forget_stdout,
    is_own_process,
    leave,
    standard_streams,
)
from wenyun.deadline import Deadline
from wenyun.errors import WenyunError
from wenyun.settings import Settings

if TYPE_CHECKING:
    from wenyun.documents.reader import Progress as Told
    from wenyun.documents.reader import Reader
    from wenyun.result import Document

OK, FAILED, USAGE = 0, 1, 2
SCRIPT, MODULE = "wenyun", "wenyun.cli"

INTERRUPTED = 128 + signal.SIGINT
BROKEN_PIPE = 128 + 13
"""What a shell reports for a process that SIGPIPE ended."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the result is its exit status.

    A process that is nothing but this command ends here, as fast as it can.
    """
    own = argv is None and is_own_process(SCRIPT, MODULE)
    if own:
        collector.hold()
    status = _status(sys.argv[1:] if argv is None else argv)
    if own:
        leave(status)
    return status


def _status(argv: Sequence[str]) -> int:
    with standard_streams() as streams:
        try:
            return _start(argv, streams)
        except KeyboardInterrupt:
            return INTERRUPTED
        except BrokenPipeError:
            forget_stdout()
            return BROKEN_PIPE


def run(args: Arguments, reader: "Reader", streams: Streams) -> int:
    """Read every file in turn; one that fails is named on `err` and the others go on.

    Args:
        args: What the command line asked for.
        reader: Reads the files.
        streams: Standard input, output and error.

    """
    printer, failures = Printer(args, streams), 0
    with progress_for(len(args.files), streams.err) as progress:
        for name in args.files:
            start = time.perf_counter()
            result = _read(name, args, reader, streams, progress.pages)
            seconds = time.perf_counter() - start
            with progress.aside():
                if isinstance(result, WenyunError):
                    failures += 1
                    _complain(streams.err, result, name)
                    printer.failure(name, result)
                else:
                    printer.success(name, *result, seconds)
            progress.step()
    return FAILED if failures else OK


def _read(
    name: str, args: Arguments, reader: "Reader", streams: Streams, told: "Told"
) -> "tuple[Document, Made] | WenyunError":
    """The document in one file and what was made of it, or why there is none."""
    try:
        data = read_input(name, streams.stdin)
        document = reader.read(data, args.options, Deadline(), progress=told)
        if args.draw is not None:
            from wenyun.cli_draw import draw

            draw(data, document, args.options, args.drawing(name))
        return document, make(name, document, data, args)
    except WenyunError as error:
        return error
    except Exception as error:  # noqa: BLE001 - one bad file must not keep the others unread
        return WenyunError("internal", f"{type(error).__name__}: {error}")


def _start(argv: Sequence[str], streams: Streams) -> int:
    try:
        settings = Settings.from_env()
        args = parse_arguments(argv, settings, streams.out)
        streams.out.flush()
    except (WenyunError, ValueError) as error:
        _complain(streams.err, error)
        return USAGE
    if args is None:
        return OK
    reader = _reader(settings, streams.err)
    collector.release()
    return FAILED if reader is None else run(args, reader, streams)


def _reader(settings: Settings, err: TextIO) -> "Reader | None":
    """The engine on the model layer; None where that is missing or broken, said on `err`."""
    where = settings.model_dir
    if not (where / "manifest.json").is_file():
        err.write(
            f"wenyun: no model layer in {where}: run 'make layer', or set OCR_MODEL_DIR to it\n"
        )
        return None
    from wenyun.models.manifest import LayerError
    from wenyun.wiring import make_reader

    try:
        return make_reader(settings)
    except LayerError as error:
        _complain(err, error)
        return None


def _complain(err: TextIO, error: Exception, name: str = "") -> None:
    """One line, whatever the message holds."""
    code = f" ({error.code})" if isinstance(error, WenyunError) else ""
    where = f"{name}: " if name else ""
    line = " ".join(f"wenyun: {where}{error}{code}".split())
    err.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
