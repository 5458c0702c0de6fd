"""``python -m isodose``, and the installed command."""

import os
import sys
from typing import NoReturn

from isodose.cli import main


def run() -> NoReturn:
    """Run the command line and end. Nothing is left to do then: to take down every object would cost a tenth of a short run."""
    status = main()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(status)


if __name__ == "__main__":
    run()
