# ./dev fuzz and bench.

# command_fuzz [SECONDS] [NAME...]: every harness of tests/fuzz, or those named, on its corpus and what
# our own code makes for it, then on new inputs.
command_fuzz() {
  local seconds="${1:-60}" harness found=0
  if [ $# -gt 0 ]; then shift; fi
  [[ "$seconds" =~ ^[1-9][0-9]*$ ]] || fail "fuzz wants seconds, not $seconds (see ./dev help)"
  ensure_packages native sanitizers
  ensure_sources
  use_ccache
  build_preset fuzz "the fuzz harnesses" fuzz_harnesses
  quietly fuzz-seeds "$BUILD/fuzz/bin/fuzz_seeds" "$BUILD/fuzz-seeds" || fail "the seeds could not be made"
  for harness in "$BUILD"/fuzz/bin/*_fuzz; do
    [ -x "$harness" ] || continue
    local name corpus seeds
    local -a more=()
    name="$(basename "$harness")"
    if [ $# -gt 0 ] && [[ " $* " != *" ${name%_fuzz} "* ]]; then continue; fi
    found=$((found + 1))
    corpus="$BUILD/fuzz-corpus/$name"
    mkdir -p "$corpus"
    # What is written by hand: words of the language, and inputs to begin with.
    if [ -e "tests/fuzz/${name%_fuzz}.dict" ]; then more+=(-dict="tests/fuzz/${name%_fuzz}.dict"); fi
    seeds="tests/fuzz/corpus/${name%_fuzz}"
    if [ ! -d "$seeds" ]; then seeds="$BUILD/fuzz-seeds/${name%_fuzz}"; fi
    if [ ! -d "$seeds" ]; then seeds=""; fi
    step "fuzzing $name for $seconds s"
    quietly "$name" "$harness" -max_total_time="$seconds" -rss_limit_mb=2048 -print_final_stats=1 \
      -artifact_prefix="$BUILD/log/$name-" "${more[@]}" "$corpus" ${seeds:+"$seeds"} || fail "$name found something"
    say "$name: $(sed -n -E 's/^stat::number_of_executed_units: +/executions /p
      s/^stat::average_exec_per_sec: +/a second /p' "$BUILD/log/$name.log" | paste -sd ' '), nothing found"
  done
  [ "$found" -gt 0 ] || fail "no such harness"
  step "$found harnesses found nothing"
}

# wants_whole_portal NAME...: whether a group that needs the server and the pages is asked for.
wants_whole_portal() {
  case " $* " in *" web "*) return 0 ;; esac
  [ "${1:---json}" = --json ]
}

# ensure_bench_rivals: the engines that ours is measured against, only for the bench.
ensure_bench_rivals() {
  local stamp="$BUILD/stamps/bench-rivals" sum
  sum="$(sha256sum tests/bench/package-lock.json)"
  if [ -d tests/bench/node_modules ] && [ "$(cat "$stamp" 2>/dev/null)" = "$sum" ]; then return 0; fi
  step "installing the npm packages of tests/bench"
  locked npm quietly npm-ci-bench npm --prefix tests/bench ci --ignore-scripts --no-audit --no-fund ||
    fail "npm ci failed in tests/bench"
  mkdir -p "$BUILD/stamps"
  printf '%s\n' "$sum" >"$stamp"
}

# command_bench [NAME...] [--json FILE]: tests/bench/NAME.mjs for each name.
command_bench() {
  ensure_node_modules
  ensure_packages journey
  if wants_whole_portal "$@"; then
    ensure_native
    ensure_web
    ensure_signed_packages
  else
    ensure_native landfall landfall_engine_bench
    ensure_wasm landfall landfall_functions_module landfall_identity_module
  fi
  ensure_bench_rivals
  export_test_places
  LANDFALL_ENGINE_BENCH="$(path_of engine-bench)"
  export LANDFALL_ENGINE_BENCH
  node tests/bench/run.mjs "$@"
}
