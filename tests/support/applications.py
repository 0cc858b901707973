"""Applications that nothing is wrong with, from tests/support/applications: application("judo")."""
from pathlib import Path

_FOLDER = Path(__file__).with_name("applications")


def application(name, **changed):
    """Field → value, with what is changed."""
    lines = (_FOLDER / f"{name}.form").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines) | changed
