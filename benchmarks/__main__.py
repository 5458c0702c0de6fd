"""Runs all benchmarks and prints a Markdown table of each."""

from benchmarks import one_case, one_case_cql, one_case_opa, whole_process


def main() -> None:
    print(one_case.report())
    print(one_case_opa.report())
    print(one_case_cql.report())
    print(whole_process.report())


if __name__ == "__main__":
    main()
