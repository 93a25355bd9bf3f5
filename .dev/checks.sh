# ./dev lint, format and conformance.

ensure_conformance() {
  ensure_node_modules
  ensure_native landfall_conformance
  ensure_wasm landfall_conformance
  LANDFALL_CONFORMANCE_NATIVE="$(path_of native-conformance)"
  LANDFALL_CONFORMANCE_WASM="$(path_of wasm-conformance)"
  export LANDFALL_CONFORMANCE_NATIVE LANDFALL_CONFORMANCE_WASM
}

command_conformance() {
  ensure_conformance
  node tests/conformance/run.mjs "$@"
}

command_lint() {
  ensure_packages native tidy
  ensure_sources
  ensure_node_modules
  local status=0
  step "clang-tidy"
  if [ ! -e "$BUILD/tidy/build.ninja" ]; then
    quietly configure-tidy cmake --preset tidy || fail "the tidy build could not be configured"
  fi
  cmake --build --preset tidy -j "$(jobs_at_once)" || status=1
  step "eslint"
  npm --prefix web run lint || status=1
  return "$status"
}

command_format() {
  ensure_packages format
  ensure_node_modules
  if [ "${1:-}" = --check ]; then
    cpp_files | xargs -0 clang-format-19 --dry-run -Werror
    npm --prefix web run format:check
    web/node_modules/.bin/prettier --config web/.prettierrc.json --check "${SCRIPTS_OUTSIDE_WEB[@]}"
    return
  fi
  cpp_files | xargs -0 clang-format-19 -i
  npm --prefix web run format
  web/node_modules/.bin/prettier --config web/.prettierrc.json --write "${SCRIPTS_OUTSIDE_WEB[@]}"
}
