"""The command line: a few lines for each command. What a command needs is imported when it runs, so that a start is fast."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from isodose import __version__

if TYPE_CHECKING:
    from isodose.batch.inputs import Fault, FhirResource, Item
    from isodose.determination.case import Case
    from isodose.determination.program import Determination, Program
    from isodose.determination.request import ShapeError
    from isodose.guideline.edition import Edition
    from isodose.guideline.guideline import Guideline
    from isodose.settings import Settings
    from isodose.terminal.paper import Paper

DONE, FOUND_ERRORS, UNREADABLE, INTERRUPTED = 0, 1, 2, 130
"""Exit statuses: any determination; `check` found an error; input that cannot be read at all; Ctrl-C."""


FILES = {"bash": "_shtab_compgen_files", "zsh": "_files", "tcsh": "f"}
FOLDERS = {"bash": "_shtab_compgen_dirs", "zsh": "_files -/", "tcsh": "d"}
"""How each shell completes such an argument: shtab's own words, which only its command needs to load."""


class CommandError(Exception):
    """A command that cannot run, said in one line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    _prepare_output()
    try:
        try:
            options = parser().parse_args(arguments)
            status: int = options.run(options)
        finally:
            sys.stdout.flush()
    except CommandError as error:
        _complain(str(error))
        return UNREADABLE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader went away (`| head`): no more output, and none at exit either.
        _discard_output()
        return DONE
    except OSError as error:
        # A full disk, a file of the guideline that may not be read: the machine's fault and not ours.
        _discard_output()
        _complain(": ".join(filter(None, (error.filename and str(error.filename), _reason(error)))))
        return UNREADABLE
    return status


def _prepare_output() -> None:
    """Output never fails for a letter that a terminal lacks, nor because there is nobody to read it (`>&-`)."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 (until the end)
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _as_data() -> None:
    """From here on standard output is data: UTF-8 with LF, whatever the machine."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")


def _discard_output() -> None:
    with suppress(OSError):  # nothing to replace where a test has taken its place
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(text: str) -> None:
    """One line on standard error, if it can be written to."""
    from isodose.terminal.paper import printable

    with suppress(OSError):
        print(f"isodose: {printable(text)}", file=sys.stderr, flush=True)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    top = argparse.ArgumentParser(
        prog="isodose",
        description="A health plan's medical necessity guideline, executable.",
        epilog="Start with: isodose decide examples/request.json\nEach command explains itself: isodose decide --help",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"isodose {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (run, summary, examples, add) in COMMANDS.items():
        command = commands.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog="examples:\n" + "\n".join(f"  isodose {example}" for example in examples),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.set_defaults(run=run)
        add(command)
        command.add_argument(
            "--content", type=Path, metavar="FOLDER", help="a guideline's folder, in place of the shipped one"
        ).complete = FOLDERS  # type: ignore[attr-defined]
        command.add_argument(
            "--color", choices=("auto", "always", "never"), default="auto", help="colour on the terminal"
        )
    return top


def _decide_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "files", nargs="+", metavar="FILE", help="a request, flat cases or a FHIR PAS Bundle; - reads standard input"
    ).complete = FILES  # type: ignore[attr-defined]
    command.add_argument("--json", action="store_true", help="one JSON object a line for each service line")
    command.add_argument(
        "--all", action="store_true", help="show every clause; runs of unmet diagnosis lists are folded otherwise"
    )
    _as_known_on(command)


def _as_known_on(command: argparse.ArgumentParser) -> None:
    command.add_argument("--as-known-on", type=_date, metavar="DATE", help="answer as the plan would have on that day")


def _date(text: str) -> date:
    from isodose.guideline.dates import date_from

    day = date_from(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date: write it as YYYY-MM-DD")
    return day


def decide(options: argparse.Namespace) -> int:
    """The determination of each service line, in input order."""
    from isodose.batch.inputs import Fault

    settings = _settings()
    program = _program(options, settings)
    if options.json:
        _as_data()
    status, is_first = DONE, True
    for file in options.files:
        name = "standard input" if file == "-" else file
        count = 0
        for count, answer in enumerate(_answers_in(file, program, settings, options.as_known_on), start=1):  # noqa: B007
            if isinstance(answer, Fault):
                status = UNREADABLE
                _complain(f"{': '.join(filter(None, (name, answer.place)))}: {answer.message}")
            else:
                _print(answer, options, is_first=is_first)
                is_first = False
        if not count:
            _complain(f"{name}: no cases are in it")
    return status


def _print(answer: Determination, options: argparse.Namespace, *, is_first: bool) -> None:
    if options.json:
        from isodose.determination.record import json_line

        print(json_line(answer))
        return
    from isodose.terminal.decide_page import decide_page

    print(
        "" if is_first else "\n\n", decide_page(answer, _paper(options, sys.stdout), every_clause=options.all), sep=""
    )


def _answers_in(
    file: str, program: Program, settings: Settings, as_known_on: date | None
) -> Iterator[Determination | Fault]:
    for item in _items(file, settings):
        yield from _answers(item, program, settings, as_known_on)


def _items(file: str, settings: Settings) -> Iterator[Item]:
    from isodose.batch.inputs import Fault, items_in

    limit = settings.max_input_mib << 20
    try:
        raw = _read(file, limit + 1)
    except (OSError, ValueError) as error:
        reason = _reason(error) if isinstance(error, OSError) else str(error).lower()
        yield Fault("", f"cannot be read: {reason}")
        return
    if len(raw) > limit:
        yield Fault("", f"is larger than {settings.max_input_mib} MiB; raise the setting `max_input_mib`")
        return
    yield from items_in(raw, file)


def _read(file: str, most: int) -> bytes:
    if file != "-":
        with Path(file).open("rb") as stream:
            return stream.read(most)
    if sys.stdin is None:
        raise ValueError("it is closed")
    return sys.stdin.buffer.read(most)


def _answers(
    item: Item, program: Program, settings: Settings, as_known_on: date | None
) -> Iterator[Determination | Fault]:
    """The determinations of one item, or what cannot be read of it."""
    from isodose.batch.inputs import Fault, FhirResource, FlatRow
    from isodose.determination.request import ShapeError

    if isinstance(item, FlatRow):
        yield program.determine(item.row, as_known_on, item.cells)
    elif isinstance(item, Fault):
        yield item
    else:
        request: Mapping[str, object] | Fault
        request = _from_fhir(item, program, settings) if isinstance(item, FhirResource) else item.request
        if isinstance(request, Fault):
            yield request
            return
        for case in _cases(request, program.guideline):
            if isinstance(case, ShapeError):
                yield Fault(".".join(filter(None, (item.place, case.place))), str(case))
            else:
                yield program.determine_case(case, as_known_on)


def _cases(request: Mapping[str, object], guideline: Guideline) -> Iterator[Case | ShapeError]:
    from isodose.determination.request import ShapeError, cases_from

    try:
        yield from cases_from(request, guideline)
    except ShapeError as error:
        yield error


def _from_fhir(item: FhirResource, program: Program, settings: Settings) -> dict[str, object] | Fault:
    from isodose.batch.inputs import Fault
    from isodose.fhir import NotARequestError, request_from_bundle

    guideline = program.guideline
    known = [name for edition in guideline.editions for name in edition.data_names("products")]
    try:
        return request_from_bundle(item.resource, guideline.facts, settings.coverages, known)
    except NotARequestError as error:
        return Fault(item.place, str(error))


def _check_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "folder", nargs="?", type=Path, help="a guideline's folder; the shipped one if left out"
    ).complete = FOLDERS  # type: ignore[attr-defined]
    command.add_argument("--json", action="store_true", help="one JSON object a line for each finding")


def check(options: argparse.Namespace) -> int:
    """All findings of the check of a guideline."""
    from isodose.determination.check import check_guideline
    from isodose.guideline.problem import Level
    from isodose.terminal.check_page import check_json, check_page

    folder = options.folder or _folder(options, _settings())
    try:
        report = check_guideline(folder)
    except FileNotFoundError as error:
        raise CommandError(str(error)) from None
    if options.json:
        _as_data()
        for problem in report.problems:
            print(check_json(problem))
    else:
        print(check_page(report.problems, report.summary, _paper(options, sys.stdout)))
    return FOUND_ERRORS if any(problem.level is Level.ERROR for problem in report.problems) else DONE


def _show_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("clause", nargs="?", help="a clause or a reading; the whole guideline if left out")
    command.add_argument(
        "--edition", metavar="ID", help="another edition than the newest, such as 2025-01-01@2025-02-05"
    )
    command.add_argument(
        "--editions", action="store_true", help="compare the clause over all editions; without a clause, list them"
    )
    _as_known_on(command)


def show(options: argparse.Namespace) -> int:
    """The guideline, one clause of it, or one clause over time."""
    from isodose.guideline.problem import did_you_mean
    from isodose.terminal import show_page

    guideline = _guideline(options, _settings())
    edition = _edition(guideline, options)
    paper = _paper(options, sys.stdout)
    name = options.clause
    if name is None and options.editions:
        page = show_page.editions_page(guideline, paper)
    elif name is None:
        page = show_page.guideline_page(edition, paper)
    elif options.editions and name in guideline.clause_ids:
        page = show_page.compared_page(guideline, name, paper)
    elif name in edition.clauses:
        page = show_page.clause_page(guideline, edition, edition.clauses[name], paper)
    elif name in edition.readings:
        page = show_page.reading_page(edition, edition.readings[name], paper)
    else:
        others = [one.id for one in guideline.editions if name in one.clauses or name in one.readings]
        near = did_you_mean(name, [*edition.clauses, *edition.readings])
        where = f"; it is in {others[-1]}: add --edition {others[-1]}" if others else near
        raise CommandError(f"edition {edition.id} has no clause or reading `{name}`{where}")
    print(page)
    return DONE


def _edition(guideline: Guideline, options: argparse.Namespace) -> Edition:
    from isodose.guideline.choose import edition_on
    from isodose.guideline.problem import listed

    if options.edition:
        found = next((edition for edition in guideline.editions if edition.id == options.edition), None)
        if found is None:
            raise CommandError(f"no edition `{options.edition}`: it is {listed(one.id for one in guideline.editions)}")
        return found
    ruling = edition_on(guideline.editions, date.max, options.as_known_on)
    if ruling is None:
        raise CommandError(f"no edition had been decided by {options.as_known_on}")
    return ruling


def _new_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "folder", type=Path, metavar="GUIDELINE", help="the folder to make; its name is the guideline's"
    ).complete = FOLDERS  # type: ignore[attr-defined]


def new(options: argparse.Namespace) -> int:
    """A small guideline that passes the check and shows every construct."""
    from isodose.guideline.new import NewGuidelineError, new_guideline

    try:
        made = new_guideline(options.folder)
    except NewGuidelineError as error:
        raise CommandError(str(error)) from None
    for file in made:
        print(file)
    print(f"Next: isodose check {options.folder}", file=sys.stderr)
    return DONE


def _export_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "form", choices=("schema", "csv-template"), help="the request's JSON Schema, or a header for flat cases"
    )


def export(options: argparse.Namespace) -> int:
    """The guideline in another form."""
    from isodose.determination.forms import csv_template, request_schema

    guideline = _guideline(options, _settings())
    form = {"schema": request_schema, "csv-template": csv_template}[options.form]
    _as_data()
    sys.stdout.write(form(guideline))
    return DONE


def _completion_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("shell", choices=("bash", "zsh", "tcsh"))


def completion(options: argparse.Namespace) -> int:
    """A completion script for the shell."""
    import shtab

    print(shtab.complete(parser(), options.shell))
    return DONE


Options = Callable[[argparse.ArgumentParser], None]
COMMANDS: dict[str, tuple[Callable[[argparse.Namespace], int], str, tuple[str, ...], Options]] = {
    "decide": (
        decide,
        "the determination of requests, in words or as JSON",
        (
            "decide examples/request.json",
            "decide --json examples/cases.csv",
            "decide --as-known-on 2025-01-20 examples/cases.jsonl",
            "decide examples/pas-bundle.json",
        ),
        _decide_options,
    ),
    "check": (
        check,
        "check a guideline: words, references, codes, dates, text and worked cases",
        ("check", "check my-guideline", "check --json"),
        _check_options,
    ),
    "show": (
        show,
        "read the guideline, its rules beside the text",
        ("show", "show 1.b", "show A4", "show codes --editions", "show --as-known-on 2025-01-20"),
        _show_options,
    ),
    "new": (
        new,
        "make a small guideline that passes the check and shows every construct",
        ("new my-guideline",),
        _new_options,
    ),
    "export": (
        export,
        "the guideline in another form",
        ("export schema > request.schema.json", "export csv-template > cases.csv"),
        _export_options,
    ),
    "completion": (
        completion,
        "a completion script for your shell",
        ("completion bash > ~/.local/share/bash-completion/completions/isodose",),
        _completion_options,
    ),
}


def _settings() -> Settings:
    from isodose.settings import SettingsError, settings_from

    try:
        return settings_from(Path.cwd(), os.environ)
    except SettingsError as error:
        raise CommandError(str(error)) from None


def _folder(options: argparse.Namespace, settings: Settings) -> Path:
    from isodose.guideline.content import shipped

    chosen: Path | None = options.content or settings.content
    if chosen is None and not shipped(settings.guideline).is_dir():
        raise CommandError(f"no guideline `{settings.guideline}` is shipped; correct the setting `guideline`")
    return chosen or shipped(settings.guideline)


def _guideline(options: argparse.Namespace, settings: Settings) -> Guideline:
    from isodose.guideline.guideline import GuidelineError

    try:
        return _read_guideline(_folder(options, settings), settings)
    except (GuidelineError, FileNotFoundError) as error:
        raise CommandError(str(error)) from None


def _read_guideline(folder: Path, settings: Settings) -> Guideline:
    if settings.keep:
        from isodose.kept import kept_guideline

        return kept_guideline(folder, os.environ)
    from isodose.guideline.load import load_or_raise

    return load_or_raise(folder)


def _program(options: argparse.Namespace, settings: Settings) -> Program:
    from isodose.determination.program import Program

    return Program(_guideline(options, settings))


def _paper(options: argparse.Namespace, stream: TextIO) -> Paper:
    from isodose.terminal.paper import paper_for

    return paper_for(stream, os.environ, options.color)
