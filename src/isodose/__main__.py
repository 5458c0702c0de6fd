"""``python -m isodose``."""

import sys

from isodose.cli import main

sys.exit(main())
