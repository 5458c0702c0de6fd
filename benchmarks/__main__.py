"""Runs all benchmarks and prints a Markdown table of each."""

from benchmarks import one_case, whole_process


def main() -> None:
    print(one_case.report())
    print(whole_process.report())


if __name__ == "__main__":
    main()
