"""Runs all benchmarks and prints a Markdown table of each."""

from benchmarks import growth, one_case, one_case_cql, one_case_opa, whole_process


def main() -> None:
    print(one_case.report())
    print(one_case_opa.report())
    print(one_case_cql.report())
    print(whole_process.report())
    print(growth.report())


if __name__ == "__main__":
    main()
