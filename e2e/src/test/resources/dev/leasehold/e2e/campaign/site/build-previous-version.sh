#!/usr/bin/env bash
# Prints a jar of the sample controllers as they were before the last commit that changed what runs: built once, and kept
# in the cache folder. A failure is one sentence and exit status 1.
set -euo pipefail
umask 077
export LC_ALL=C

readonly jars=${XDG_CACHE_HOME:-$HOME/.cache}/leasehold/previous-versions
readonly sources=(core/src/main sharding/src/main sample-controllers/src/main)

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

command -v git >/dev/null && command -v mvn >/dev/null || fail 'This machine lacks git or mvn.'
top=$(git rev-parse --show-toplevel 2>/dev/null) || fail 'This is no git checkout.'
cd "$top"
last=$(git log -1 --format=%H -- "${sources[@]}")
commit=$(git rev-parse --verify --quiet "$last^") || fail 'This checkout has no commit before the last one.'
jar=$jars/$commit.jar
if [[ -f $jar ]]; then
  echo "$jar"
  exit 0
fi

mkdir -p "$jars"
work=$(mktemp -d "$jars/build.XXXXXX")
trap 'rm -rf "$work"' EXIT
git archive "$commit" | tar -x -C "$work"
(cd "$work" && mvn -q -B -pl sample-controllers -am package -DskipTests -Dspotless.check.skip) >&2 ||
  fail "The commit $commit can't be built."
mv "$work/sample-controllers/target/sample-controllers.jar" "$jar.part"
mv "$jar.part" "$jar"
echo "$jar"
