# ./dev test: the layers one after another, a line for each, and one closing line.

# run_layer NAME: its counts are added to TOTAL_PASSED and TOTAL_FAILED, its line to the table.
run_layer() {
  local name="$1" started="$SECONDS"
  LAYER_PASSED=0 LAYER_FAILED=0 LAYER_SKIPPED=0 LAYER_STATUS=0
  step "testing: $name"
  "layer_$name"
  # Tests are not skipped here, so one that was is a failure; so is a layer that ran nothing.
  LAYER_FAILED=$((LAYER_FAILED + LAYER_SKIPPED))
  TEST_TABLE+="$(printf '%-12s %6d passed %4d failed %5d s' "$name" "$LAYER_PASSED" \
    "$LAYER_FAILED" $((SECONDS - started)))"$'\n'
  TOTAL_PASSED=$((TOTAL_PASSED + LAYER_PASSED))
  TOTAL_FAILED=$((TOTAL_FAILED + LAYER_FAILED))
}

command_test() {
  local name
  local -a layers=()
  for name in "$@"; do
    if [ "$name" = --long ]; then
      export LANDFALL_DIFFERENTIAL_STEPS="${LANDFALL_DIFFERENTIAL_STEPS:-100000}"
    else
      layers+=("$name")
    fi
  done
  [ "${#layers[@]}" -gt 0 ] || layers=("${TEST_LAYERS[@]}")
  for name in "${layers[@]}"; do
    declare -F "layer_$name" >/dev/null || fail "no such layer: $name (${TEST_LAYERS[*]} ${EXTRA_LAYERS[*]})"
  done

  TOTAL_PASSED=0 TOTAL_FAILED=0 TEST_TABLE=""
  ensure_node
  export_test_places
  for name in "${layers[@]}"; do run_layer "$name"; done

  printf '\n%s\n' "$TEST_TABLE"
  printf '%d passed, %d failed\n' "$TOTAL_PASSED" "$TOTAL_FAILED"
  [ "$TOTAL_FAILED" -eq 0 ] && [ "$TOTAL_PASSED" -gt 0 ]
}
