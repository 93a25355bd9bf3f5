# Which Debian packages each need takes; installs the missing ones only.

declare -A DEBIAN_PACKAGES=(
  [native]="g++ cmake ninja-build ccache pkg-config libsodium-dev nlohmann-json3-dev doctest-dev
    libfmt-dev libsqlite3-dev libssl-dev zlib1g-dev
    libbrotli-dev libpugixml-dev libzip-dev age argon2 valgrind"
  [sources]="dpkg-dev debian-archive-keyring xz-utils"
  [wasm]="emscripten clang-19 lld-19"
  [npm]="npm"
  [format]="clang-format-19"
  [tidy]="clang-19 clang-tidy-19"
  [sanitizers]="clang lld libclang-rt-dev"
  [journey]="chromium fonts-noto-core fonts-noto-cjk age strace"
)

# missing_packages NEED...: prints the packages of the needs that are not installed.
missing_packages() {
  local need package status
  for need in "$@"; do
    for package in ${DEBIAN_PACKAGES[$need]}; do
      status="$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" || status="absent"
      [ "$status" = installed ] || printf '%s\n' "$package"
    done
  done | sort -u
}

# ensure_packages NEED...: after it, every package of the needs is installed.
ensure_packages() {
  command -v dpkg-query >/dev/null || fail "this is not Debian: install the packages of .dev/packages.sh by hand"
  local -a missing
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0

  step "installing ${#missing[@]} Debian packages: ${missing[*]}"
  install_packages "${missing[@]}"
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -eq 0 ] || fail "not installed: ${missing[*]}"
}

install_packages() {
  local why="to install Debian packages ($*)"
  # The lists are asked for once a run; old ones name versions that the mirror has dropped.
  if [ -z "${LANDFALL_APT_UPDATED:-}" ]; then
    quietly apt-update as_root "$why" apt-get -q update || fail "apt-get update failed"
    LANDFALL_APT_UPDATED=1
  fi
  quietly apt-install as_root "$why" env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y --no-install-recommends install "$@" || fail "apt-get install failed"
}
