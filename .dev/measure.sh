# ./dev fuzz and bench.

# command_fuzz [SECONDS]: every harness of tests/fuzz on its corpus, then on new inputs.
command_fuzz() {
  local seconds="${1:-60}" harness found=0
  ensure_packages native sanitizers
  ensure_sources
  use_ccache
  build_preset fuzz "the fuzz harnesses"
  for harness in "$BUILD"/fuzz/bin/*_fuzz; do
    [ -x "$harness" ] || continue
    found=$((found + 1))
    local name corpus
    name="$(basename "$harness")"
    corpus="$BUILD/fuzz-corpus/$name"
    mkdir -p "$corpus"
    step "fuzzing $name for $seconds s"
    quietly "$name" "$harness" -max_total_time="$seconds" -rss_limit_mb=2048 \
      -artifact_prefix="$BUILD/log/$name-" "$corpus" || fail "$name found something"
  done
  [ "$found" -gt 0 ] || fail "no harness was built"
  step "$found harnesses found nothing"
}

# command_bench [NAME...] [--json FILE]: tests/bench/NAME.mjs for each name.
command_bench() {
  ensure_node_modules
  ensure_packages journey
  ensure_native
  ensure_web
  ensure_signed_packages
  export_test_places
  node tests/bench/run.mjs "$@"
}
