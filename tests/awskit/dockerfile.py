"""A Dockerfile as stages of instructions, as far as ours needs."""

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from string import Template


@dataclass(frozen=True, slots=True)
class Stage:
    """One FROM and what follows it: (instruction, argument) with continued lines joined."""

    name: str
    base: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def all(self, instruction: str) -> list[str]:
        """The arguments of every such instruction, in order."""
        return [argument for found, argument in self.steps if found == instruction]

    def env(self) -> dict[str, str]:
        """All variables that ENV sets."""
        pairs = [pair for line in self.all("ENV") for pair in shlex.split(line)]
        return dict(pair.split("=", 1) for pair in pairs)

    def copied(self) -> list[str]:
        """What COPY takes from the context."""
        lines = [shlex.split(line) for line in self.all("COPY")]
        return [
            source
            for words in lines
            if not any(word.startswith("--from") for word in words)
            for source in words[:-1]
            if not source.startswith("--")
        ]


def parse_dockerfile(path: Path) -> dict[str, Stage]:
    """Stage name to stage; arguments of the whole file have their defaults."""
    text = re.sub(r"\\\n\s*", "", re.sub(r"(?m)^#.*\n", "", path.read_text("utf-8")))
    stages: dict[str, Stage] = {}
    current: Stage | None = None
    defaults: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        instruction, _, argument = line.partition(" ")
        if instruction == "FROM":
            base, _, name = Template(argument).substitute(defaults).partition(" AS ")
            current = stages[name] = Stage(name, base)
        elif current is None and instruction == "ARG":
            name, _, value = argument.partition("=")
            defaults[name] = value
        else:
            assert current, f"{line} before FROM"
            current.steps.append((instruction, argument.strip()))
    return stages
