"""An edition's file as front matter, pieces of text and blocks; which text a block accounts for."""

import pytest
from tests.guideline.samples import told

from isodose.guideline.document import Block, Document, Group, Piece, document_from, groups_of
from isodose.guideline.problem import Place, Problem

FRONT = "---\ntitle: T\n---\n"


def read(body: str) -> tuple[Document, list[str]]:
    problems: list[Problem] = []
    document = document_from(FRONT + body, "e.md", problems)
    assert all(part.place.file == "e.md" for part in document.parts)
    return document, told(problems)


def pieces(body: str) -> list[tuple[str, str, int]]:
    document, problems = read(body)
    assert problems == []
    return [(part.kind, part.text, part.place.line) for part in document.parts if isinstance(part, Piece)]


def group(body: str) -> Group:
    [only] = groups_of(read(body)[0].parts)
    return only


def texts(found: tuple[Piece, ...]) -> list[str]:
    return [piece.text for piece in found]


class TestFrontMatter:
    def test_it_is_what_stands_between_the_first_two_lines_of_dashes(self) -> None:
        document, problems = read("Text.\n\n---\n")
        assert document.front_matter == "title: T"
        assert [part.place.line for part in document.parts] == [4, 6]
        assert problems == []

    def test_blanks_after_the_dashes_do_not_matter(self) -> None:
        problems: list[Problem] = []
        document = document_from("--- \na: b\nc: d\n---\t\nText.", "e.md", problems)
        assert document.front_matter == "a: b\nc: d"
        assert [part.place for part in document.parts] == [Place("e.md", 5)]
        assert problems == []

    @pytest.mark.parametrize("text", ["---\n---\nText.", "---\n \n\n---\nText."])
    def test_with_nothing_in_it_that_is_told(self, text: str) -> None:
        problems: list[Problem] = []
        document = document_from(text, "e.md", problems)
        assert document.front_matter.strip() == ""
        assert told(problems) == ["2:1 nothing is written here"]

    @pytest.mark.parametrize("text", ["", "Text.", "\n---\na: b\n---\n", "---\na: b\n", "---", " ---\na: b\n---\n"])
    def test_without_it_all_is_text_and_that_is_told(self, text: str) -> None:
        problems: list[Problem] = []
        document = document_from(text, "e.md", problems)
        assert document.front_matter == ""
        assert told(problems) == ["1:1 the file must start with front matter between two lines `---`"]

    def test_text_without_it_counts_its_lines_from_the_first(self) -> None:
        [part] = document_from("\nText.", "e.md", []).parts
        assert part.place == Place("e.md", 2)


class TestPieces:
    def test_each_piece_knows_its_kind_its_text_and_its_line(self) -> None:
        body = """\
# Title

One
two.

- a
- b

| Code | What |
| ---- | ---- |
| 1    | x    |

<p>HTML</p>

---
End
"""
        assert pieces(body) == [
            ("heading", "# Title", 4),
            ("paragraph", "One\ntwo.", 6),
            ("bullet_list", "- a\n- b", 9),
            ("table", "| Code | What |\n| ---- | ---- |\n| 1    | x    |", 12),
            ("paragraph", "<p>HTML</p>", 16),
            ("hr", "---", 18),
            ("paragraph", "End", 19),
        ]

    def test_an_ordered_list_and_letters(self) -> None:
        assert pieces("1. one\n2. two\n\na. three\n") == [
            ("ordered_list", "1. one\n2. two", 4),
            ("paragraph", "a. three", 7),
        ]

    def test_indented_text_is_no_code(self) -> None:
        assert pieces("One.\n\n    two\n") == [("paragraph", "One.", 4), ("paragraph", "    two", 6)]


