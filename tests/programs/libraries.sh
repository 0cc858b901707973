#!/usr/bin/env bash
# libraries.sh PROGRAMS STEPS_LIST: a step needs no library but those below. Each one that is added costs every step the
# look-up of its symbols and pages of its own (modules/CMakeLists.txt says how much), so that it comes back here first.
# And no program has a copy of its own of what all of them share in libportal-core: each would be in memory once more.
set -euo pipefail
programs=$1 steps_list=$2

# Poco::Data and its SQLite; hashing; libfcgi, templates, metrics, compression, Unicode; the compiler's own.
every_step='portal-core PocoFoundation PocoData PocoDataSQLite sqlite3 sodium
  fcgi ctemplate prometheus-cpp-core z utf8proc stdc++ gcc_s c m ld-linux[a-z0-9-]*'
sealing=crypto  # drafts: libcrypto alone is 400 KB of each process and a fourth of its start
declare -A besides=(
  [form]=$sealing [confirm]=$sealing [complete]=$sealing [desk]=$sealing
  [lookup]=resolv  # whether a mail domain exists
  [pages]=cmark    # the news
)

# The versions in their names are left out: the core has one.
core=("$programs"/../lib/portal/libportal-core.so.*)
[[ ${#core[@]} == 1 && -f ${core[0]} ]] || { echo "not one libportal-core: ${core[*]}" >&2; exit 1; }

needed() {  # FILE: the names without lib and .so, one a line
  readelf -dW "$1" | sed -nE 's/.*\(NEEDED\).*\[(lib)?(.*)\.so.*\]/\2/p' | sed -E 's/\.so.*//'
}

# The functions that it defines as the only one to do so: nothing that each file has that includes a header.
functions() {  # FILE
  nm --defined-only "$1" | awk '$2 == "T" && $3 !~ /^(_init|_fini|_start|main)$/ { print $3 }' | sort -u
}
shared=$(functions "${core[0]}")
(($(wc -l <<<"$shared") > 500)) || { echo "${core[0]}: no functions can be read" >&2; exit 1; }

complaints=0 steps=0
for program in "$programs"/portal-* "$programs/portalctl"; do
  copies=$(comm -12 <(functions "$program") - <<<"$shared" | c++filt)
  [[ -z $copies ]] || { echo "${program##*/} has a copy of what libportal-core has: ${copies//$'\n'/, }" >&2; complaints=1; }
done
of_core=$(needed "${core[0]}")
while read -r step; do
  steps=$((steps + 1))
  read -rd '' -a may <<<"$every_step ${besides[$step]:-}" || true
  allowed=$(printf '%s|' "${may[@]}")
  allowed=${allowed//+/\\+}
  libraries=$(needed "$programs/portal-$step")
  grep -qx portal-core <<<"$libraries" || { echo "portal-$step does not use libportal-core" >&2; complaints=1; }
  libraries+=$'\n'$of_core
  grep -qx c <<<"$libraries" || { echo "portal-$step: no libraries can be read" >&2; complaints=1; }
  while read -r library; do
    echo "portal-$step needs $library: is it worth it? (modules/CMakeLists.txt)" >&2
    complaints=1
  done < <(grep -vxE "${allowed%|}" <<<"$libraries")
done < <(grep -oE '^[a-z]+' "$steps_list")
((steps >= 12)) || { echo "only $steps steps in $steps_list" >&2; exit 1; }
exit "$complaints"
