# Reads the machine's own apt configuration: which Debian mirror it uses, and how it trusts it.

# apt_source_files: the files apt reads, one a line.
apt_source_files() {
  local main parts Dir_Etc_Main Dir_Etc_Parts
  eval "$(apt-config shell Dir_Etc_Main Dir::Etc::sourcelist/f Dir_Etc_Parts Dir::Etc::sourceparts/d)"
  main="${Dir_Etc_Main:-/etc/apt/sources.list}"
  parts="${Dir_Etc_Parts:-/etc/apt/sources.list.d/}"
  [ ! -r "$main" ] || printf '%s\n' "$main"
  find "$parts" -maxdepth 1 \( -name '*.list' -o -name '*.sources' \) -print 2>/dev/null | sort
}

# one_line_sources: "URI SUITE COMPONENT,… OPTIONS" for each line of *.list syntax on standard input.
one_line_sources() {
  sed -n -E 's/^[[:space:]]*deb(-src)?[[:space:]]+//p' | while read -r line; do
    local options="-" rest="$line"
    if [[ "$line" == \[* ]]; then
      options="$(printf '%s' "${line%%]*}" | tr -d '[' | tr -s ' ' ',')"
      rest="${line#*]}"
    fi
    local uri suite components
    read -r uri suite components <<<"${rest%%#*}"
    printf '%s %s %s %s\n' "$uri" "$suite" "$(tr ' ' ',' <<<"${components:--}")" "$options"
  done
}

# stanza_sources: the same for each stanza of *.sources (deb822) syntax on standard input.
stanza_sources() {
  awk '
    function flush(   i, j, us, ss, n, m) {
      if (uris != "" && enabled != "no") {
        n = split(uris, us, " "); m = split(suites, ss, " ")
        gsub(/ +/, ",", components)
        for (i = 1; i <= n; i++) for (j = 1; j <= m; j++)
          print us[i], ss[j], (components == "" ? "-" : components), (validity == "no" ? "check-valid-until=no" : "-")
      }
      uris = suites = components = enabled = validity = field = ""
    }
    /^#/ { next }
    /^[[:space:]]*$/ { flush(); next }
    {
      if ($0 ~ /^[[:space:]]/) { value = $0 }
      else { field = tolower($0); sub(/:.*/, "", field); value = $0; sub(/^[^:]*:/, "", value) }
      gsub(/^[[:space:]]+|[[:space:]]+$/, "", value)
      if (field == "uris") uris = uris (uris == "" ? "" : " ") value
      else if (field == "suites") suites = suites (suites == "" ? "" : " ") value
      else if (field == "components") components = components (components == "" ? "" : " ") value
      else if (field == "enabled") enabled = tolower(value)
      else if (field == "check-valid-until") validity = tolower(value)
    }
    END { flush() }'
}

# all_sources: "URI SUITE COMPONENTS OPTIONS" for every source the machine has.
all_sources() {
  local file
  while read -r file; do
    case "$file" in
      *.sources) stanza_sources <"$file" ;;
      *) one_line_sources <"$file" ;;
    esac
  done < <(apt_source_files)
}

# debian_source: "URI OPTION" of the Debian archive itself, whatever its suite is called: the first
# source of a release's main component. A dated snapshot's URI holds every suite of that day, so it
# serves as it is.
debian_source() {
  all_sources | awk '
    $1 ~ /^(https?|file|copy|mirror|mirror\+[a-z]+):/ &&
    $2 ~ /^(bookworm|trixie|forky|duke|sid|oldstable|stable|testing|unstable|Debian[0-9.]+)\/?$/ &&
    ("," $3 ",") ~ /,main,/ && !found {
      found = 1
      print $1, ($4 ~ /check-valid-until=no/ ? "check-valid-until=no" : "-")
    }'
}

debian_keyring() {
  local name
  for name in debian-archive-keyring.gpg debian-archive-keyring.pgp; do
    if [ -r "/usr/share/keyrings/$name" ]; then
      printf '/usr/share/keyrings/%s\n' "$name"
      return
    fi
  done
  fail "no Debian archive keyring in /usr/share/keyrings: install debian-archive-keyring"
}
