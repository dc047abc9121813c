"""Our images, built by podman from the Dockerfile as it is: `python -m tests.serverless.images`."""

from tests.awskit.functions import ROOT
from tests.serverless.base import make_bases
from tests.serverless.engine import alone, podman, run_podman

IMAGES = {"lambda": "localhost/wenyun-lambda", "server": "localhost/wenyun-server"}
DOCKERFILE = ROOT / "functions/ocr/Dockerfile"


def build_images() -> None:
    """Build both, upon the stand-in bases; what nobody has built for a week is dropped."""
    make_bases()
    run_podman("image", "prune", "--force", "--filter", "until=168h")
    for target, name in IMAGES.items():
        podman(
            "build", "--pull=never", "--layers", "--target", target, "--tag", name,
            "--file", DOCKERFILE, ROOT,
        )  # fmt: skip


if __name__ == "__main__":
    with alone():
        build_images()
