#!/usr/bin/env bash
# The systemd units: each step has its own, `systemd-analyze verify` finds nothing in them, and each service
# is exposed by 2.0 at most. Argument: the folder of the programs.
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../conf/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../conf/lib.sh"
programs=$1
command -v systemd-analyze >/dev/null || { echo 'skipped: systemd is not installed'; exit 77; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# A machine's /usr, with the units and the programs that they name.
machine=$scratch/machine units=$scratch/machine/usr/lib/systemd/system
mkdir -p "$units" "$machine/usr/bin"
ln -s usr/bin "$machine/bin"
cp -r /usr/lib/systemd/system/. "$units"
"$root/conf/systemd/generate" "$scratch/generated"
cp -r "$scratch/generated/." "$units"
cp "$programs"/portal-* "$programs/portalctl" /bin/sh "$machine/usr/bin"
diff -r "$scratch/generated" "$programs/../share/systemd/system" || fail 1 'the build has other units: see above'

names=(portal.target portal-mailer.service portal-purge.service portal-purge.timer portal-status.service portal-status.timer)
while read -r step; do names+=("portal-$step.socket" "portal-$step.service" "portal-$step@2.service"); done < <(all_steps)
systemd-analyze verify --man=no --root="$machine" "${names[@]}" 2>"$scratch/said" ||
  { cat "$scratch/said"; fail 1 'the units are not right'; }
[[ ! -s $scratch/said ]] || { cat "$scratch/said"; fail 1 'the units are not quite right'; }

for unit in "$scratch/generated"/*.service; do
  systemd-analyze security --no-pager --offline=true --threshold=20 "$unit" >"$scratch/said" 2>&1 ||
    { cat "$scratch/said"; fail 1 "${unit##*/} is exposed by more than 2.0"; }
  sed -n 's/^.*Overall exposure level for //p' "$scratch/said"
done

# Steps that hash give way to all others.
weight_of() { sed -n 's/^CPUWeight=//p' "$scratch/generated/portal-$1.service"; }
for step in complete login; do
  (($(weight_of "$step") < $(weight_of form))) || fail 1 "portal-$step does not give way to portal-form"
done

# What nobody can use is refused.
! "$root/conf/systemd/generate" 2>"$scratch/said" || fail 1 'generate needs a folder'
grep -q 'the folder is missing' "$scratch/said"
! "$root/conf/systemd/generate" "$scratch/generated" --steps "$scratch/none" 2>"$scratch/said" ||
  fail 1 'generate needs the steps'
grep -q 'cannot read' "$scratch/said"
