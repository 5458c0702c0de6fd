"""The products that an edition names, in the text's order."""

from pathlib import Path

import pytest
from tests.guideline.samples import EDITION, write

from isodose.guideline.content import shipped
from isodose.guideline.load import load_or_raise
from isodose.guideline.products import Product, products_of


def products(folder: Path, data: str) -> tuple[Product, ...]:
    guideline = load_or_raise(write(folder, **{"2025-01-01": f"{EDITION}\nProducts.\n\n{data}"}))
    return products_of(guideline.editions[0])


def test_each_has_its_name_and_where_its_requests_go() -> None:
    published = load_or_raise(shipped("imrt")).editions[-1]
    assert products_of(published) == (
        Product("ma-hmo", "CarePartners of Connecticut Medicare Advantage HMO", "857-304-6463"),
        Product("ma-ppo", "CarePartners of Connecticut Medicare Advantage PPO", "857-304-6463"),
    )


@pytest.mark.parametrize(
    ("stated", "product"),
    [
        ("{name: Example Health, fax: 555-0100}", Product("hmo", "Example Health", "555-0100")),
        ("{fax: 555-0100}", Product("hmo", "hmo", "555-0100")),
        ("{name: Example Health}", Product("hmo", "Example Health", "")),
        ("offered in two states", Product("hmo", "hmo", "")),
    ],
)
def test_what_the_text_does_not_say_is_left_empty_and_a_product_is_called_by_its_id(
    tmp_path: Path, stated: str, product: Product
) -> None:
    assert products(tmp_path, f"```data products\nhmo: {stated}\n```\n") == (product,)


@pytest.mark.parametrize("data", ["```data others\nhmo: {name: H}\n```\n", "```data products\n[hmo]\n```\n"])
def test_an_edition_may_name_none(tmp_path: Path, data: str) -> None:
    assert products(tmp_path, data) == ()
