"""Fill a folder with all wheels that a machine without a network needs: `python release/wheelhouse.py MACHINE PYTHON`.

MACHINE is part of a name that `release/wheels.py` prints (`"Linux aarch64"`, `Windows`). There, `pip install --no-index --find-links=FOLDER kouhao`.
"""

from __future__ import annotations

import subprocess
import sys

from wheels import PROJECT, PYTHONS, machines, pip_options, requirements


def main(wanted: str, python: str) -> None:
    """Download what is needed, and build kouhao's own wheel, which serves all."""
    fitting = [machine for machine in machines(python) if wanted in machine.name]
    if len(fitting) != 1 or python not in PYTHONS:
        names = "\n".join(machine.name for machine in machines(python))
        raise SystemExit(f"name one of these machines, and one of the Pythons {', '.join(PYTHONS)}:\n{names}")
    (machine,) = fitting
    folder = PROJECT.parent / "dist" / f"wheelhouse-{machine.system}-{machine.processor}-{python}"
    pip = [sys.executable, "-m", "pip"]
    needed = [*pip_options(machine, python), *requirements(machine, python)]
    subprocess.run([*pip, "download", "-q", f"--dest={folder}", *needed], check=True)
    subprocess.run([*pip, "wheel", "-q", "--no-deps", f"--wheel-dir={folder}", PROJECT.parent], check=True)
    wheels = list(folder.glob("*.whl"))
    print(f"{folder}: {len(wheels)} wheels, {sum(wheel.stat().st_size for wheel in wheels) / 2**20:.0f} MB")


if __name__ == "__main__":
    main(*[*sys.argv[1:], "", ""][:2])
