"""``python -m isodose``."""

import os
import sys

from isodose.cli import main

status = main()
for stream in (sys.stdout, sys.stderr):
    stream.flush()
# Nothing is left to do; to take down every object one by one would cost a tenth of a short run.
os._exit(status)
