#!/usr/bin/env bash
# portal.conf as editors and slips of the keyboard leave it: each program says in one line what is wrong, and
# ends with status 2. A line ` = 1` once ended every program by a signal, without a word.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
said=$scratch/said conf=$scratch/odd.conf

# refuses TEXT: every kind of program, of the file $conf.
refuses() {
  local program status
  for program in 'portal-form --check' 'portal-mailer --once' 'portalctl status' 'portal-pages --check'; do
    read -r program option <<<"$program"
    status=0
    timeout 20 "$programs/$program" --config "$conf" "$option" >"$said" 2>&1 </dev/null || status=$?
    ((status == 2)) || { cat "$said" >&2; echo "$program: status $status for '$1'" >&2; exit 1; }
    grep -qF -- "$1" "$said" || { cat "$said" >&2; echo "$program does not say '$1'" >&2; exit 1; }
    (($(wc -l <"$said") == 1)) || { cat "$said" >&2; echo "$program: more than one line for '$1'" >&2; exit 1; }
  done
}

while IFS='|' read -r bytes text; do
  printf '%b' "$bytes" >"$conf"
  refuses "$text"
done <<'CASES'
 = 1\n|line 1: expected NAME = VALUE
log.level = info\n=\n|line 2: expected NAME = VALUE
. = 1\n|line 1: expected NAME = VALUE
mail..from = a\n|line 1: expected NAME = VALUE
mail.from\n|line 1: expected NAME = VALUE
[mail]\n|line 1: expected NAME = VALUE
log.level\0 = info\n|line 1: has a NUL
log.level = in\0fo\n|line 1: has a NUL
\0377\0376l\0o\0|line 1: has a NUL
mail.from = M\0374ller <a@b.jp>\n|line 1: is no UTF-8
mail.from = \0033[2Ja\n|line 1: has a control character
log.levle = info\r\n|line 1: unknown setting log.levle
CASES
python3 -c 'print("k" * 900000 + " = 1")' >"$conf"
refuses 'unknown setting kkk'
python3 -c 'print("." * 900000)' >"$conf"
refuses 'line 1: expected NAME = VALUE'
python3 -c 'print("#\n" * 900000)' >"$conf"
refuses 'larger than 1 MiB'
conf=$scratch
refuses 'it is a folder'
conf=/dev/zero
refuses 'larger than 1 MiB'
conf=$scratch/none
refuses 'No such file'

# A byte order mark and Windows' line ends are no fault.
conf=$scratch/good.conf
printf '\xef\xbb\xbf# a\r\ntemplates.directory = %s\r\npassword.blocklist =\r\n' "$root/templates" >"$conf"
"$programs/portal-form" --config "$conf" --check
