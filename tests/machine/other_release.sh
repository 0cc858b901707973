#!/usr/bin/env bash
# The Debian package of another release (MACHINE_SUITE): from the source package, by dpkg-buildpackage, on a
# machine of that release; hardened, and lintian says nothing. The other tests of that release install it.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
is_other_release || fail 2 'MACHINE_SUITE must name another release than that of this machine'

# The build takes minutes: what an earlier one has made of the same tree is kept.
tree=(CMakeLists.txt README.md conf modules sql templates tests/support tests/programs/hardening.sh
  tests/machine/other_release.sh)
kept=$cache/packages.of
made_of=$(cd "$root" && find "${tree[@]}" -type f -not -name '*.pyc' -print0 | sort -z | xargs -0 sha256sum | sha256sum)
if [[ -e $kept && $(<"$kept") == "$made_of" ]]; then
  echo "the package of this tree is there: $(package_of "$suite")"
  exit
fi

mapfile -t packages < <(packages_of build | grep -v libgtest-dev)
bare_root build-essential debhelper lintian "${packages[@]}"
mkdir "$bare/srv/a portal"
tar -C "$root" --exclude=__pycache__ -c CMakeLists.txt README.md conf modules sql templates tests |
  tar -C "$bare/srv/a portal" -x --no-same-owner

# -O1, because only the time of the build matters here.
# shellcheck disable=SC2016
in_root "$bare" env DEB_BUILD_OPTIONS="parallel=$(nproc)" DEB_CXXFLAGS_APPEND='-O1 -g1' bash -euc '
  cd "/srv/a portal"
  cd "$(conf/debian/make-source /srv/source)"
  dpkg-buildpackage -us -uc' >"$cache/dpkg-buildpackage.log" 2>&1 ||
  fail 1 "dpkg-buildpackage: $(tail -n 30 "$cache/dpkg-buildpackage.log")"
in_root "$bare" bash -c 'lintian --allow-root /srv/source/*.changes' >"$scratch/said" 2>&1 || true
[[ ! -s $scratch/said ]] || fail 1 "lintian: $(<"$scratch/said")"

release=$(sed -n 's/^VERSION_ID="\(.*\)"/\1/p' "$bare/etc/os-release")
made=("$bare"/srv/source/portal_*+deb"$release"_*.deb)
[[ -e ${made[0]} ]] || fail 1 "no package for Debian $release: $(ls "$bare/srv/source")"
[[ -e $(echo "$bare"/srv/source/portal-dbgsym_*.deb) ]] || fail 1 'no debug symbols'
dpkg-deb -x "${made[0]}" "$scratch/unpacked"

bash "$root/tests/programs/hardening.sh" "$scratch/unpacked/usr/bin" ON >"$scratch/said" 2>&1 ||
  fail 1 "not hardened: $(<"$scratch/said")"
if grep -a "$bare\|/srv/source" "$scratch"/unpacked/usr/{bin/portal*,lib/portal/*}; then
  fail 1 'a program names the folder of its build'
fi

rm -rf "$cache/packages"
mkdir "$cache/packages"
cp "$bare"/srv/source/*.deb "$cache/packages/"
printf '%s\n' "$made_of" >"$kept"
printf '%s\n' "${made[0]##*/}"
