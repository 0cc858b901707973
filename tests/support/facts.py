"""The facts about the operator, those of templates/operator.conf: fact("TELEPHONE")."""
import configparser
from pathlib import Path

_CONF = Path(__file__).parents[2] / "templates/operator.conf"


def fact(name):
    facts = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation())
    facts.optionxform = str
    facts.read_string("[operator]\n" + _CONF.read_text(encoding="utf-8"))
    return facts["operator"][name]
