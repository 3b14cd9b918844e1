"""`python -m lab.validation [--quick] [--to FOLDER]`: prints the report and writes it with its pictures."""

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from lab.validation.families import FAMILIES, Family
from lab.validation.report import write
from lab.validation.study import Study, study

PEOPLE, DAYS = 250, 420
QUICK_PEOPLE, QUICK_DAYS = 8, 150
QUICK_STEPS = (-2.0, 2.0)


def main(argv: list[str]) -> None:
    asked = argparse.ArgumentParser(prog="python -m lab.validation", description=__doc__)
    asked.add_argument(
        "--quick", action="store_true", help="a handful of people: does it run, not what is true"
    )
    asked.add_argument("--to", type=Path, default=Path("docs"))
    given = asked.parse_args(argv)
    began = time.monotonic()
    if given.quick:
        studies, command = [_quick(family) for family in FAMILIES], "python -m lab.validation --quick"
    else:
        with ProcessPoolExecutor(max_workers=len(FAMILIES)) as families:
            studies, command = list(families.map(_whole, FAMILIES)), "make validate"
    print(write(studies, given.to, command=command))
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)


def _whole(family: Family) -> Study:
    return study(family, PEOPLE, DAYS)


def _quick(family: Family) -> Study:
    return study(family, QUICK_PEOPLE, QUICK_DAYS, steps=QUICK_STEPS)


if __name__ == "__main__":
    main(sys.argv[1:])
