# shellcheck shell=bash
# SPDX-License-Identifier: BSD-2-Clause
# Sourced by ./test and ./quickstart: which Debian packages they need, and how missing ones get installed.

# To build; linking libunbound statically wants the last three, too.
packages_to_build="cmake ninja-build g++ libc6-dev libboost1.81-dev libcli11-dev libidn2-dev libunistring-dev
    libseccomp-dev libsodium-dev libssl-dev libunbound-dev nlohmann-json3-dev nettle-dev libgmp-dev libevent-dev"
# To try it by hand.
packages_to_try="python3 swaks ca-certificates dns-root-data"
# To test: the second compiler with its sanitizers, the lints' tools, and clients.
packages_to_test="ccache clang clang-format libclang-rt-14-dev libboost-test1.81-dev git mandoc netbase openssl python3 strace
    swaks systemd ca-certificates dns-root-data"
# For ./test --tidy alone.
packages_to_tidy="clang-tidy"

missing_packages() {
    local package
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
    done
}

# as_root COMMAND...: with sudo when we are not root and it needs no password or there is a terminal to ask at.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        sudo "$@"
    else
        return 77
    fi
}

# install_missing LOG PACKAGE...: installs what is missing, quietly; says what to do when it may not.
install_missing() {
    local log=$1 missing
    shift
    missing=$(missing_packages "$@" | tr '\n' ' ')
    [ -n "$missing" ] || return 0
    echo "  installing: $missing"
    if as_root true; then :; else
        echo "These packages are missing, and neither root nor sudo is at hand. Install them and run this again:" >&2
        echo "  apt-get install --no-install-recommends $missing" >&2
        return 1
    fi
    # shellcheck disable=SC2086
    if ! { as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install $missing; } \
        >"$log" 2>&1 </dev/null; then
        tail -n 30 "$log" >&2
        echo "The packages could not be installed; the whole log is in $log" >&2
        return 1
    fi
}
