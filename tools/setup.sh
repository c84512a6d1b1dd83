# What ./run and ./test share: packages, Node.js, the web front end, the C++ build. Sourced from the
# project's root; everything that is up to date is skipped. Every step says "|| return", because "set -e" is
# off inside a function whose result is tested.

# Clang's precompiled headers can be cached only when ccache is told so.
export CCACHE_SLOPPINESS=${CCACHE_SLOPPINESS:-pch_defines,time_macros}
export LC_ALL=${LC_ALL:-C.UTF-8}

# Node.js brings its own list of authorities; the machine's may know more, behind a company's proxy for example.
if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -f /etc/ssl/certs/ca-certificates.crt ]; then
    export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
fi

node_min=v20.19.0
node_pinned="node@22.23.3 npm@10.9.4"
node_home=$PWD/.cache/node

say() { printf '%s\n' "$*" >&2; }

# quietly LOG COMMAND...: shows the output only when the command fails, and then its end.
quietly() {
    local log=$1
    shift
    mkdir -p "$(dirname "$log")"
    if ! "$@" >"$log" 2>&1; then
        tail -n 60 "$log" >&2
        say "failed: $*   (all of it in $log)"
        return 1
    fi
}

# ensure_packages GROUP...: installs what is missing of tools/packages.txt.
ensure_packages() {
    local group wanted="" installed missing
    for group in "$@"; do
        wanted+=" $(sed -n "s/^$group: //p" tools/packages.txt | tr '\n' ' ')"
    done
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null \
        | sed -n 's/^installed //p' || true)
    missing=$(comm -23 <(printf '%s\n' $wanted | sort -u) <(printf '%s\n' $installed | sort -u) | tr '\n' ' ')
    [ -n "$missing" ] || return 0
    local as_root=""
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || { say "Please install as root: apt-get install $missing"; return 1; }
        as_root=sudo
    fi
    say "installing: $missing"
    quietly build/apt-update.log $as_root apt-get update || return
    quietly build/apt-install.log $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends $missing
}

is_recent_node() {
    command -v node >/dev/null && command -v npm >/dev/null \
        && printf '%s\n%s\n' "$node_min" "$(node --version)" | sort -VC
}

# Debian 12's own Node.js is too old for the front end, but it can install a newer one from npm.
ensure_node() {
    if is_recent_node; then
        return
    fi
    if [ ! -x "$node_home/node_modules/.bin/npm" ]; then
        command -v npm >/dev/null || ensure_packages node || return
        say "installing: $node_pinned"
        quietly build/node.log npm install --no-audit --no-fund --prefix "$node_home" $node_pinned || return
    fi
    PATH=$node_home/node_modules/.bin:$PATH
    is_recent_node || { say "Node.js $node_min or newer is needed."; return 1; }
}

# is_newer STAMP PATH...: something below PATHs changed after STAMP, or there is no STAMP.
is_newer() {
    local stamp=$1
    shift
    [ ! -f "$stamp" ] || [ -n "$(find "$@" -name node_modules -prune -o -name dist -prune \
        -o -name '*-results' -prune -o -newer "$stamp" -print -quit)" ]
}

# "npm ci" refuses a lock file that does not know the optional packages of other platforms, which is how it
# looks when the registry at hand lacks them; "npm install" then takes the same locked versions.
npm_locked() {
    npm --prefix "$1" ci --no-audit --no-fund || npm --prefix "$1" install --no-save --no-audit --no-fund
}

# npm_install FOLDER: what its package-lock.json says.
npm_install() {
    local stamp=$1/node_modules/.cashline-installed
    is_newer "$stamp" "$1/package.json" "$1/package-lock.json" || return 0
    say "installing the packages of $1"
    quietly "build/npm-${1//\//-}.log" npm_locked "$1" || return
    touch "$stamp"
}

build_web() {
    ensure_node && npm_install web || return
    local stamp=build/web-built
    if [ -f web/dist/index.html ] && ! is_newer "$stamp" web; then
        return
    fi
    say "building the web front end"
    quietly build/web.log npm --prefix web run build || return
    touch "$stamp"
}

# build_program PRESET [TARGET...]
build_program() {
    local preset=$1
    shift
    ensure_node || return # The build makes a table of the sentiment lexicon with it.
    if [ ! -f "build/$preset/build.ninja" ]; then
        say "configuring build/$preset"
        quietly "build/$preset-configure.log" cmake --preset "$preset" || return
    fi
    if [ -t 2 ]; then
        cmake --build "build/$preset" ${1:+--target "$@"} >&2
    else
        quietly "build/$preset-build.log" cmake --build "build/$preset" ${1:+--target "$@"}
    fi
}
