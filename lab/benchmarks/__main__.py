"""`python -m lab.benchmarks [NAME …]`: every benchmark, or those named. Exit 1 where one is over its target."""

import pkgutil
import subprocess
import sys

import lab.benchmarks

NAMES = [
    module.name
    for module in pkgutil.iter_modules(lab.benchmarks.__path__)
    if module.name in {"web", "scan", "bundle", "digests", "long_export", "verdict", "phones", "taps"}
]

if __name__ == "__main__":
    wanted = sys.argv[1:] or NAMES
    failed = [
        name
        for name in wanted
        if subprocess.run([sys.executable, "-m", f"lab.benchmarks.{name}"], check=False).returncode
    ]
    sys.exit(bool(failed))
