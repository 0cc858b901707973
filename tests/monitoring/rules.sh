#!/usr/bin/env bash
# The example alert rules: promtool finds no fault, each fires when it should and not otherwise
# (portal.rules.test.yml), and none is without such a test. The dashboard's expressions: promtool can read
# each. Run in the tree's root.
set -euo pipefail

rules=conf/prometheus/portal.rules.yml
tests=tests/monitoring/portal.rules.test.yml
promtool check rules "$rules"
promtool test rules "$tests"
untested=$(comm -3 <(sed -n 's/^ *- alert: //p' "$rules" | sort) \
  <(grep -oE 'alertname: \w+' "$tests" | sed 's/.*: //' | sort -u))
[[ -z $untested ]] || { echo "without a test, or without a rule: $untested" >&2; exit 1; }

# As rules, for promtool reads nothing else; JSON is YAML.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 - conf/prometheus/dashboard.json >"$scratch/dashboard.yml" <<'END'
import json
import sys
with open(sys.argv[1], encoding="utf-8") as file:
    panels = json.load(file)["panels"]
expressions = [target["expr"].replace("$__rate_interval", "5m")
               for panel in panels for target in panel.get("targets", [])]
rules = [{"record": f"expression_{i}", "expr": expr} for i, expr in enumerate(expressions)]
json.dump({"groups": [{"name": "dashboard", "rules": rules}]}, sys.stdout)
END
promtool check rules "$scratch/dashboard.yml"
