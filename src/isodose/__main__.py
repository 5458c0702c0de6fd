"""``python -m isodose``, and the installed command."""

import gc
import os
import sys
from typing import NoReturn


def run() -> NoReturn:
    """Run the command line and end. Nothing is left to do then: to take down every object would cost a tenth of a short run.

    To look for garbage among what is imported, which all stays, would cost another.
    """
    gc.disable()
    from isodose.cli import main

    gc.freeze()
    gc.enable()
    status = main()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(status)


if __name__ == "__main__":
    run()
