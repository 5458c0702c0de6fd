"""What Isodose costs, measured as ratios against peers in one run: ``.venv/bin/python -m benchmarks``.

docs/performance.md says how to set it up, and holds the last run.
"""
