#!/usr/bin/env bash
# The example alert rules: promtool finds no fault, each fires when it should and not otherwise
# (portal.rules.test.yml), and none is without such a test. Run in the tree's root.
set -euo pipefail

rules=conf/prometheus/portal.rules.yml
tests=tests/monitoring/portal.rules.test.yml
promtool check rules "$rules"
promtool test rules "$tests"
untested=$(comm -3 <(sed -n 's/^ *- alert: //p' "$rules" | sort) \
  <(grep -oE 'alertname: \w+' "$tests" | sed 's/.*: //' | sort -u))
[[ -z $untested ]] || { echo "without a test, or without a rule: $untested" >&2; exit 1; }
