# Development keys and the packages signed with them: known to everybody, refused in production.

readonly DEV_KEYS="$BUILD/dev-keys"
readonly SIGNED_PACKAGES="$BUILD/packages"

# make_key ROLE NAME ARGS...: a development key in build/dev-keys/NAME.json.
make_key() {
  local role="$1" name="$2"
  shift 2
  [ ! -e "$DEV_KEYS/$name.json" ] || return 0
  quietly "keygen-$name" "$(path_of landfall)" keygen "$role" --development \
    --out "$DEV_KEYS/$name.json" "$@" || fail "no $name key could be made"
}

# ensure_dev_keys: agency, receipt, case office and desk keys, and the root's public half in
# root.pub.
ensure_dev_keys() {
  ensure_native
  mkdir -p "$DEV_KEYS"
  chmod 700 "$DEV_KEYS"
  make_key agency agency --public "$DEV_KEYS/root.pub"
  make_key receipt receipt
  make_key desk desk --certified-by "$DEV_KEYS/agency.json"
  make_key sealing case-office
}

# package_folders: the form packages in the order in which the portal lists them: what most people
# come for first, the others by name.
package_folders() {
  local first=shared/packages/hkmo_entry/ folder
  printf '%s\n' "$first"
  for folder in shared/packages/*/; do
    [ "$folder" = "$first" ] || printf '%s\n' "$folder"
  done
}

# ensure_signed_packages: the form packages published and signed, with their index.
ensure_signed_packages() {
  ensure_dev_keys
  local stamp="$BUILD/stamps/packages" sum
  local -a folders
  mapfile -t folders < <(package_folders)
  sum="$({ cat "$DEV_KEYS/root.pub" "$DEV_KEYS/case-office.json"; sha256sum "$(path_of landfall)"
    printf '%s\n' "${folders[@]}"
    find shared/packages i18n -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum; } | sha256sum)"
  if [ -e "$SIGNED_PACKAGES/index.jws" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$sum" ]; then return 0; fi
  step "signing the form packages with the development key"
  mkdir -p "$SIGNED_PACKAGES" "$BUILD/stamps"
  quietly package-sign "$(path_of landfall)" package sign "${folders[@]}" --keys "$DEV_KEYS" \
    --out "$SIGNED_PACKAGES" || fail "the packages could not be signed"
  printf '%s\n' "$sum" >"$stamp"
}
