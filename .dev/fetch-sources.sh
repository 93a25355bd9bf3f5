# Debian source packages, fetched through a private package list with every signature checked.
#
# libsodium is compiled to WebAssembly from it; cpp-httplib is newer there than the machine's own.
# Nothing of the machine's apt configuration is changed; its mirror is read from it. The chain is
# InRelease signature, Sources, .dsc, tarballs; apt-get source applies Debian's security patches.

# shellcheck source=/dev/null
source "$LANDFALL_ROOT/.dev/mirror.sh"

readonly SOURCES="$BUILD/sources"
readonly SOURCES_APT="$BUILD/apt"
readonly SOURCES_LOCK="$LANDFALL_ROOT/.dev/sources.lock"
readonly SOURCES_RECORD="$SOURCES/RECORD"

# private_apt SUITE TOOL ARGS...: runs an apt tool that sees nothing but SUITE of the Debian archive.
private_apt() {
  local state="$SOURCES_APT/$1" tool="$2"
  shift 2
  "$tool" -o Dir::Etc::sourcelist="$state/src.list" -o Dir::Etc::sourceparts=- \
    -o Dir::State::lists="$state/lists" -o Dir::Cache="$state" \
    -o Dir::Cache::archives="$state/archives" -o Dir::Cache::pkgcache= \
    -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User="$(id -un)" \
    -o Acquire::AllowInsecureRepositories=false \
    -o Acquire::AllowDowngradeToInsecureRepositories=false \
    -o APT::Get::AllowUnauthenticated=false -q "$@"
}

# update_suite SUITE: fails when the mirror has no such suite or its signature is not Debian's.
#
# A list past its date may be an old one played back, so from such a list only the version that
# .dev/sources.lock pins by its SHA-256 is taken (choose_source); the signature is checked all the same.
update_suite() {
  local suite="$1" state="$SOURCES_APT/$1" uri option options
  [ ! -e "$state/updated" ] || return 0
  read -r uri option < <(debian_source) || fail "no Debian mirror in the machine's apt configuration"
  options="signed-by=$(debian_keyring)"
  mkdir -p "$state/lists/partial" "$state/archives/partial" "$BUILD/log"
  printf 'deb-src [%s] %s %s main\n' "$options" "$uri" "$suite" >"$state/src.list"
  if ! private_apt "$suite" apt-get update >"$BUILD/log/apt-sources-$suite.log" 2>&1; then
    printf 'deb-src [%s check-valid-until=no] %s %s main\n' "$options" "$uri" "$suite" >"$state/src.list"
    quietly "apt-sources-$suite" private_apt "$suite" apt-get update || return 1
    touch "$state/past-date"
  fi
  touch "$state/updated"
}

# newest_version SUITE PACKAGE: the highest version of the source package in the suite.
newest_version() {
  local newest="" version
  while read -r version; do
    if [ -z "$newest" ] || dpkg --compare-versions "$version" gt "$newest"; then newest="$version"; fi
  done < <(private_apt "$1" apt-cache showsrc --only-source "$2" 2>/dev/null | sed -n 's/^Version: //p')
  printf '%s\n' "$newest"
}

# choose_source PACKAGE LEAST PINNED SUITE...: "SUITE VERSION" of the first suite with LEAST or newer.
choose_source() {
  local package="$1" least="$2" pinned="$3" suite version
  shift 3
  for suite in "$@"; do
    update_suite "$suite" || continue
    version="$(newest_version "$suite" "$package")"
    if [ -e "$SOURCES_APT/$suite/past-date" ] && [ "$version" != "$pinned" ]; then continue; fi
    if [ -n "$version" ] && dpkg --compare-versions "$version" ge "$least"; then
      printf '%s %s\n' "$suite" "$version"
      return 0
    fi
  done
  return 1
}

# fetch_source PACKAGE SUITE VERSION: leaves the patched source in build/sources/PACKAGE.
fetch_source() {
  local package="$1" suite="$2" version="$3" work="$SOURCES_APT/work-$1" unpacked
  rm -rf "$work" "${SOURCES:?}/$package"
  mkdir -p "$work" "$SOURCES"
  (cd "$work" && quietly "source-$package" private_apt "$suite" apt-get source "$package=$version") ||
    fail "$package $version could not be fetched"
  unpacked="$(find "$work" -mindepth 1 -maxdepth 1 -type d)"
  mv "$unpacked" "$SOURCES/$package"
  (cd "$work" && sha256sum -- *.dsc *.tar.*) >"$SOURCES/$package.sha256"
  rm -rf "$work"
}

# compare_with_lock PACKAGE VERSION WANTED_VERSION WANTED_SUM: says when a source has moved, and
# refuses the same version with other bytes.
compare_with_lock() {
  local package="$1" version="$2" wanted="$3" wanted_sum="$4" sum
  sum="$(sed -n 's/ .*\.dsc$//p' "$SOURCES/$package.sha256")"
  if [ "$version" != "$wanted" ]; then
    say "note: Debian's $package has moved from $wanted to $version (.dsc SHA-256 $sum); .dev/sources.lock has the old one"
  elif [ "$sum" != "$wanted_sum" ]; then
    fail "$package $version is not the one of .dev/sources.lock: .dsc SHA-256 $sum, wanted $wanted_sum"
  fi
}

# record_source PACKAGE LEAST SUITE VERSION: what was used, for the next run and for the curious.
record_source() {
  local kept=""
  if [ -e "$SOURCES_RECORD" ]; then kept="$(sed "/^$1 /d" "$SOURCES_RECORD")"; fi
  { [ -z "$kept" ] || printf '%s\n' "$kept"; printf '%s\n' "$*"; } >"$SOURCES_RECORD"
}

# link_headers: one folder with the headers of the fetched sources and of the header-only packages,
# for em++, which must not see the rest of /usr/include.
link_headers() {
  local include="$SOURCES/include" name
  mkdir -p "$include"
  ln -sfn ../cpp-httplib/httplib.h "$include/httplib.h"
  for name in nlohmann fmt doctest; do
    [ -d "/usr/include/$name" ] || fail "no /usr/include/$name"
    ln -sfn "/usr/include/$name" "$include/$name"
  done
}

# ensure_sources: after it, every package of .dev/sources.lock lies unpacked in build/sources.
ensure_sources() {
  ensure_packages sources native
  local package suites least wanted wanted_sum suite version
  while read -r package suites least wanted wanted_sum; do
    [[ "$package" != \#* ]] || continue
    if [ -d "$SOURCES/$package" ] && grep -q "^$package $least " "$SOURCES_RECORD" 2>/dev/null; then
      continue
    fi
    step "fetching the source of $package"
    # shellcheck disable=SC2086
    read -r suite version < <(choose_source "$package" "$least" "$wanted" ${suites//,/ }) ||
      fail "no $package of at least $least in ${suites//,/ }; see build/log"
    fetch_source "$package" "$suite" "$version"
    compare_with_lock "$package" "$version" "$wanted" "$wanted_sum"
    record_source "$package" "$least" "$suite" "$version"
  done <"$SOURCES_LOCK"
  link_headers
}
