"""The embedded server: `python -m wenyun.server` serves the page and the API on one machine."""

import sys

from wenyun import collector
from wenyun.errors import WenyunError
from wenyun.listening import listen
from wenyun.models.manifest import LayerError
from wenyun.settings import Settings


def main() -> int:
    """Serve until told to stop; the exit status is 0 after an orderly stop."""
    collector.hold()
    try:
        settings = Settings.from_env()
        _require_models(settings)
        listener = listen(settings)
        # After the checks, so that their one line comes at once.
        from wenyun.wiring import make_jobs, make_lasting_reader

        reader = make_lasting_reader(settings)
        jobs = make_jobs(settings) if settings.store == "embedded" else None
    except (ValueError, OSError, WenyunError, LayerError) as error:
        sys.stderr.write(f"wenyun: {error}\n")
        return 1
    # The framework is imported while the models open.
    from wenyun.serving import serve

    return serve(settings, reader, listener, jobs)


def _require_models(settings: Settings) -> None:
    if not (settings.model_dir / "manifest.json").is_file():
        raise OSError(
            f"there are no models in {settings.model_dir}: run `make layer`, or point "
            "OCR_MODEL_DIR at a built layer"
        )


if __name__ == "__main__":
    sys.exit(main())
