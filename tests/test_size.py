"""Code stays small enough to be read at one go: the median module, and the median function."""

import ast
from pathlib import Path
from statistics import median

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "isodose"
PARTS = [".", *(folder.name for folder in sorted(SOURCE.iterdir()) if (folder / "__init__.py").exists())]

LONGEST_MEDIAN_MODULE = 150
LONGEST_MEDIAN_FUNCTION = 10


@pytest.mark.parametrize("part", PARTS)
def test_half_of_the_modules_and_of_the_functions_are_short(part: str) -> None:
    texts = [file.read_text("utf-8") for file in (SOURCE / part).rglob("*.py") if file.name != "__init__.py"]
    functions = [
        (node.end_lineno or 0) - node.lineno + 1
        for text in texts
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert median(text.count("\n") for text in texts) <= LONGEST_MEDIAN_MODULE
    assert median(functions) <= LONGEST_MEDIAN_FUNCTION
