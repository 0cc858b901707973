#!/usr/bin/env bash
# Two builds of the Debian package, in different folders, time zones and languages, give the same files, byte
# for byte. Run by hand, because it takes two builds: needs debhelper and what conf/packages has for a build.
#
#   reproducible.sh [DPKG-BUILDPACKAGE-OPTION...]     DEB_BUILD_OPTIONS, DEB_CXXFLAGS_APPEND… have their effect
set -euo pipefail
# shellcheck source=SCRIPTDIR/../../conf/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../conf/lib.sh"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

build() {  # FOLDER ZONE LOCALE UMASK
  local tree
  umask "$4"
  tree=$("$root/conf/debian/make-source" "$1")
  (cd "$tree" && TZ=$2 LC_ALL=$3 dpkg-buildpackage -us -uc -b "${options[@]}") >"$scratch/log" 2>&1 ||
    { tail -n 20 "$scratch/log" >&2; fail 1 "dpkg-buildpackage in $1 failed"; }
  (cd "$1" && sha256sum -- *.deb *.orig.tar.xz) | tee "$1.sums"
  rm -rf "$tree"
}
options=("$@")
export DEB_BUILD_OPTIONS=${DEB_BUILD_OPTIONS-parallel=$(nproc)}
build "$scratch/one" UTC C.UTF-8 022
build "$scratch/some/where/else" Asia/Tokyo C 027
diff "$scratch/one.sums" "$scratch/some/where/else.sums" || fail 1 'the builds differ'
say 'both builds are the same'
