# shellcheck shell=bash disable=SC2034,SC2154
# What each fault of this folder is told with: people register all the time (offer), the fault happens
# (it_happens), people register again (wait_for_accepted), and the row of the table is printed (it_cost).
# To be sourced after scenario.sh or postgresql.sh.
#
# With FAULTS_LONG=1 (tests/faults/run --long) each takes minutes; otherwise it is short, as continuous integration needs it.
faults=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
happened='' mails='' follower=''
seed=${FAULTS_SEED:-$SRANDOM}  # printed by each fault that draws something

at_length() { [[ ${FAULTS_LONG-} == 1 ]]; }
short_or_long() { if at_length; then echo "$2"; else echo "$1"; fi; }  # SHORT LONG

# $scratch/roster.csv gets a clinic for each who may register, for `start_portal --roster` and `offer --roster`.
make_roster() {
  awk -v number="$(short_or_long 3000 20000)" 'BEGIN {
    print "登録記号番号,施術所名,所在地,電話番号"
    for (i = 0; i < number; i++) printf "契%07d-%d-0,接骨院%d,東京都港区本町1-1,000-0000-0000\n", 1310000 + i, i % 10, i
  }' >"$scratch/roster.csv"
}

# site_on_a_disk SIZE [FOLDER...]: the site is on a disk of its own, or one of these folders, and the others by a link to it.
# Only root can make one. fill FOLDER: the disk has no room any more, until FOLDER/filler is removed.
disk=''
site_on_a_disk() {
  local folder
  ((EUID == 0)) || { echo 'skipped: only root can mount a disk to fill'; exit 77; }
  disk=$site
  mkdir "$site"
  if (($# > 1)); then
    disk=$scratch/disk
    mkdir "$disk"
  fi
  mount -t tmpfs -o "size=$1,mode=755" tmpfs "$disk" || { echo 'skipped: no tmpfs can be mounted here'; exit 77; }
  for folder in "${@:2}"; do
    mkdir "$disk/$folder"
    ln -s "$disk/$folder" "$site/$folder"
  done
  trap end_disk EXIT
}
end_disk() {
  local result=$?
  stop_offering
  [[ -z $portal ]] || stop_portal
  ((result == 0)) || cp -rL "$site/log" "$scratch/logs"
  umount "$disk"
  rm -rf "${site:?}"
  mkdir "$site"
  ! [[ -d $scratch/logs ]] || mv "$scratch/logs" "$site/log"
  end_scenario "$result"
}
# Until not even a page of the database fits.
fill() { dd if=/dev/zero of="$1/filler" bs=4096 status=none 2>/dev/null || true; }

# preloaded LIBRARY NAME=VALUE... -- FUNCTION...: what the function starts has that library of this folder loaded before
# libc, and these variables.
preloaded() {
  local word result=0 variables=("LD_LIBRARY_PATH=$programs/../tests/faults/a library" "LD_PRELOAD=lib$1.so")
  [[ -e "$programs/../tests/faults/a library/lib$1.so" ]] || fail 1 "$1 is not built"
  shift
  while [[ $1 != -- ]]; do
    variables+=("$1")
    shift
  done
  for word in "${variables[@]}"; do export "${word?}"; done
  "${@:2}" || result=$?
  for word in "${variables[@]}"; do unset "${word%%=*}"; done
  return "$result"
}

detail() { printf '  %s\n' "$*"; }  # a line that is shown below the row

# start_relay [SETTING...]: the mails of the running portal leave by SMTP to relay.py, which is told by $scratch/relay.mode.
# SETTING: a further line of portal.conf.
relay=''
relay_is_there() { [[ -s $scratch/relay.port ]]; }
start_relay() {
  local certificates=()
  [[ ! -d $scratch/certificates ]] || certificates=("$scratch/certificates")
  : >"$scratch/relay.mode"
  setpriv --pdeathsig KILL python3 "$faults/relay.py" "$scratch/relay" "$scratch/relay.mode" "${certificates[@]}" \
    >"$scratch/relay.port" 2>"$scratch/relay.log" &
  relay=$!
  wait_for 20 relay_is_there || fail 1 "the relay does not start: $(<"$scratch/relay.log")"
  printf '%s\n' 'mail.transport = smtp' 'mail.smtp.host = localhost' "mail.smtp.port = $(<"$scratch/relay.port")" \
    'mail.from = no-reply@portal.example.jp' "$@" >>"$site/portal.conf"
  start_manager
  kill -TERM "$(process_of portal-mailer)"  # the next one reads the settings
  mails_are_in "$scratch/relay"
}

# limit_programs RESOURCE FUNCTION PROGRAM...: the soft limit of each of these running programs (prlimit(1)) becomes what the
# function prints for its process, which is $1. lift_limits: as before.
limited=()
limit_programs() {
  local resource=$1 limit=$2 program pid
  for program in "${@:3}"; do
    for pid in $(process_of "$program"); do
      limited+=("$resource $pid $(prlimit --pid "$pid" "--$resource" -o SOFT --noheadings --raw)")
      prlimit --pid "$pid" "--$resource=$("$limit" "$pid"):"
    done
  done
}
lift_limits() {
  local resource pid limit one
  for one in "${limited[@]}"; do
    read -r resource pid limit <<<"$one"
    prlimit --pid "$pid" "--$resource=$limit:" 2>/dev/null || ! kill -0 "$pid" 2>/dev/null
  done
  limited=()
}

# start_manager [SEED PAUSE]: what ends is started again (manager.py), until the portal is stopped; with PAUSE, processes are
# killed, until $scratch/stop_killing is there.
start_manager() {
  rm -f "$scratch/stop_killing" "$scratch/managed"
  python3 "$faults/manager.py" "$portal" "${1-0}" "$scratch/stop_killing" "$scratch/managed" "${2-0}" &
  manager=$!
  wait_for 60 test -e "$scratch/managed"
}

it_happens() { happened=$EPOCHREALTIME; }

# mails_are_in MAILDIR: the mails count too, from now on.
mails_are_in() { mails=$1; }

# follow_links EVERY: every so manieth link that comes to $mails is followed, until it_cost.
follow_links() {
  rm -f "$scratch/stop_following"
  python3 "$faults/follow.py" "$scratch/stop_following" "$scratch/followed" "$mails" "$1" "$url" &
  follower=$!
}

no_link_is_followed() {
  touch "$scratch/stop_following"
  wait "$follower" || unexpected 'a link does not activate'
  follower=''
}

# The leases of a mailer that was killed run out, and what waits for a later try is due.
pass_the_waiting() {
  "$@" "UPDATE outbox SET leased_until = 0, next_attempt_at = created_at WHERE state = 'queued'"
  "$@" "UPDATE mail_pause SET until = since"
}
no_mail_waits() { [[ $("$@" "SELECT count(*) FROM outbox WHERE state = 'queued'") == 0 ]]; }

# it_cost [SQL-COMMAND...]: ends the offering and prints the row of this scenario, named after its file. The
# command, by default sql, runs the statement that it gets as its last argument on the database of the site.
# Fails when an accepted registration is lost or doubled, or when nobody was accepted after the fault.
it_cost() {
  local ask=("${@:-sql}") name=${0##*/} options=()
  [[ -z $load ]] || nobody_else_comes
  if [[ -n $mails ]]; then
    options+=(--mails "$mails")
    wait_for "$(short_or_long 60 1800)" no_mail_waits "${ask[@]}" || unexpected 'a mail is not sent'
  fi
  if [[ -n $follower ]]; then
    no_link_is_followed
    options+=(--followed "$scratch/followed")
  fi
  "${ask[@]}" "SELECT registration.email, count(*), (SELECT count(*) FROM account WHERE account.email_key = \
registration.email_key) FROM registration JOIN outbox ON outbox.registration_id = registration.id \
AND outbox.kind = 'activation' GROUP BY registration.email, registration.email_key" >"$scratch/found"
  python3 "$faults/row.py" "${name%.sh}" "$happened" "$scratch/found" "${options[@]}" "$scratch"/report*
}
