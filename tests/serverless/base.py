"""Stand-ins for the images that ours are built on, for machines that reach no image registry.

`python -m tests.serverless.base` makes them once: Debian 13, whose Python is 3.13 too, laid out as
AWS's and Docker's images are, under their names, in a store of the tests' own. What the machine
needs to reach packages (its certificates and pip's settings) goes in here, so that the product's
Dockerfile stays as people use it.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.awskit.functions import find_emulator
from tests.awskit.tools import missing
from tests.serverless.engine import alone, cache, podman, require_podman, run_podman
from tests.serverless.machine import certificates, pip_settings, runtime_packages

LAMBDA = "public.ecr.aws/lambda/python:3.13"
SLIM = "public.ecr.aws/docker/library/python:3.13-slim"
RELEASE = "trixie"
PACKAGES = "python3,python3-venv,ca-certificates"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}

ENTRYPOINT = """\
#!/bin/sh
# As in AWS's image: the handler's name comes as argument; without Lambda around it, its emulator.
export _HANDLER="$1"
if [ -z "$AWS_LAMBDA_RUNTIME_API" ]; then
  exec /usr/local/bin/aws-lambda-rie /var/runtime/bootstrap
fi
exec /var/runtime/bootstrap
"""
BOOTSTRAP = """\
#!/bin/sh
export PYTHONPATH="/var/task:/opt/python${PYTHONPATH:+:$PYTHONPATH}"
exec /var/lang/bin/python3.13 -m awslambdaric "$_HANDLER"
"""
LIBRARIES = (
    "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib"
)
LAMBDA_SETTINGS = (
    "ENV LANG=en_US.UTF-8",
    "ENV TZ=:/etc/localtime",
    "ENV PATH=/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
    f"ENV LD_LIBRARY_PATH={LIBRARIES}",
    "ENV LAMBDA_TASK_ROOT=/var/task",
    "ENV LAMBDA_RUNTIME_DIR=/var/runtime",
    "WORKDIR /var/task",
    'ENTRYPOINT ["/lambda-entrypoint.sh"]',
)
SLIM_SETTINGS = (
    "ENV PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin",
    "ENV LANG=C.UTF-8",
    'CMD ["python3"]',
)
UNUSED = (
    "usr/share/doc",
    "usr/share/man",
    "usr/share/locale",
    "var/cache/apt",
    "var/lib/apt/lists",
)


def make_bases() -> None:
    """Make both bases, unless they are there and made by this very script on this machine."""
    require_podman()
    name = f"localhost/wenyun-base:{_key()}"
    if run_podman("image", "exists", name).returncode:
        _clear()
        with tempfile.TemporaryDirectory(dir=cache()) as folder:
            root = Path(folder) / "root"
            _install(root)
            _furnish(root)
            _import(root, name)
    for tag, settings in ((LAMBDA, LAMBDA_SETTINGS), (SLIM, SLIM_SETTINGS)):
        with tempfile.NamedTemporaryFile("w", suffix=".Dockerfile") as file:
            file.write("\n".join((f"FROM {name}", *settings)) + "\n")
            file.flush()
            podman("build", "--quiet", "--pull=never", "--layers", "-t", tag, "-f", file.name)


def _key() -> str:
    """What the bases are made of, as a short hash."""
    parts = [Path(__file__).read_bytes(), certificates(), pip_settings().encode()]
    parts += [platform.machine().encode(), runtime_packages().encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def _clear() -> None:
    """Images of an earlier script are of no use."""
    run_podman("image", "rm", "--all", "--force")


def _install(root: Path) -> None:
    """The system, by Debian's own means and from the mirror that they name."""
    options = ["--variant=minbase", f"--include={PACKAGES}"]
    command = ["debootstrap", *options, RELEASE, str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        missing(f"A Debian mirror that debootstrap can use ({done.stdout[-300:].strip()})")
    for python in ("var/lang", "usr/local"):
        subprocess.run(["chroot", root, "/usr/bin/python3", "-m", "venv", f"/{python}"], check=True)
    for folder in UNUSED:
        shutil.rmtree(root / folder, ignore_errors=True)


def _furnish(root: Path) -> None:
    """Lambda's runtime client and emulator, certificates, and pip's settings."""
    (root / "etc/ssl/certs/ca-certificates.crt").write_bytes(certificates())
    (root / "etc/pip.conf").write_text(pip_settings())
    emulator = find_emulator()
    if emulator is None:
        missing("Lambda's runtime emulator (make setup-serverless installs it)")
    shutil.copy(emulator, root / "usr/local/bin/aws-lambda-rie")
    for place, text in (("lambda-entrypoint.sh", ENTRYPOINT), ("var/runtime/bootstrap", BOOTSTRAP)):
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_text(text)
        (root / place).chmod(0o755)
    (root / "usr/local/bin/aws-lambda-rie").chmod(0o755)
    (root / "var/task").mkdir()
    wanted = root / "tmp/runtime.txt"
    wanted.write_text(runtime_packages())
    install = ["/var/lang/bin/python3", "-m", "pip", "install", "--quiet", "--no-cache-dir"]
    locked = ["--no-deps", "--require-hashes", "-r", "/tmp/runtime.txt"]
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    subprocess.run(["chroot", root, *install, *locked], env=_plain_environment(), check=True)
    check = ["/var/lang/bin/python3", "-c", "import awslambdaric.bootstrap, boto3"]
    subprocess.run(["chroot", root, *check], env=_plain_environment(), check=True)
    wanted.unlink()


def _plain_environment() -> dict[str, str]:
    """Proxies and a path: settings of this machine's pip may name folders that are not inside."""
    proxies = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
    return proxies | {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}


def _import(root: Path, name: str) -> None:
    architecture = ARCHITECTURES[platform.machine()]
    with tempfile.NamedTemporaryFile(dir=cache(), suffix=".tar") as archive:
        pack = ["tar", "--create", "--one-file-system", "--numeric-owner", "-C", str(root), "."]
        subprocess.run(pack, stdout=archive, check=True)
        archive.flush()
        podman("import", "--quiet", "--os", "linux", "--arch", architecture, archive.name, name)


if __name__ == "__main__":
    with alone():
        make_bases()
