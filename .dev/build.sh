# Building: the native programs, the core module, the portal; and where they lie.

readonly NATIVE_BUILD="$BUILD/dev"
readonly WASM_BUILD="$BUILD/wasm"
readonly WEB_DIST="$BUILD/web/dist"

jobs_at_once() { nproc; }

use_ccache() {
  export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
  export CCACHE_BASEDIR="$LANDFALL_ROOT" CCACHE_NOHASHDIR=1
}

# build_preset PRESET WHAT TARGET...: configures once, builds what is out of date. Two runs at once
# in one clone take turns.
build_preset() {
  local preset="$1" what="$2"
  shift 2
  if [ ! -e "$BUILD/$preset/build.ninja" ]; then
    quietly "configure-$preset" cmake --preset "$preset" || fail "$what could not be configured"
  fi
  step "building $what"
  quietly "build-$preset" flock "$BUILD/$preset" cmake --build --preset "$preset" -j "$(jobs_at_once)" \
    ${1:+--target "$@"} || fail "$what does not build"
}

# ensure_native TARGET...: the native programs and tests, or only the targets named.
ensure_native() {
  ensure_packages native
  # The build registers tests that are Node scripts.
  ensure_node
  ensure_sources
  use_ccache
  build_preset dev "the native programs" "$@"
}

# ensure_emscripten: the environment that Debian's Emscripten wants.
ensure_emscripten() {
  ensure_packages wasm
  EMSCRIPTEN_ROOT="$(dirname "$(readlink -f "$(command -v emcc)")")"
  export EMSCRIPTEN_ROOT
  # Emscripten's optimiser looks for acorn where Debian puts Node's libraries.
  export NODE_PATH="/usr/share/nodejs${NODE_PATH:+:$NODE_PATH}"
}

# ensure_wasm TARGET...: the core module and its test build, or only the targets named.
ensure_wasm() {
  ensure_packages native
  ensure_sources
  ensure_emscripten
  use_ccache
  build_preset wasm "the core module" "$@"
}

# ensure_web: the portal, for the development keys of this clone, and the signed list of its files.
ensure_web() {
  ensure_node_modules
  ensure_wasm
  ensure_dev_keys
  LANDFALL_ROOT_KEY="$(cat "$DEV_KEYS/root.pub")"
  LANDFALL_WASM="$(path_of wasm)"
  export LANDFALL_ROOT_KEY LANDFALL_WASM
  local stamp="$BUILD/stamps/web" sum
  sum="$(web_inputs_sum)"
  if [ -e "$WEB_DIST/build.jws" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$sum" ]; then return 0; fi
  step "building the portal"
  locked web quietly build-web npm --prefix web run build || fail "the portal does not build"
  quietly build-sign "$(path_of landfall)" build sign "$WEB_DIST" --keys "$DEV_KEYS" ||
    fail "the portal could not be signed"
  mkdir -p "$BUILD/stamps"
  printf '%s\n' "$sum" >"$stamp"
}

# web_inputs_sum: one digest of everything the portal is made of.
web_inputs_sum() {
  {
    printf '%s\n' "$LANDFALL_ROOT_KEY"
    sha256sum "$LANDFALL_WASM" "$(path_of functions)" "$(path_of identity)" \
      "$(path_of vault)" "$(path_of trust)" "$(path_of vector)"
    find web wasm/bindings i18n -type d \( -name node_modules -o -name dist \) -prune -o \
      -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
  } | sha256sum
}

# path_of NAME: where a built thing lies; fails for a name it does not know.
path_of() {
  case "$1" in
    landfall) printf '%s\n' "$NATIVE_BUILD/bin/landfall" ;;
    landfall-workbench) printf '%s\n' "$NATIVE_BUILD/bin/landfall-workbench" ;;
    wasm) printf '%s\n' "$WASM_BUILD/bin/landfall.wasm" ;;
    functions) printf '%s\n' "$WASM_BUILD/bin/landfall-functions.wasm" ;;
    identity) printf '%s\n' "$WASM_BUILD/bin/landfall-identity.wasm" ;;
    vault) printf '%s\n' "$WASM_BUILD/bin/landfall-vault.wasm" ;;
    trust) printf '%s\n' "$WASM_BUILD/bin/landfall-trust.wasm" ;;
    vector) printf '%s\n' "$WASM_BUILD/bin/landfall-vector.wasm" ;;
    wasm-conformance) printf '%s\n' "$WASM_BUILD/bin/landfall_conformance.wasm" ;;
    native-conformance) printf '%s\n' "$NATIVE_BUILD/bin/landfall_conformance" ;;
    replay) printf '%s\n' "$NATIVE_BUILD/bin/landfall_replay" ;;
    engine-bench) printf '%s\n' "$NATIVE_BUILD/bin/landfall_engine_bench" ;;
    web) printf '%s\n' "$WEB_DIST" ;;
    *) return 1 ;;
  esac
}

command_path() {
  [ $# -eq 1 ] || fail "path takes one name: landfall landfall-workbench wasm functions identity vault trust vector web"
  local place
  place="$(path_of "$1")" || fail "no such thing: $1 (landfall landfall-workbench wasm functions identity vault trust vector web)"
  printf '%s\n' "$place"
  if [ ! -e "$place" ]; then
    say "not built yet: ./dev run or ./dev test builds it"
    return 1
  fi
}

# command_build [NAME]: one thing and what it is made of, and where it lies. The command line takes
# neither Emscripten nor the npm packages of web/.
command_build() {
  [ $# -le 1 ] || fail "build takes one name: landfall wasm web"
  local name="${1:-landfall}"
  case "$name" in
    landfall) ensure_native landfall ;;
    wasm) ensure_wasm landfall landfall_functions_module landfall_identity_module \
      landfall_vault_module landfall_trust_module landfall_vector_module ;;
    web) ensure_web ;;
    *) fail "no such thing to build: $name (landfall wasm web)" ;;
  esac
  path_of "$name"
}

command_setup() {
  ensure_packages native sources wasm format journey
  ensure_node_modules
  ensure_sources
  step "everything is here"
}
