# shellcheck shell=bash
# What the scenarios share: a running portal, a browser, the mails. To be sourced.
#
#   SCENARIO [PROGRAMS [QUICKSTART OPTION...]]
#
# PROGRAMS: the folder of the programs (default build/bin). The options choose web server and database,
# e.g. --server apache --database postgresql.
#
# start_portal serves a portal of the scenario's own, by conf/quickstart, until it ends. A browser is
# a cookie jar. An expectation that fails shows its line and the page, and ends the scenario.
set -euo pipefail
support=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
# shellcheck source=SCRIPTDIR/../../conf/lib.sh
. "$support/../../conf/lib.sh"
# shellcheck source=SCRIPTDIR/../support/facts.sh
. "$support/facts.sh"
# shellcheck source=SCRIPTDIR/../support/applications.sh
. "$support/applications.sh"
# shellcheck source=SCRIPTDIR/../support/processes.sh
. "$support/processes.sh"
# shellcheck source=SCRIPTDIR/../support/load.sh
. "$support/load.sh"
# portalctl speaks English to the scenarios, whoever runs them.
export LC_MESSAGES=C
[[ -z ${LC_ALL-} ]] || export LC_CTYPE=$LC_ALL
unset LC_ALL
programs=$(readlink -f "${1:-$root/build/bin}")
peers=("${@:2}")

scratch=$(mktemp -d)
site="$scratch/a portal"  # the space is on purpose
page=$scratch/page headers=$scratch/headers browser=first
portal='' url='' status='' scheme=http
manager=''  # a process that starts again what has ended (faults/lib.sh)

