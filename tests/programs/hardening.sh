#!/usr/bin/env bash
# hardening.sh PROGRAMS ON|OFF [COMMANDS]: what hardens the programs and their libraries is read off them. Off: they were
# built without optimisation, which has less of it. COMMANDS: the compile_commands.json of their build.
set -euo pipefail
programs=$1 hardened=$2 compile_commands=${3-}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
complaints=0

lacks() {  # FILE WHAT
  printf '%s lacks %s\n' "${1##*/}" "$2" >&2
  complaints=1
}

has() { grep -qE -- "$1" "$scratch/read"; }

# Marks for Intel CET where functions begin, and pages of the stack that are touched one by one. Hardly a program
# has a frame of over a page, but the core has: the reader of requests.
look_at_code() {  # FILE
  [[ $(uname -m) == x86_64 ]] || return 0
  objdump -d --no-show-raw-insn "$1" >"$scratch/code"
  (($(grep -c 'endbr64' "$scratch/code") > 20)) || lacks "$1" -fcf-protection
  # shellcheck disable=SC2016  # $0 is the assembler's
  [[ $1 != *libportal-core* ]] || grep -qE 'or[ql] +\$0x0,(0x[0-9a-f]+)?\(%rsp\)|sub +\$0x1000,%rsp' "$scratch/code" || lacks "$1" -fstack-clash-protection
}

look_at() {  # FILE
  readelf -hldW --dyn-syms "$1" >"$scratch/read"
  has 'Type: +DYN' || lacks "$1" 'position independence'
  has GNU_RELRO || lacks "$1" RELRO
  has 'FLAGS.*NOW|BIND_NOW' || lacks "$1" 'binding at start'
  has 'GNU_STACK .* RW ' || lacks "$1" 'a stack that cannot be executed'
  # That of the core, from wherever the program lies, and none that anybody else could write to.
  # shellcheck disable=SC2016  # the loader knows $ORIGIN
  ! grep -E 'R(UN)?PATH' "$scratch/read" | grep -vF 'runpath: [$ORIGIN/../lib/portal]' || lacks "$1" 'the absence of other library paths'
  has '__stack_chk_fail' || lacks "$1" 'stack protection'
  [[ $hardened == ON ]] || return 0
  has '__(mem|str|sn?|vsn?|f|vf|read|recv|poll|fd|get)[a-z]*_chk' || lacks "$1" _FORTIFY_SOURCE
  # The module has no index to check.
  [[ $1 == *postgresql.so ]] || has 'glibcxx_assert_fail' || lacks "$1" _GLIBCXX_ASSERTIONS
  look_at_code "$1"
}

found=0
for program in "$programs"/portal*; do
  [[ -f $program && -x $program && $program != *_test ]] || continue
  look_at "$program"
  has 'FLAGS_1.*PIE' || lacks "$program" 'the mark of a program that is position independent'
  found=$((found + 1))
done
((found >= 14)) || { echo "only $found programs in $programs" >&2; exit 1; }
for library in "$programs"/../lib/portal/*.so*; do
  [[ -L $library ]] || look_at "$library"
done
[[ -n ${library:-} ]] || { echo "no libraries beside $programs" >&2; exit 1; }

# Level 3 cannot be read off a program: it calls the same functions as level 2. Nobody defines it after us.
if [[ $hardened == ON && -n $compile_commands ]]; then
  grep '"command"' "$compile_commands" >"$scratch/commands"
  ! grep -v -- '-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3' "$scratch/commands" || { echo 'not at level 3' >&2; complaints=1; }
  ! grep -E -- '-D_FORTIFY_SOURCE=3.*-[DU]_FORTIFY_SOURCE' "$scratch/commands" || { echo 'undone later' >&2; complaints=1; }
fi
exit "$complaints"
