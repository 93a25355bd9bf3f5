# The test layers. Each sets LAYER_PASSED and LAYER_FAILED from what its runner counted, and
# LAYER_STATUS to the runner's exit code.

readonly TEST_LAYERS=(format contract native wasm differential conformance web server e2e)
readonly EXTRA_LAYERS=(asan)

# Where the tests of every layer find what was built. Set before a layer runs.
export_test_places() {
  LANDFALL_PROGRAM="$(path_of landfall)"
  LANDFALL_WASM="$(path_of wasm)"
  export LANDFALL_PROGRAM LANDFALL_WASM
  export LANDFALL_WEB="$WEB_DIST" LANDFALL_DEV_KEYS="$DEV_KEYS" LANDFALL_PACKAGES="$SIGNED_PACKAGES"
  export LANDFALL_VECTORS="${LANDFALL_VECTORS:-$LANDFALL_ROOT/../shared/vectors}"
  # Something odd, so that nothing depends on the machine's own.
  export TZ=Asia/Kathmandu LC_ALL=C.UTF-8
}

# run_logged NAME COMMAND...: runs it with its output in build/log/test-NAME.log.
run_logged() {
  local name="$1"
  shift
  mkdir -p "$BUILD/log"
  LAYER_STATUS=0
  "$@" >"$BUILD/log/test-$name.log" 2>&1 </dev/null || LAYER_STATUS=$?
}

# add_counts KIND FILE: adds what the runner counted; the counter names the failures.
add_counts() {
  local passed failed skipped
  if ! read -r passed failed skipped < <(node .dev/count-tests.mjs "$1" "$2"); then
    say "nothing could be counted in ${2#"$LANDFALL_ROOT"/}; the logs are in build/log"
    LAYER_FAILED=$((LAYER_FAILED + 1))
    return
  fi
  LAYER_PASSED=$((LAYER_PASSED + passed))
  LAYER_FAILED=$((LAYER_FAILED + failed))
  LAYER_SKIPPED=$((LAYER_SKIPPED + skipped))
  # A runner that failed without a failed test (a crash, a leak) is a failure too.
  if [ "$LAYER_STATUS" -ne 0 ] && [ "$failed" -eq 0 ]; then LAYER_FAILED=$((LAYER_FAILED + 1)); fi
}

# add_check NAME COMMAND...: a check that passes or fails as one.
add_check() {
  run_logged "$@"
  if [ "$LAYER_STATUS" -eq 0 ]; then
    LAYER_PASSED=$((LAYER_PASSED + 1))
  else
    tail -n 40 "$BUILD/log/test-$1.log" >&2
    LAYER_FAILED=$((LAYER_FAILED + 1))
  fi
}

# add_vitest NAME ARGS...: a vitest run from web/, counted.
add_vitest() {
  local name="$1" report="$BUILD/log/test-$1.json"
  shift
  rm -f "$report"
  run_logged "$name" web/node_modules/.bin/vitest run --root "$LANDFALL_ROOT/web" \
    --reporter=default --reporter=json --outputFile.json="$report" "$@"
  add_counts vitest "$report"
}

# cpp_files: the C and C++ files that are written by hand, each ended by a NUL.
cpp_files() { git ls-files -z -- '*.h' '*.cpp' '*.c' ':!*.gen.*'; }

# TypeScript and scripts that web/'s own format command does not reach.
readonly SCRIPTS_OUTSIDE_WEB=('wasm/bindings/*.ts' 'tests/{wasm,e2e,server}/**/*.{ts,mjs}'
  'tests/{contract,conformance}/*.mjs' 'tests/{bench,differential}/**/*.{ts,mjs}' '.dev/*.mjs')

