"""Write the libraries' licences into NOTICE, as the installed packages state them.

./run test --version        (brings the packages of the lock files)
.venv/bin/python tools/notices.py
"""

from importlib.metadata import PackageMetadata, metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LONGEST_NAME_OF_A_LICENCE = 60
LAST_LINE_BY_HAND = "tools/notices.py writes them.\n\n"


def pins(lock: Path) -> list[Requirement]:
    """List every exact version of a lock file, in its order."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    return [Requirement(line.removesuffix("\\")) for line in lines if line[:1].isalnum()]


def licence(package: PackageMetadata) -> str:
    """Read the licence that a package states: as an expression, in a word, or by a classifier."""
    stated = package.get_all("License-Expression") or package.get_all("License") or [""]
    if 0 < len(stated[0]) <= LONGEST_NAME_OF_A_LICENCE:
        return str(stated[0])
    classifiers = package.get_all("Classifier") or []
    named = [each.rpartition(" :: ")[2] for each in classifiers if each.startswith("License ::")]
    if not named:
        raise LookupError(f"{package['Name']} states no licence")
    return " or ".join(named)


def listed() -> str:
    """List the libraries that run here, one a line: name and licence."""
    here = [
        pin for pin in pins(ROOT / "requirements.lock") if not pin.marker or pin.marker.evaluate()
    ]
    return "".join(f"{pin.name:<26}{licence(metadata(pin.name))}\n" for pin in here)


def main() -> None:
    """Replace the list at the end of NOTICE."""
    notice = ROOT / "NOTICE"
    by_hand, mark, _ = notice.read_text(encoding="utf-8").partition(LAST_LINE_BY_HAND)
    notice.write_text(by_hand + mark + listed(), encoding="utf-8")


if __name__ == "__main__":
    main()
