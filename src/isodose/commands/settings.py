"""`isodose settings`: what holds here, from the file and the environment."""

from __future__ import annotations

import argparse

from isodose.commands import DONE, Command
from isodose.commands.common import read_settings
from isodose.settings import shown


def add_options(_: argparse.ArgumentParser) -> None:
    """It takes none of its own."""


def run(_: argparse.Namespace) -> int:
    """Print each setting with its value; secrets are not shown."""
    lines = shown(read_settings())
    width = max(len(name) for name, _ in lines)
    for name, value in lines:
        print(f"{name:{width}}  {value}")
    return DONE


COMMAND = Command(run, "show the settings that hold here", ("settings",), add_options)
