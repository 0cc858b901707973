#!/usr/bin/env bash
# The disk of the database is full while people register: whoever presses OK gets a page that says to reload, and
# the reload works as soon as there is room again. Nothing is restarted.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
((EUID == 0)) || { echo 'skipped: only root can mount a disk to fill'; exit 77; }

mkdir "$site"
mount -t tmpfs -o size=256m,mode=755 tmpfs "$site" || { echo 'skipped: no tmpfs can be mounted here'; exit 77; }
end_disk() {
  local result=$?
  stop_offering
  [[ -z $portal ]] || stop_portal
  umount "$site"
  ln -s "$scratch/log" "$site/log"
  end_scenario "$result"
}
trap end_disk EXIT
mkdir "$scratch/log"
ln -s "$scratch/log" "$site/log"  # the logs stay readable
start_portal
offer 4 "$url"
wait_for_accepted 20

it_happens
# Until not even a page of the database fits.
dd if=/dev/zero of="$site/filler" bs=4096 status=none 2>/dev/null || true
are_refused() { (($(cat "$site"/log/{form,complete}.log | grep -c 'status=503') >= 20)); }
wait_for 60 are_refused || unexpected 'nobody is refused on a full disk'
rm "$site/filler"
wait_for_accepted 20
it_cost
