#!/usr/bin/env bash
# libraries.sh PROGRAMS STEPS_LIST: a step needs no library but those below. Each one that is added costs every step the
# look-up of its symbols and pages of its own (modules/CMakeLists.txt says how much), so that it comes back here first.
set -euo pipefail
programs=$1 steps_list=$2

# Poco::Data and its SQLite; hashing; libfcgi, templates, metrics, compression, Unicode; the compiler's own.
every_step='PocoFoundation PocoData PocoDataSQLite sqlite3 sodium
  fcgi ctemplate prometheus-cpp-core z utf8proc stdc++ gcc_s c m ld-linux[a-z0-9-]*'
sealing=crypto  # drafts: libcrypto alone is 400 KB of each process and a fourth of its start
declare -A besides=(
  [form]=$sealing [confirm]=$sealing [complete]=$sealing [desk]=$sealing
  [lookup]=resolv  # whether a mail domain exists
  [pages]=cmark    # the news
)

needed() {  # PROGRAM: the names without lib and .so, one a line
  readelf -dW "$1" | sed -nE 's/.*\(NEEDED\).*\[(lib)?(.*)\.so.*\]/\2/p' | sed -E 's/\.so.*//'
}

complaints=0 steps=0
while read -r step; do
  steps=$((steps + 1))
  read -rd '' -a may <<<"$every_step ${besides[$step]:-}" || true
  allowed=$(printf '%s|' "${may[@]}")
  allowed=${allowed//+/\\+}
  libraries=$(needed "$programs/portal-$step")
  grep -qx c <<<"$libraries" || { echo "portal-$step: no libraries can be read" >&2; complaints=1; }
  while read -r library; do
    echo "portal-$step needs $library: is it worth it? (modules/CMakeLists.txt)" >&2
    complaints=1
  done < <(grep -vxE "${allowed%|}" <<<"$libraries")
done < <(grep -oE '^[a-z]+' "$steps_list")
((steps >= 12)) || { echo "only $steps steps in $steps_list" >&2; exit 1; }
exit "$complaints"
