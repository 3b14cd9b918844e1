"""`python -m lab.drills [NAME …] [--seed N] [--times N]`: break things on purpose, count what was lost or doubled."""

import argparse
import pkgutil
import subprocess
import sys

import lab.drills

NAMES = [
    module.name for module in pkgutil.iter_modules(lab.drills.__path__) if not module.name.startswith("_")
]

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m lab.drills", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; without any, all")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--times", default="10", help="how often each thing is broken")
    given = parser.parse_args()
    if unknown := set(given.names) - set(NAMES):
        parser.error(f"no drill is called {', '.join(sorted(unknown))}")
    failed = [
        name
        for name in given.names or NAMES
        if subprocess.run(
            [sys.executable, "-m", f"lab.drills.{name}", "--seed", given.seed, "--times", given.times],
            check=False,
        ).returncode
    ]
    sys.exit(bool(failed))
