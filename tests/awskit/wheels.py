"""Wheels that the lambda image's base takes."""

GLIBC_MINOR = 34
"""AWS's base for Python 3.13 has glibc 2.34."""


def platforms(machine: str) -> list[str]:
    """Every platform tag up to the base's glibc, as pip's arguments."""
    old = ["manylinux2014", "manylinux2010", "manylinux1"]
    tags = [f"manylinux_2_{minor}" for minor in range(GLIBC_MINOR, 4, -1)] + old
    return [word for tag in tags for word in ("--platform", f"{tag}_{machine}")]
