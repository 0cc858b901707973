#!/usr/bin/env bash
# moved.sh PROGRAMS: bin/ and lib/ work wherever somebody copies them, by way of a symbolic link too, whatever the
# environment says. A program that was copied without the library does nothing, and names what it lacks.
set -euo pipefail
programs=$(readlink -f "$1")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

moved="$scratch/another place"
mkdir -p "$moved"/{bin,lib/portal} "$scratch"/{links,alone/bin}
cp -P "$programs"/../lib/portal/*.so* "$moved/lib/portal/"
found=0
for program in "$programs"/portal-* "$programs/portalctl"; do
  [[ -f $program && -x $program && $program != *_test ]] || continue
  name=${program##*/}
  cp "$program" "$moved/bin/"
  ln -s "$moved/bin/$name" "$scratch/links/"
  for path in "$moved/bin/$name" "$scratch/links/$name"; do
    said=$(cd / && env -i "$path" --version 2>&1) || fail "$path: $said"
    [[ $said == 'portal '[0-9]* ]] || fail "$path says: $said"
  done
  core=$(ldd "$moved/bin/$name" | sed -nE 's/^\s*libportal-core\S* => (.*) \(0x.*/\1/p')
  [[ -n $core && $(readlink -f "$core") == "$moved/lib/portal/"* ]] || fail "$name takes its core from ${core:-nowhere}"

  cp "$program" "$scratch/alone/bin/"
  ! said=$("$scratch/alone/bin/$name" --version 2>&1) || fail "$name needs no core: $said"
  [[ $said == *libportal-core.so.*'cannot open shared object file'* ]] || fail "$name does not say what it lacks: $said"
  rm "$moved/bin/$name" "$scratch/alone/bin/$name"  # together they are large
  found=$((found + 1))
done
((found >= 15)) || fail "only $found programs in $programs"
