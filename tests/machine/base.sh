#!/usr/bin/env bash
# A bare root can be made: it is what a machine has that was installed a minute ago.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

bare_root
in_root "$bare" dpkg --verify || fail 1 'its packages are damaged: see above'
[[ -n $(in_root "$bare" apt-cache policy nginx | sed -n 's/^ *Candidate: [0-9]//p') ]] ||
  fail 1 'no package can be installed in it'