class TestBlocks:
    @pytest.mark.parametrize(
        ("info", "expected"),
        [
            ("rule 1.a Head and neck", ("rule", "1.a", "Head and neck")),
            ("rule 1", ("rule", "1", "")),
            ("  rule   1.a   Head  and neck  ", ("rule", "1.a", "Head  and neck")),
            ("data codes", ("data", "codes", "")),
            ("reading A1", ("reading", "A1", "")),
            ("aside", ("aside", "", "")),
        ],
    )
    def test_a_block_has_kind_name_and_title(self, info: str, expected: tuple[str, str, str]) -> None:
        document, problems = read(f"Text.\n\n```{info}\nbody: x\n```\n")
        block = document.parts[1]
        assert isinstance(block, Block)
        assert (block.kind, block.name, block.title) == expected
        assert block.body == "body: x\n"
        assert problems == []

    def test_its_body_starts_in_the_line_below_its_fence(self) -> None:
        block = read("Text.\n\n```rule 1\nx\n```\n")[0].parts[1]
        assert isinstance(block, Block)
        assert block.place == Place("e.md", 6)
        assert block.body_place == Place("e.md", 7, 1)

    @pytest.mark.parametrize(
        ("info", "message"),
        [
            ("rul 1", "a block is `rule`, `data`, `reading` or `aside`, not `rul`; did you mean `rule`?"),
            ("python", "a block is `rule`, `data`, `reading` or `aside`, not `python`"),
            ("", "a block is `rule`, `data`, `reading` or `aside`, not ``"),
            ("rule", "this `rule` block has no name: write `rule NAME`"),
            ("data  ", "this `data` block has no name: write `data NAME`"),
            ("reading", "this `reading` block has no name: write `reading NAME`"),
        ],
    )
    def test_a_block_of_no_kind_or_without_a_name_is_told(self, info: str, message: str) -> None:
        _, problems = read(f"Text.\n\n```{info}\nx\n```\n")
        assert problems == [f"6:1 {message}"]

    @pytest.mark.parametrize(
        ("info", "kind", "name"),
        [
            ("rul 1 Title", "rule", "1"),
            ("dta codes", "data", "codes"),
            ("python", "", ""),
            ("", "", ""),
            ("rule", "rule", ""),
        ],
    )
    def test_it_is_read_as_the_nearest_kind_so_that_what_rests_on_it_is_not_blamed(
        self, info: str, kind: str, name: str
    ) -> None:
        block = read(f"Text.\n\n```{info}\nx\n```\n")[0].parts[1]
        assert isinstance(block, Block)
        assert (block.kind, block.name, block.body) == (kind, name, "x\n")

    def test_an_empty_aside_is_told(self) -> None:
        _, problems = read("Text.\n\n```aside\n \n```\n")
        assert problems == ["6:1 this `aside` is empty: say in a sentence why the text asks for nothing"]

    @pytest.mark.parametrize(
        ("body", "problems", "blocks"),
        [
            (
                "```rule 1\nx\n\nText.\n\n```rule 2\ny\n```\n",
                ["4:1 this block is not closed: a line ``` is missing below it"],
                [("1", "x\n"), ("2", "y\n")],
            ),
            (
                "```rule 1\nx\n```rule 2\ny\n```\n",
                ["4:1 this block is not closed: a line ``` is missing below it"],
                [("1", "x\n```rule 2\ny\n")],
            ),
            (
                "```rule 1\nx\ny",
                ["4:1 this block is not closed: a line ``` is missing below it"],
                [("1", "x\ny")],
            ),
            (
                "~~~rule 1\nx\n\nText.\n",
                ["4:1 this block is not closed: a line ~~~ is missing below it"],
                [("1", "x\n")],
            ),
            (
                "```rule 1\nx\n\n```rule 2\ny\n\n```rule 3\nz\n```\n",
                [
                    "4:1 this block is not closed: a line ``` is missing below it",
                    "7:1 this block is not closed: a line ``` is missing below it",
                ],
                [("1", "x\n"), ("2", "y\n"), ("3", "z\n")],
            ),
            ("````rule 1\nx\n\n```\n\ny\n````\n", [], [("1", "x\n\n```\n\ny\n")]),
            ("```rule 1\nx\n`````\n", [], [("1", "x\n")]),
            ("```rule 1\nrules here\n```\n", [], [("1", "rules here\n")]),
        ],
        ids=["ended", "at once", "at the end", "tildes", "two", "longer fence", "longer end", "no block"],
    )
    def test_a_block_without_an_end_is_told_and_ends_at_a_blank_line(
        self, body: str, problems: list[str], blocks: list[tuple[str, str]]
    ) -> None:
        document, found = read(body)
        assert found == problems
        assert [(part.name, part.body) for part in document.parts if isinstance(part, Block)] == blocks

    def test_a_block_that_is_indented_into_a_list_is_told_and_read(self) -> None:
        document, problems = read("- a\n\n  ```rule 1\n  x:\n    - y\n  ```\n")
        assert problems == [
            "6:1 this block is indented and so belongs to the list above it: its lines must start at the margin"
        ]
        piece, block = document.parts
        assert isinstance(piece, Piece)
        assert isinstance(block, Block)
        assert (piece.text, block.name, block.body) == ("- a", "1", "x:\n  - y\n")

    def test_another_fence_inside_a_list_is_text(self) -> None:
        document, problems = read("- a\n\n  ```python\n  x\n  ```\n")
        assert problems == []
        assert [type(part) for part in document.parts] == [Piece]

    def test_all_of_them_are_told(self) -> None:
        _, problems = read("```rul 1\n```\n\n```data\n```\n")
        assert [problem.split(" ")[0] for problem in problems] == ["4:1", "7:1"]


