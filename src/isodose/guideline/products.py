"""The products that an edition's data name, and where a request for each goes."""

from __future__ import annotations

from dataclasses import dataclass

from isodose.guideline.edition import Edition


@dataclass(frozen=True, slots=True)
class Product:
    """A product: its id in cases, its name, and the fax number for its requests (empty: the text gives none)."""

    id: str
    name: str
    fax: str


def products_of(edition: Edition) -> tuple[Product, ...]:
    """The products in the text's order; a product without a name is called by its id."""
    stated = edition.data["products"].value if "products" in edition.data else {}
    return tuple(_product(name, value) for name, value in (stated.items() if isinstance(stated, dict) else ()))


def _product(name: str, stated: object) -> Product:
    said = stated if isinstance(stated, dict) else {}
    return Product(name, str(said.get("name", name)), str(said.get("fax", "")))
