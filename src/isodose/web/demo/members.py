"""Members who are made up: names, birth dates, products."""

from __future__ import annotations

from datetime import date

from isodose.store.members import Coverage, Member

_SINCE = date(2024, 1, 1)


def _member(number: int, name: str, born: date, product: str, group: str | None = None) -> Member:
    street = f"{number} Harbor Road, Old Saybrook, CT 06475"
    return Member(f"CP{200_000 + 7 * number}", born, name, (Coverage(_SINCE, None, product),), street, group=group)


MEMBERS = (
    _member(1, "Rosa Alvarez", date(1954, 2, 11), "ma-hmo"),
    _member(2, "Michael Okafor", date(1958, 7, 9), "ma-hmo"),
    _member(3, "Tove Lindqvist", date(1951, 10, 23), "ma-ppo"),
    _member(4, "Amina Haddad", date(1949, 4, 30), "ma-hmo"),
    _member(5, "James Whitfield", date(1944, 12, 2), "ma-ppo"),
    _member(6, "Sylvie Moreau", date(1955, 6, 17), "ma-hmo"),
    _member(7, "Daniel Kowalczyk-Montgomery-Fitzwilliam", date(1947, 3, 8), "ma-hmo"),
    _member(8, "Grace Nakamura", date(1953, 9, 14), "ma-ppo"),
    _member(9, "Peter Oduya", date(1950, 1, 25), "ma-hmo"),
    _member(10, "Helen Brandt", date(1946, 8, 6), "ma-ppo"),
    _member(11, "Luis Ferreira", date(1957, 5, 19), "ma-hmo"),
    _member(12, "Ruth Abramson", date(1943, 11, 28), "ma-ppo"),
    _member(13, "Olivia Chen", date(2006, 3, 3), "ma-hmo"),
    _member(14, "Noah Bell", date(2010, 9, 9), "ma-ppo"),
    _member(15, "Edith Larsen", date(1941, 7, 21), "ma-hmo"),
    _member(16, "Samuel Osei", date(1956, 12, 12), "ma-hmo"),
    _member(17, "Ingrid Solberg", date(1952, 5, 4), "ma-hmo", "apn-ct"),
    _member(18, "Walter Adeyemi", date(1945, 10, 30), "ma-ppo", "apn-ct"),
)
