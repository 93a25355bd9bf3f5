# ./dev run: everything built, the server started, its address printed.


# server_defaults: the arguments that a clone's server needs; what stands after -- comes later and wins.
server_defaults() {
  printf '%s\n' --keys "$DEV_KEYS" --packages "$SIGNED_PACKAGES" --web "$WEB_DIST" \
    --data "$BUILD/data"
}

command_run() {
  local build=yes
  while [ $# -gt 0 ]; do
    case "$1" in
      --no-build) build=no ;;
      --)
        shift
        break
        ;;
      *) fail "run takes [--no-build] [-- ARGS of landfall serve], not $1" ;;
    esac
    shift
  done
  if [ "$build" = yes ]; then
    ensure_native
    ensure_web
    ensure_signed_packages
  fi

  local -a defaults
  mapfile -t defaults < <(server_defaults)
  step "starting the server; Ctrl-C stops it"
  exec "$(path_of landfall)" serve "${defaults[@]}" "$@"
}