class TestGroups:
    def test_text_and_the_blocks_under_it_make_a_group(self) -> None:
        groups = groups_of(read("One.\n\nTwo.\n\n```rule 1\n```\n\n```aside\n```\n\nThree.\n")[0].parts)
        assert [(texts(one.pieces), [block.kind for block in one.blocks]) for one in groups] == [
            (["One.", "Two."], ["rule", "aside"]),
            (["Three."], []),
        ]

    def test_no_text_is_one_group_of_nothing(self) -> None:
        assert groups_of(()) == [Group((), ())]

    def test_a_block_accounts_for_the_one_piece_above_it(self) -> None:
        found = group("One.\n\nTwo.\n\n```rule 1\n```\n")
        assert texts(found.subject) == ["Two."]
        assert texts(found.unaccounted) == ["One."]

    def test_a_list_is_accounted_for_with_the_paragraph_that_introduces_it(self) -> None:
        found = group("One.\n\nThese:\n\n- a\n- b\n\n```rule 1\n```\n")
        assert texts(found.subject) == ["These:", "- a\n- b"]
        assert texts(found.unaccounted) == ["One."]

    def test_so_it_is_with_several_that_end_in_a_colon_and_with_emphasis_after_it(self) -> None:
        found = group("Any:\n\n**All of these:**\n\n- a\n\n```rule 1\n```\n")
        assert texts(found.subject) == ["Any:", "**All of these:**", "- a"]
        assert found.unaccounted == ()

    def test_a_colon_further_up_introduces_nothing(self) -> None:
        found = group("These:\n\nOne.\n\nTwo.\n\n```rule 1\n```\n")
        assert texts(found.unaccounted) == ["These:", "One."]

    def test_headings_and_rulings_need_no_account_and_part_nothing(self) -> None:
        found = group("# Title\n\nThese:\n\n## More\n\n- a\n\n***\n\n```rule 1\n```\n")
        assert [piece.kind for piece in found.subject] == ["hr"]
        found = group("# Title\n\nThese:\n\n## More\n\n- a\n\n```rule 1\n```\n")
        assert texts(found.subject) == ["These:", "- a"]
        assert found.unaccounted == ()

    def test_a_ruling_alone_needs_no_account(self) -> None:
        assert group("***\n\n# Title\n").unaccounted == ()

    def test_without_a_block_nothing_is_accounted_for(self) -> None:
        assert texts(group("# Title\n\nOne.\n\nTwo.\n").unaccounted) == ["One.", "Two."]

    def test_an_aside_accounts_for_all_since_the_last_block(self) -> None:
        assert group("One.\n\nTwo.\n\n```aside\nWhy.\n```\n").unaccounted == ()
        assert group("One.\n\nTwo.\n\n```rule 1\n```\n\n```aside\nWhy.\n```\n").unaccounted == ()

    def test_blocks_without_text_have_no_subject(self) -> None:
        found = group("```rule 1\n```\n")
        assert found.subject == ()
        assert found.table is None
        assert group("# Title\n\n```rule 1\n```\n").subject == ()

    def test_the_nearest_table_above_the_blocks_is_theirs(self) -> None:
        body = "| A |\n| --- |\n| 1 |\n\n| B |\n| --- |\n| 2 |\n\nText.\n\n```data x\n```\n"
        table = group(body).table
        assert table is not None
        assert table.text == "| B |\n| --- |\n| 2 |"
        assert group("Text.\n\n```data x\n```\n").table is None