end_scenario() {
  local result=${1-$?}
  stop_offering
  go_on
  [[ -z $portal ]] || stop_portal
  ((result == 0)) || tail -n 5 "$site"/log/*.log >&2 || true
  rm -rf "$scratch"
}
trap end_scenario EXIT

# wait_for SECONDS COMMAND...: until it succeeds.
wait_for() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.05
  done
}

# What is put before a program that is to see a system which is not as it should be (portalctl/strange_system.cpp), with
# a variable that says how. LD_PRELOAD is a list with blanks between its names, so the folder is named apart; that it has
# one is on purpose.
strange_system=(env "LD_LIBRARY_PATH=$programs/../tests/portalctl/a library" LD_PRELOAD=libstrange_system.so)

# strange NAME=VALUE FUNCTION...: the same for all that a function starts.
strange() {
  local word result=0
  [[ -e "$programs/../tests/portalctl/a library/libstrange_system.so" ]] || fail 1 'strange_system is not built'
  for word in "${strange_system[@]:1}" "$1"; do export "${word?}"; done
  "${@:2}" || result=$?
  for word in "${strange_system[@]:1}" "$1"; do unset "${word%%=*}"; done
  return "$result"
}

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

is_ready_or_gone() { grep -q '^ready: ' "$scratch/quickstart.log" || ! kill -0 "$portal" 2>/dev/null; }

# start_portal [QUICKSTART OPTION...]
start_portal() {
  local port
  for _ in 1 2 3 4 5; do  # another process may take the free port meanwhile
    port=$(free_port)
    : >"$scratch/quickstart.log"
    "$root/conf/quickstart" --programs "$programs" --dir "$site" --port "$port" "${peers[@]}" "$@" \
      >"$scratch/quickstart.log" 2>&1 &
    portal=$!
    url=$scheme://127.0.0.1:$port
    wait_for 150 is_ready_or_gone || break
    grep -q "^ready: $url/\$" "$scratch/quickstart.log" && return 0
    grep -q 'is in use\|could not bind' "$scratch/quickstart.log" || break
  done
  cat "$scratch/quickstart.log" >&2
  return 1
}

stop_portal() {
  [[ -z $manager ]] || { kill -TERM "$manager" && wait "$manager"; } 2>/dev/null || true
  manager=''
  kill -TERM "$portal" 2>/dev/null || true
  wait "$portal" || true
  portal=''
}

sql() {
  local connection
  if served_by postgresql; then
    connection=$(sed -n 's/^database.connection = //p' "$site/portal.conf")
    psql -XAtq "$connection" -c "$1"
  else
    sqlite3 -cmd '.timeout 10000' "$site/portal.db" "$1"
  fi
}

# The process ids of a program of the running portal, one a line, wherever they are below quickstart:
# with mod_fcgid, Apache starts the responders.
process_of() {
  ps -e -o pid=,ppid=,args= | awk -v portal="$portal" -v name="/$1" '
    { parent[$1] = $2; if (index($0 " ", name " ")) found[$1] }
    END { for (pid in found) for (p = pid; p > 1; p = parent[p]) if (parent[p] == portal) print pid }'
}

# --- the browser

# visit [CURL OPTION...] PATH: fills status, $page and $headers. Redirects are not followed.
visit() {
  local jar=$scratch/$browser.jar target=${!#}
  [[ $target == http* ]] || target=$url$target
  status=$(curl -sS --noproxy '*' --max-time 40 --path-as-is -b "$jar" -c "$jar" -o "$page" -D "$headers" \
    -w '%{http_code}' "${@:1:$#-1}" "$target")
}

header() { sed -nE "s/^$1: (.*)\r\$/\1/Ip" "$headers"; }

# unexpected MESSAGE: ends the scenario; names its line.
unexpected() {
  local frame=1
  while ((frame < ${#BASH_SOURCE[@]} - 1)) && [[ ${BASH_SOURCE[frame]} != "$0" ]]; do ((frame++)); done
  printf '%s:%s: %s\n' "$0" "${BASH_LINENO[frame - 1]}" "$1" >&2
  printf -- '--- %s\n' "$status" >&2
  cat "$headers" >&2
  sed -E 's/^[[:space:]]+//; /^$/d' "$page" | head -c 6000 >&2
  exit 1
}

served_by() { [[ " ${peers[*]} " == *" $1 "* ]]; }  # a value of --server or --database

# Statuses may be several: '400|404'.
expect_status() { [[ $status =~ ^($1)$ ]] || unexpected "status $status instead of $1"; }
# <wbr> may stand anywhere in a text.
expect_text() { grep -qF -- "$1" <(sed 's/<wbr>//g' "$page") || unexpected "'$1' is missing"; }
expect_no_text() { ! grep -qF -- "$1" "$page" || unexpected "'$1' is there"; }
expect_body() { [[ $(<"$page") == "$1" ]] || unexpected "the body is not $1"; }
expect_header() { [[ $(header "$1") =~ ^$2$ ]] || unexpected "$1 is '$(header "$1")' instead of $2"; }
expect_redirect() {
  expect_status 303
  [[ $(header Location) == "$1" ]] || unexpected "leads to $(header Location) instead of $1"
}
# A page of the portal, whoever refuses: web server or responder.
expect_refusal() {  # STATUS CURL-ARGUMENT...
  local expected=$1
  shift
  visit "$@"
  expect_status "$expected"
  expect_text 'lang="ja"'
  expect_header Content-Type 'text/html; *charset=utf-8'
  expect_header X-Frame-Options DENY
}
expect_count() {  # NUMBER SQL
  local count
  count=$(sql "$2")
  [[ $count == "$1" ]] || unexpected "$2 gives $count instead of $1"
}

# --- the form

# fill_in judo 契 0123456 7 8 | fill_in ahaki 01234567 8 9: a form without mistakes. Change
# entries[FIELD] afterwards to make some.
fill_in() {
  read_application "$1"
  entries[email]=kikin01@test.example  # in small letters, as SQL and mails are asked for it
  case $1 in
    judo) entries+=([judo_agreement]=$2 [judo_number]=$3 [judo_suffix1]=$4 [judo_suffix2]=$5) ;;
    ahaki) entries+=([ahaki_number]=$2 [ahaki_suffix1]=$3 [ahaki_suffix2]=$4) ;;
  esac
}

send_form() {  # [CURL OPTION...]
  local field data=()
  for field in "${!entries[@]}"; do data+=(--data-urlencode "$field=${entries[$field]}"); done
  visit "${data[@]}" "$@" /register
}

# The page that was last visited must be the confirmation screen.
shown_draft() { sed -nE 's/.*name="draft" value="([^"]+)".*/\1/p' "$page"; }

# From the filled-in form to 申請完了画面.
apply() {
  send_form
  expect_redirect /register/confirm
  visit /register/confirm
  expect_status 200
  visit --data-urlencode "draft=$(shown_draft)" /register/complete
  expect_redirect /register/complete
  visit /register/complete
  expect_status 200
  expect_text 'ご登録いただいたメールアドレス宛に、ユーザー登録の有効化リンクを添付したメールをお送りしております。'
}

# --- the mails

# mail_to ADDRESS [NUMBER]: waits for that many mails to it, prints the newest: subject and text.
mail_to() { python3 "$support/mail.py" "$site/mail" "$@"; }

# link_in LINES: the path and query of the first of those links.
link_in() { grep -oE "^$url/[a-z/]+\\?token=[A-Za-z0-9_-]+\$" <<<"$1" | sed -n "1s|^$url||p" | tr -d '\n'; }

# The path and query of the link in the newest mail; of the one 「心当たりがない」.
link_to() { link_in "$(mail_to "$@")"; }
stop_link_to() { link_in "$(mail_to "$@" | grep '/mail/stop?')"; }

# Moves the sending of every link back.
age_links() { sql "UPDATE activation_link SET sent_at = sent_at - $1"; }
