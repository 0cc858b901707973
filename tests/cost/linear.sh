#!/usr/bin/env bash
# Twice the input must cost each reader about twice the instructions, not four times: a reader that
# costs more by the square lets a small request hold a processor. callgrind counts, so that the
# machine's speed and load do not matter. Arguments: the program reader_cost, the length in bytes.
set -euo pipefail

command -v valgrind >/dev/null || { echo 'skipped: valgrind is not installed'; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

TMPDIR=$dir valgrind --tool=callgrind --callgrind-out-file="$dir/counts" --combine-dumps=yes \
  --compress-strings=no -q "$1" "$2" >"$dir/out" 2>&1 || { cat "$dir/out" >&2; exit 1; }

# A dump has its label in a line `desc: Trigger: Client Request: LABEL` and its count in `totals:`.
# What a reader costs whatever the length is, is a part of the smaller count too, so that it only
# lowers the ratio; below so many instructions nothing could be held up.
awk -v most=2.4 -v least=200000 '
  /^desc: Trigger: Client Request: / { label = substr($0, 32) }
  /^(totals|summary): / && label != "" {
    at = match(label, / @[0-9]+$/)
    name = substr(label, 1, at - 1); bytes = substr(label, at + 2); label = ""
    if (!(name in size)) { size[name] = bytes; cost[name] = $2; next }
    pairs++
    grown = bytes / size[name]
    ratio = $2 / cost[name] / grown * 2
    per_byte = $2 / bytes
    printf "%5.2f  %8.0f a byte  %s\n", ratio, per_byte, name
    if (ratio > most && $2 > least) { wrong++; print "grows faster than its input: " name > "/dev/stderr" }
  }
  END {
    if (pairs < 100) { print "only " pairs + 0 " readers were counted" > "/dev/stderr"; exit 1 }
    exit wrong > 0
  }' "$dir/counts"
