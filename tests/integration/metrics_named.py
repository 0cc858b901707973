"""For metrics.sh: FOLDER/monitoring.md, rules and dashboard against the files of a running portal.

    metrics_named.py CONF-FOLDER METRICS-FOLDER
"""
import json
import pathlib
import re
import sys

conf, metrics = map(pathlib.Path, sys.argv[1:])
faults = []


def exported():
    """Name → (kind, the labels besides step and process, meaning)."""
    kinds, meanings, labels = {}, {}, {}
    for file in metrics.glob("*.prom"):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("# HELP "):
                _, _, name, meaning = line.split(" ", 3)
                meanings[name] = meaning
            elif line.startswith("# TYPE "):
                _, _, name, kind = line.split(" ")
                kinds[name] = kind
            else:
                name = base(line[:line.index("{")], kinds)
                found = set(re.findall(r'(\w+)="', line)) - {"step", "process", "le"}
                labels.setdefault(name, set()).update(found)
    return {name: (kinds[name], " ".join(sorted(labels[name])), meanings[name]) for name in kinds}


def base(name, kinds):
    """A histogram's name, of that of one of its samples."""
    stem = re.sub(r"_(bucket|sum|count)$", "", name)
    return stem if kinds.get(stem) == "histogram" else name


def documented():
    rows = re.findall(r"^\| `(portal_\w+)` \| (\w+) \| `?(\w*)`? ?\| (.*) \|$",
                      (conf / "monitoring.md").read_text(encoding="utf-8"), re.MULTILINE)
    return {name: (kind, label, meaning) for name, kind, label, meaning in rows}


there = exported()
kinds = {name: kind for name, (kind, _, _) in there.items()}
page = documented()
for name in sorted(there.keys() | page.keys()):
    if there.get(name) != page.get(name):
        faults.append(f"monitoring.md: {name}: {page.get(name)}; exported: {there.get(name)}")

expressions = {"rules": (conf / "prometheus/portal.rules.yml").read_text(encoding="utf-8")}
dashboard = json.loads((conf / "prometheus/dashboard.json").read_text(encoding="utf-8"))
for panel in dashboard["panels"]:
    for target in panel.get("targets", []):
        expressions[f"dashboard: {panel['title']}, {target['refId']}"] = target["expr"]
samples = "".join(file.read_text(encoding="utf-8") for file in metrics.glob("*.prom"))
for where, text in expressions.items():
    for name in re.findall(r"\bportal_\w+", text):
        if base(name, kinds) not in there:
            faults.append(f"{where}: {name} is not exported")
    # Values of labels, where they are named one by one: event="a", event=~"a|b".
    for label, values in re.findall(r'(event|outcome|state|kind|step)=~?"([\w|]+)"', text):
        for value in values.split("|"):
            if f'{label}="{value}"' not in samples:
                faults.append(f'{where}: no sample has {label}="{value}"')
if len(expressions) < 20 or len(there) < 15:
    faults.append("too little was compared")

alerts = re.findall(r"- alert: (\w+)", expressions["rules"])
text = (conf / "monitoring.md").read_text(encoding="utf-8")
faults += [f"monitoring.md: nothing about alert {name}" for name in alerts if f"`{name}`" not in text]

for fault in faults:
    print(fault, file=sys.stderr)
sys.exit(1 if faults else 0)
