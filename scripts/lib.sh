# For the scripts beside it (sourced): finds or installs what they need. Everything comes from the distribution's packages
# or is kept in the project's own folder; nothing is installed when it is there already.

set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
jobs=${PREEMPT_JOBS:-$(nproc)}

# The Node that is brought where the machine has none, or one that is too old.
node_version=22.23.3
npm_version=10.9.9
node_home=$root/build/node

say() { printf '%s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

# What is needed: a command or a header, and Debian's package that brings it.
build_needs='
    git git
    g++ g++
    cmake cmake
    ninja ninja-build
    ccache ccache
    xz xz-utils
    em++ emscripten
    boost/unordered/unordered_flat_map.hpp libboost1.81-dev
    hwy/highway.h libhwy-dev
    fast_float/fast_float.h libfast-float-dev
    catch2/catch.hpp catch2
    /etc/ssl/certs/ca-certificates.crt ca-certificates
'
test_needs='
    clang++ clang
    clang-tidy clang-tidy
    clang-format clang-format
    /usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.asan-*.a libclang-rt-dev
    chromium chromium
    firefox-esr firefox-esr
    WebKitWebDriver webkit2gtk-driver
    xvfb-run xvfb
    xauth xauth
'

# A database that counts the evidence a second time (scripts/second-opinion).
database_needs='
    /usr/lib/postgresql/*/bin/postgres postgresql
'

is_there() {
    case $1 in
        /*) compgen -G "$1" >/dev/null ;;
        */*) [ -e "/usr/include/$1" ] || [ -e "/usr/local/include/$1" ] ;;
        *) command -v "$1" >/dev/null ;;
    esac
}

# install_missing "probe package ..." : installs, with apt, the packages whose probe is not there.
install_missing() {
    local probe package missing=() as_root=()
    while read -r probe package; do
        [ -n "$probe" ] || continue
        is_there "$probe" || missing+=("$package")
    done <<<"$1"
    [ ${#missing[@]} -gt 0 ] || return 0
    command -v apt-get >/dev/null ||
        die "These are needed and missing; install them with your system's package manager: ${missing[*]}"
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "Missing: ${missing[*]}. As root, run: apt-get install --no-install-recommends ${missing[*]}"
        as_root=(sudo)
    fi
    say "Installing Debian packages: ${missing[*]}"
    mkdir -p build
    {
        "${as_root[@]}" apt-get update -q &&
            "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
    } >build/apt.log 2>&1 || { tail -n 20 build/apt.log >&2; die "apt-get could not install them (build/apt.log)."; }
    hash -r
}

# Vite and the test tools need Node 20.19 or later, or 22.12 or later.
node_is_good() {
    command -v node >/dev/null && command -v npm >/dev/null && node -e '
        const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit(major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19) ? 0 : 1)'
}

# Puts a good Node and npm on the path: the machine's, or one kept in build/node.
need_node() {
    if [ -x "$node_home/bin/node" ]; then PATH=$node_home/bin:$PATH; fi
    node_is_good && return
    local found=none
    if command -v node >/dev/null; then found=$(node --version); fi
    say "Node 20.19 or later is needed (found: $found): bringing Node $node_version into build/node"
    install_missing "npm npm"
    mkdir -p "$node_home"
    npm install --prefix "$node_home" --no-save --no-audit --no-fund --silent "node@$node_version" "npm@$npm_version" >&2
    mkdir -p "$node_home/bin"
    ln -sf ../node_modules/node/bin/node "$node_home/bin/node"
    ln -sf ../node_modules/npm/bin/npm-cli.js "$node_home/bin/npm"
    PATH=$node_home/bin:$PATH
    hash -r
    node_is_good || die "Node $node_version could not be brought; install Node 20.19 or later and npm, then try again."
}

# need_modules FOLDER: its npm packages, as the lockfile says; done again only when the lockfile or Node changes.
need_modules() {
    local stamp=$1/node_modules/.preempt-stamp want
    want=$(sha256sum "$1/package-lock.json" | cut -d' ' -f1)-$(node --version)
    if [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$want" ]; then return; fi
    say "Installing the npm packages of $1"
    npm ci --prefix "$1" --no-audit --no-fund --silent >&2
    printf '%s' "$want" >"$stamp"
}

# configure PRESET: runs CMake for it unless its build folder is already set up (ninja runs CMake again when it must).
configure() {
    if [ ! -e "build/$1/build.ninja" ]; then
        mkdir -p build
        cmake --preset "$1" >"build/configure-$1.log" 2>&1 || { cat "build/configure-$1.log" >&2; return 1; }
    fi
}

# compile PRESET TARGET...: quiet when it succeeds. One at a time in each build folder.
compile() {
    local preset=$1 log=build/compile-$1-$2.log
    shift
    mkdir -p build
    (
        flock 9
        configure "$preset" && cmake --build "build/$preset" -j "$jobs" --target "$@" >"$log" 2>&1
    ) 9>"build/$preset.lock" || { grep -vsE '^\[[0-9]+/[0-9]+\] ' "$log" >&2; return 1; }
}