class TestBlocksThatAreNotFenced:
    """What is meant is told once, and read as far as it can be."""

    def blocks(self, body: str) -> tuple[list[tuple[str, str, str]], list[str], list[str]]:
        document, problems = read(body)
        found = [(part.kind, part.name, part.body) for part in document.parts if isinstance(part, Block)]
        return found, texts(tuple(part for part in document.parts if isinstance(part, Piece))), problems

    def test_a_line_that_closes_once_too_often(self) -> None:
        assert self.blocks("```rule 1\nx\n```\n```\n\nText.\n") == (
            [("rule", "1", "x\n")],
            ["Text."],
            ["7:1 this line closes a block that is closed already: remove it"],
        )

    def test_a_block_whose_first_line_is_missing(self) -> None:
        opening = "```rule NAME, ```data NAME, ```reading NAME or ```aside"
        assert self.blocks("Text.\n\nx: y\n```\n\nMore.\n") == (
            [("", "", "x: y\n")],
            ["Text.", "More."],
            [f"6:1 a line that opens this block is missing above it: {opening}"],
        )

    def test_text_that_such_a_block_stands_under_is_accounted_for(self) -> None:
        [found, _] = groups_of(read("Text.\n\nx: y\n```\n\nMore.\n")[0].parts)
        assert texts(found.pieces) == ["Text."]
        assert found.unaccounted == ()

    def test_a_line_that_closes_what_nothing_opens(self) -> None:
        _, _, problems = self.blocks("Text.\n```\n")
        assert problems[0] == "5:1 this line closes a block that nothing opens"

    def test_two_lines_that_open_one_block(self) -> None:
        assert self.blocks("```rule 1\n```rule 2\nx\n```\n\nText.\n") == (
            [("rule", "2", "x\n")],
            ["Text."],
            ["4:1 this line opens a block, and so does the next: keep one of them"],
        )

    def test_several_faults_are_told_each_once_and_what_follows_is_read(self) -> None:
        found, pieces, problems = self.blocks(
            "- a\n\n  ```rule 2\n  y\n  ```\n\nText.\n\n```rule 1\nx\n\n```rule 3\nz\n```\n"
        )
        assert found == [("rule", "2", "y\n"), ("rule", "1", "x\n"), ("rule", "3", "z\n")]
        assert pieces == ["- a", "Text."]
        assert [problem.split(" ", 1)[0] for problem in problems] == ["6:1", "12:1"]

    def test_many_faults_end(self) -> None:
        _, _, problems = self.blocks("```rule 1\nx\n\n" * 60)
        assert len(problems) == 60
