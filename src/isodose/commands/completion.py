"""`isodose completion`: a completion script for the shell."""

from __future__ import annotations

import argparse

from isodose.commands import DONE, Command


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("shell", choices=("bash", "zsh", "tcsh"))


def run(options: argparse.Namespace) -> int:
    """A completion script for the shell."""
    import shtab

    print(shtab.complete(options.parser(), options.shell))
    return DONE


COMMAND = Command(
    run,
    "a completion script for your shell",
    ("completion bash > ~/.local/share/bash-completion/completions/isodose",),
    add_options,
)
