#!/usr/bin/env bash
# A responder that waits needs little memory: under 10 MB each, with the SQLite connector only, also
# after it has hashed a password.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal
fill_in ahaki 01234567 8 9
apply
visit "$(link_to kikin01@test.example)"
expect_text 'ユーザー登録が完了いたしました。'

most=0
is_small() {
  most=$(awk '/^Pss:/ { print $2 }' "/proc/$process/smaps_rollup")
  ((most < 10240))
}
while read -r step; do
  process=$(process_of "portal-$step")
  # The memory of hashing goes back some seconds after the last hash.
  wait_for 20 is_small || unexpected "portal-$step needs $most KiB"
  printf 'portal-%s: %s KiB\n' "$step" "$most"
done < <(steps)
