"""Settings from the environment, read once and passed down."""

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LAMBDA_MB_PER_CPU = 1769
"""AWS Lambda gives one vCPU of credit for each 1,769 MB of memory."""

LAMBDA_BODY_BYTES = 4_500_000
"""A Lambda payload is 6 MB with the body in base64, so about 4.5 MB raw."""

JOB_TIMES = 5
"""A job's file may have so many times the bytes of one that is answered at once."""

AWS_JOB_BYTES = 100_000_000
"""The same on AWS, where a file goes to S3 and not through a function: what the embedded server
takes by default. A worker holds it once, and PDFium's process a second time."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One field a setting of the contract; sizes in bytes and pixels."""

    host: str = "127.0.0.1"
    port: int = 5000
    model_dir: Path = Path("/opt/models")
    role: str = "api"
    store: str = "embedded"
    data_dir: Path = Path("data")
    region: str = ""
    upload_bucket: str = ""
    result_bucket: str = ""
    queue_url: str = ""
    given_up_queue: str = ""
    dead_letter_url: str = ""
    table: str = ""
    max_bytes: int = 20_000_000
    max_pixels: int = 50_000_000
    sync_pages: int = 5
    threads: int = 1
    workers: int = 1
    api_key: str = ""
    cors_origins: tuple[str, ...] = ("*",)
    base_path: str = ""
    profile: str = "balanced"

    @property
    def job_bytes(self) -> int:
        """Bytes that a job's file may have: nobody holds a connection open for it.

        On AWS what accepts jobs has a smaller `max_bytes` than what reads them, so that both agree
        on a number of its own.
        """
        least = AWS_JOB_BYTES if self.store == "aws" else 0
        return max(least, JOB_TIMES * self.max_bytes)

    @property
    def aws_jobs(self) -> bool:
        """Whether all that jobs need on AWS is named."""
        places = (self.table, self.queue_url, self.upload_bucket, self.result_bucket)
        return self.store == "aws" and all(places)

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Read the environment; a value that cannot be understood is a ValueError naming it."""
        on_lambda = bool(env.get("AWS_LAMBDA_FUNCTION_NAME"))
        threads = _number(env, "OCR_THREADS", default_threads(env))
        return cls(
            host=env.get("HOST") or "127.0.0.1",
            port=_number(env, "PORT", 5000),
            model_dir=find_model_dir(env),
            role=_choice(env, "OCR_ROLE", ("api", "worker")),
            store=_choice(
                env, "OCR_STORE", ("aws", "embedded") if on_lambda else ("embedded", "aws")
            ),
            data_dir=Path(env.get("OCR_DATA_DIR", "/tmp/wenyun" if on_lambda else "data")),  # noqa: S108
            region=env.get("AWS_REGION", ""),
            upload_bucket=env.get("OCR_UPLOAD_BUCKET", ""),
            result_bucket=env.get("OCR_RESULT_BUCKET", ""),
            queue_url=env.get("OCR_QUEUE_URL", ""),
            given_up_queue=env.get("OCR_GIVEN_UP_QUEUE", ""),
            dead_letter_url=env.get("OCR_DEAD_LETTER_URL", ""),
            table=env.get("OCR_TABLE", ""),
            max_bytes=_number(env, "OCR_MAX_BYTES", LAMBDA_BODY_BYTES if on_lambda else 20_000_000),
            max_pixels=_number(env, "OCR_MAX_PIXELS", 50_000_000),
            sync_pages=_number(env, "OCR_SYNC_PAGES", 5),
            threads=threads,
            workers=_number(env, "OCR_WORKERS", max(1, min(4, threads))),
            api_key=env.get("OCR_API_KEY", ""),
            cors_origins=tuple(
                o.strip() for o in env.get("OCR_CORS_ORIGINS", "*").split(",") if o.strip()
            ),
            base_path=_base_path(env.get("OCR_BASE_PATH", "")),
            profile=_choice(env, "OCR_PROFILE", ("balanced", "fast", "accurate")),
        )


def default_threads(env: Mapping[str, str]) -> int:
    """Threads from the memory that is paid for on Lambda, from the visible CPUs elsewhere."""
    visible = os.cpu_count() or 1
    memory = env.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "")
    if memory.isdecimal():
        return max(1, min(visible, math.ceil(int(memory) / LAMBDA_MB_PER_CPU)))
    return min(visible, 4)


def find_model_dir(env: Mapping[str, str]) -> Path:
    """The setting, else the layer's place, else the layer built in a checkout."""
    if named := env.get("OCR_MODEL_DIR"):
        return Path(named)
    layer = Path("/opt/models")
    # Near the root of an image there are no three folders above the package.
    root = Path(__file__).resolve().parents[:4][-1]
    checkout = root / "layers/model/build/opt/models"
    return checkout if checkout.is_dir() and not layer.is_dir() else layer


def _base_path(text: str) -> str:
    """`Prod`, `/Prod` and `/Prod/` all mean the same; empty and `/` mean none."""
    inner = text.strip().strip("/")
    return f"/{inner}" if inner else ""


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name, "")
    if not text:
        return default
    if not text.isdecimal() or int(text) < 1:
        raise ValueError(f"{name} must be a whole number of at least 1, not {text!r}")
    return int(text)


def _choice(env: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    text = env.get(name) or allowed[0]
    if text not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, not {text!r}")
    return text