layer_format() {
  ensure_packages format
  ensure_node_modules
  local -a files unformatted
  mapfile -d '' -t files < <(cpp_files)
  run_logged clang-format clang-format-19 --dry-run -Werror "${files[@]}"
  mapfile -t unformatted < <(sed -n -E 's/^([^:]+):[0-9]+:[0-9]+: error:.*/\1/p' \
    "$BUILD/log/test-clang-format.log" | sort -u)
  [ "${#unformatted[@]}" -eq 0 ] || say "not formatted (./dev format mends it): ${unformatted[*]}"
  LAYER_PASSED=$((${#files[@]} - ${#unformatted[@]}))
  LAYER_FAILED=${#unformatted[@]}
  add_check prettier npm --prefix web run format:check
  add_check prettier-outside web/node_modules/.bin/prettier --config web/.prettierrc.json --check \
    "${SCRIPTS_OUTSIDE_WEB[@]}"
}

layer_contract() {
  ensure_node_modules
  run_logged contract node --test --test-reporter=tap tests/contract/*.test.mjs
  add_counts tap "$BUILD/log/test-contract.log"
}

layer_native() {
  ensure_native
  run_logged native ctest --preset dev -V -j "$(jobs_at_once)" -LE server
  add_counts doctest "$BUILD/log/test-native.log"
}

layer_wasm() {
  ensure_node_modules
  ensure_wasm
  run_logged bridge node --test --test-reporter=tap tests/wasm/*.test.mjs
  add_counts tap "$BUILD/log/test-bridge.log"
  add_check tsc-wasm web/node_modules/.bin/tsc -p tests/wasm/tsconfig.json
  add_check tsc-bench web/node_modules/.bin/tsc -p tests/bench/tsconfig.json
  add_vitest wasm --config "$LANDFALL_ROOT/tests/wasm/vitest.config.ts"
}

layer_differential() {
  ensure_native
  ensure_wasm
  ensure_signed_packages
  LANDFALL_REPLAY="$(path_of replay)"
  export LANDFALL_REPLAY
  run_logged differential node --test --test-reporter=tap tests/differential/*.test.mjs
  # The figures; the rest of the log is the runner's.
  sed -n -E '/Subtest/d; s/^ *# (.*(edits|gave both outcomes|: only \[|caught after).*)/\1/p' \
    "$BUILD/log/test-differential.log"
  add_counts tap "$BUILD/log/test-differential.log"
}

layer_conformance() {
  local report="$BUILD/log/test-conformance.json"
  local -a folder=()
  if [ ! -d "$LANDFALL_VECTORS" ]; then
    say "no vectors in $LANDFALL_VECTORS: only our own cases are run (set LANDFALL_VECTORS)"
    folder=(tests/conformance/own)
  fi
  rm -f "$report"
  ensure_conformance
  run_logged conformance node tests/conformance/run.mjs "${folder[@]}" --json "$report"
  # The figures; the table of every group is in the log.
  sed -n -e '/^promised:$/,$p' "$BUILD/log/test-conformance.log"
  say "the table of every suite and group: build/log/test-conformance.log, or ./dev conformance"
  add_counts conformance "$report"
}

layer_web() {
  ensure_node_modules
  # The worker's own tests run the real module.
  ensure_wasm
  add_check eslint npm --prefix web run lint
  add_check tsc npm --prefix web run typecheck
  add_vitest web
}

layer_server() {
  # The command line's transcripts open our files with the age program and with npm's age-encryption.
  ensure_packages journey
  ensure_node_modules
  ensure_native
  run_logged server ctest --preset dev -V -L server
  add_counts doctest "$BUILD/log/test-server.log"
}

layer_e2e() {
  ensure_packages journey
  ensure_web
  ensure_signed_packages
  add_vitest e2e --config "$LANDFALL_ROOT/tests/e2e/vitest.config.ts"
}

layer_asan() {
  ensure_packages native sanitizers
  ensure_sources
  use_ccache
  build_preset asan "the tests with sanitizers"
  run_logged asan ctest --preset asan -V -j "$(jobs_at_once)"
  add_counts doctest "$BUILD/log/test-asan.log"
}
