#!/usr/bin/env bash
# conf/portal.conf is what the table of settings says. Argument: the folder of the programs. Run in
# the tree's root.
set -euo pipefail

"$1/portalctl" settings | diff -u conf/portal.conf - ||
  { echo 'conf/portal.conf is old: portalctl settings >conf/portal.conf' >&2; exit 1; }
