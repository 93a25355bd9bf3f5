# Progress lines, logs of quiet commands, and the request for root.

declare -a LANDFALL_CLEANUP=()
trap 'run_cleanup' EXIT

# run_cleanup: undoes what at_exit registered, last first.
run_cleanup() {
  local index
  for ((index = ${#LANDFALL_CLEANUP[@]} - 1; index >= 0; index--)); do
    eval "${LANDFALL_CLEANUP[$index]}" || say "clean-up failed: ${LANDFALL_CLEANUP[$index]}"
  done
}

at_exit() { LANDFALL_CLEANUP+=("$1"); }

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "dev: $*"
  exit 1
}

# step TEXT: a progress line with the seconds since the start.
step() { printf '[%4ds] %s\n' "$SECONDS" "$*" >&2; }

# quietly NAME COMMAND...: runs it with its output in build/log/NAME.log; the end of the log is shown
# when it fails.
quietly() {
  local name="$1" log status=0
  shift
  log="$BUILD/log/$name.log"
  mkdir -p "$BUILD/log"
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if [ "$status" -ne 0 ]; then
    tail -n 60 "$log" >&2
    say "dev: $name failed (status $status); the whole output is in ${log#"$LANDFALL_ROOT"/}"
  fi
  return "$status"
}

# as_root WHY COMMAND...: runs it as root, by sudo where that is needed, and says what for.
as_root() {
  local why="$1"
  shift
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
    return
  fi
  command -v sudo >/dev/null || fail "$why needs root, and there is no sudo; run as root: $*"
  say "Root is needed: $why"
  sudo "$@"
}

# locked NAME COMMAND...: runs it while no other ./dev of this clone runs something of that name.
locked() {
  local name="$1" lock status=0
  shift
  mkdir -p "$BUILD"
  exec {lock}>"$BUILD/.lock-$name"
  if ! flock --nonblock "$lock"; then
    step "waiting for another ./dev to finish with $name"
    flock "$lock"
  fi
  "$@" || status=$?
  exec {lock}>&-
  return "$status"
}
