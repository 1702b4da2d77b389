#!/usr/bin/env bash
# Prints where Debian's libfaketime is: in the system, in the cache folder, or fetched into that from apt's own sources.
# Nothing is installed. A failure is one sentence and exit status 1.
set -euo pipefail
umask 077
export LC_ALL=C

readonly folder=${XDG_CACHE_HOME:-$HOME/.cache}/leasehold/libfaketime

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# The one for programs with threads.
show() {
  local found
  found=$(find "$@" -name libfaketimeMT.so.1 -print -quit 2>/dev/null || true)
  [[ -n $found ]] && echo "$found"
}

if show /usr/lib/*/faketime "$folder"; then exit 0; fi
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || fail 'This machine is not Debian.'

mkdir -p "$(dirname "$folder")"
work=$(mktemp -d "$folder.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/unpacked"
options=(-q -o "APT::Sandbox::User=" -o "Dir::Cache=$work/cache")
if ! (cd "$work" && apt-get "${options[@]}" download libfaketime >&2); then
  # A machine that never ran "apt-get update" has no lists; these are thrown away.
  options+=(-o "Dir::State::Lists=$work/lists")
  apt-get "${options[@]}" update >&2 && (cd "$work" && apt-get "${options[@]}" download libfaketime >&2) \
    || fail "apt's sources have no libfaketime."
fi
dpkg-deb -x "$work"/libfaketime_*.deb "$work/unpacked"
rm -rf "$folder"
mv -T "$work/unpacked" "$folder"
show "$folder" || fail 'The package libfaketime holds no libfaketimeMT.so.1.'
