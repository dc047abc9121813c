"""What all tests of this folder share: images built once, an engine, and AWS's services.

These tests run by `make test-serverless` alone: they need root, podman and some minutes.
"""

from collections.abc import Iterator, Mapping

import pytest

from tests.awskit.tools import SAM, need
from tests.serverless.engine import alone, docker_socket, require_podman
from tests.serverless.images import IMAGES, build_images
from tests.serverless.ministack import Cloud, ministack
from tests.serverless.sam import Sam


@pytest.fixture(scope="session")
def images() -> Iterator[Mapping[str, str]]:
    """Target to name of both images."""
    require_podman()
    with alone():
        build_images()
        yield IMAGES


@pytest.fixture(scope="session")
def docker(
    images: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mapping[str, str]]:
    """The environment in which `docker` is podman, with the bases at hand."""
    with docker_socket(tmp_path_factory.mktemp("docker")) as env:
        yield env


@pytest.fixture(scope="session")
def sam(docker: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Sam:
    """The template after `sam build`."""
    need(SAM)
    folder = tmp_path_factory.mktemp("sam")
    built = Sam(folder, docker, folder / "build/template.yaml")
    built.build()
    return built


@pytest.fixture(scope="session")
def cloud(docker: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """S3, SQS and Lambda."""
    with ministack(tmp_path_factory.mktemp("cloud"), docker) as running:
        yield running
