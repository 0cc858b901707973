# shellcheck shell=bash disable=SC2154
# People who register while a test does something else: browsers.py, in the background. Sourced by scenario.sh.
load=''  # its process

# offer BROWSERS [OPTION...] URL...: so many browsers register there, one person after another, until nobody_else_comes.
# A test that offers more than once gives each crowd a name of its own beginning with `report`: their addresses differ.
crowd=report
offer() {
  rm -f "$scratch/stop"
  : >"$scratch/accepted"
  python3 "$support/browsers.py" "$scratch/stop" "$scratch/$crowd" "$@" >"$scratch/accepted" &
  load=$!
}

have_been_accepted() { (($(wc -l <"$scratch/accepted") >= $1)); }

# wait_for_accepted NUMBER: until so many more people have seen 申請完了画面.
wait_for_accepted() {
  local before
  before=$(wc -l <"$scratch/accepted")
  wait_for 120 have_been_accepted $((before + $1)) || unexpected "nobody registers: $before, and then no $1 more"
}

# Those who have begun come to their end; the report is written. Fails when somebody saw what nobody should see.
nobody_else_comes() {
  local process=$load
  touch "$scratch/stop"
  load=''
  wait "$process" || unexpected 'a browser saw what it should not'
}

stop_offering() {  # and who follows links (faults/lib.sh)
  local one
  for one in "$load" "${follower-}"; do [[ -z $one ]] || kill -KILL "$one" 2>/dev/null || true; done
  load=''
}
