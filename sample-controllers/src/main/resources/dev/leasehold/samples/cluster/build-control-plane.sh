#!/usr/bin/env bash
# Builds kube-apiserver, etcd and kubectl from Debian's own packages, for machines without Docker.
#
#   build-control-plane.sh [--with PROGRAM]... [FOLDER]
#
# PROGRAM is kube-controller-manager, or leader-election: the example of client-go, an elector to share locks with.
# The programs end up in FOLDER/bin; FOLDER is by default
# ${XDG_CACHE_HOME:-$HOME/.cache}/leasehold/control-plane/<version>. What is there already is kept, so a second run
# ends at once. Nothing is installed into the system: apt works on private lists, and packages are only unpacked.
# Packages are authenticated by Debian's archive keys as always. Root is not needed.
#
# Only bookworm's source package still holds the whole Kubernetes tree (v1.20.2); it wants Go 1.19 and two repairs,
# which are told below where they are made. Progress goes to the output, one line at a time; a failure ends with one
# sentence that says what is wrong and what to do, and exit status 1.
set -euo pipefail
umask 077
export LC_ALL=C

readonly version=1.20.2-1
readonly kubernetes=1.20.2
readonly tarball='kubernetes_1.20.5+really1.20.2.orig.tar.gz'
readonly tarball_sha256=b83c0780efb182d928dc63d46488a847f161f04e40a94b96bf5247dd671ecdfc
readonly keyring=/usr/share/keyrings/debian-archive-keyring
readonly needed_megabytes=4000

main() {
  go_programs=(kube-apiserver)
  while [[ ${1-} == --with ]]; do
    source_of "${2-}" >/dev/null || fail "The program ${2-} after --with is unknown; there are kube-controller-manager and leader-election."
    go_programs+=("$2")
    shift 2
  done
  [[ ${1-} != -* ]] || fail "The option $1 is unknown; the only one is --with."
  folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/leasehold/control-plane/$version}

  if complete; then say "The programs are already in $folder/bin."; return; fi
  require_tools
  mkdir -p "$(dirname "$folder")" || fail "The folder $(dirname "$folder") can't be made; choose another one by XDG_CACHE_HOME."
  lock
  if complete; then say "Another run has put the programs into $folder/bin."; return; fi

  require_space
  current='making a folder for the build'
  trap 'ended $?' EXIT
  trap 'fail "Stopped from outside while \"$current\"; run again to go on."' INT TERM HUP
  work=$(mktemp -d "$folder.build.XXXXXX")
  log=$work/log
  mkdir -p "$work/stage/bin" "$work/debs" "$work/tools" "$work/tmp"

  say "Building kube-apiserver $kubernetes from Debian's packages, once: about 4 minutes on 2 cores, 165 MB of downloads."
  local name
  find_archive
  read_lists
  download
  unpack
  generate_openapi
  for name in "${go_programs[@]}"; do
    if [[ ! -x $folder/bin/$name ]]; then compile "$name"; fi
  done
  smoke_test
  publish
  say "Done in $SECONDS s: $folder/bin holds $(cd "$folder/bin" && echo *)."
}

# --- what the screen shows ---

say() { printf 'control plane: %s\n' "$*"; }

phase() {
  current=$1
  say "$1"
}

fail() {
  explained=true
  printf 'control plane: ERROR: %s\n' "$*" >&2
  exit 1
}

# Whatever ends the script comes here. A failure that nobody has explained yet shows the end of its output first.
ended() {
  local status=$1 free job
  for job in $(jobs -p); do
    { kill -KILL -- "-$job" && wait "$job"; } 2>/dev/null || true
  done
  if ((status != 0)) && ! ${explained-false}; then
    if [[ -s ${log-} ]]; then tail -n 15 "$log" >&2; fi
    free=$(free_megabytes "$(dirname "$folder")")
    if ((free < 100)); then
      echo "control plane: ERROR: The disk of $folder is full ($free MB free) while \"$current\"; free $needed_megabytes MB and run again." >&2
    else
      echo "control plane: ERROR: It failed while \"$current\", the last output is above; run again, and if that fails too, use Docker or KUBEBUILDER_ASSETS." >&2
    fi
  fi
  if [[ -n ${work-} ]]; then rm -rf "$work"; fi
}

# --- what must be there before ---

complete() {
  local name
  for name in "${go_programs[@]}" etcd kubectl; do [[ -x $folder/bin/$name ]] || return 1; done
}

require_tools() {
  local name missing=()
  for name in apt-get apt-config dpkg dpkg-deb; do
    command -v "$name" >/dev/null || fail "This machine is not Debian ($name is missing); use Docker, or name programs by KUBEBUILDER_ASSETS."
  done
  for name in flock tar gzip sha256sum find grep sed awk df; do command -v "$name" >/dev/null || missing+=("$name"); done
  ((${#missing[@]} == 0)) || fail "The tools ${missing[*]} are missing; install them and run again."
}

# One builder at a time: the lock goes with this process, however it ends. Leftovers of a killed run go under it.
lock() {
  exec 9>"$folder.lock"
  if ! flock -n 9; then
    say "Another run is building; waiting for it, at most an hour."
    flock -w 3600 9 || fail "Another run holds $folder.lock for over an hour; end it and run again."
  fi
  rm -rf "$folder".build.*
}

free_megabytes() { df -Pm "$1" | awk 'NR == 2 { print $4 }'; }

require_space() {
  local free
  free=$(free_megabytes "$(dirname "$folder")")
  ((free >= needed_megabytes)) || fail "The disk of $folder has $free MB free and the build needs $needed_megabytes MB; free some, or choose another disk by XDG_CACHE_HOME."
}

# --- Debian's archive, by private lists ---

# The system's own configuration says where Debian's archive is. Its lists, if it has any, tell Debian from others;
# a machine that never ran "apt-get update" has none, and then the URIs that it would fetch serve.
find_archive() {
  local format='$(REPO_URI)'
  archive=$(apt-get indextargets --format "$format" 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' 2>>"$log" | sed -n 1p)
  if [[ -z $archive ]]; then
    mkdir -p "$work/nolists/partial"
    archive=$(apt-get -o "Dir::State::Lists=$work/nolists" update --print-uris 2>>"$log" \
      | sed -nE "s#^'([^']*/)dists/(bullseye|bookworm|trixie|forky|sid|oldoldstable|oldstable|stable|testing|unstable)/main/binary-[a-z0-9]+/Packages.*#\1#p" | sed -n 1p)
  fi
  [[ -n $archive ]] || fail "apt has no source of Debian's archive (suite bookworm or later, component main); add one to /etc/apt/sources.list.d, or use Docker or KUBEBUILDER_ASSETS."
}

# Proxies and the like come from the system's configuration; its hooks, sources, pins and caches stay out.
read_lists() {
  local apt=$work/apt key= suffix
  phase "1/6 reading the package lists (29 MB)"
  mkdir -p "$apt/parts" "$apt/lists/partial" "$apt/cache/archives/partial"
  : >"$apt/status"
  for suffix in pgp gpg; do
    if [[ -r $keyring.$suffix ]]; then key="[signed-by=$keyring.$suffix] "; fi
  done
  printf '%s\n' "deb $key$archive bookworm main" "deb-src $key$archive bookworm main" "deb $key$archive trixie main" >"$apt/sources.list"
  {
    apt-config dump | grep -E '^Acquire::(https?|ftp|tor|Check-|Retries|Force)' || true
    printf '%s\n' \
      'Dir::Etc::main "/dev/null";' "Dir::Etc::parts \"$apt/parts\";" \
      "Dir::Etc::sourcelist \"$apt/sources.list\";" "Dir::Etc::sourceparts \"$apt/parts\";" \
      "Dir::Etc::preferences \"/dev/null\";" "Dir::Etc::preferencesparts \"$apt/parts\";" \
      "Dir::State \"$apt\";" "Dir::State::lists \"$apt/lists\";" "Dir::State::status \"$apt/status\";" \
      "Dir::Cache \"$apt/cache\";" "Dir::Log \"$apt\";" \
      'Acquire::Languages "none";' 'Acquire::Retries "3";' 'APT::Sandbox::User "";' \
      'APT::Get::AllowUnauthenticated "false";' 'Acquire::AllowInsecureRepositories "false";'
  } >"$apt/apt.conf"
  export APT_CONFIG=$apt/apt.conf
  apt-get -q update --error-on=any >>"$log" 2>&1 || unreachable "The package lists of bookworm and trixie can't be read from apt's own Debian source"
}

download() {
  phase "2/6 downloading Go, etcd, kubectl and the sources of Kubernetes (137 MB)"
  (
    cd "$work/debs" \
      && apt-get -q download golang-1.19-go/bookworm golang-1.19-src/bookworm \
        golang-github-modern-go-reflect2-dev/bookworm etcd-server/trixie kubectl/trixie \
      && apt-get -q source --download-only --tar-only kubernetes
  ) >>"$log" 2>&1 || unreachable "The packages can't be downloaded from apt's own Debian source"
  echo "$tarball_sha256  $work/debs/$tarball" | sha256sum --check --status \
    || fail "The sources $tarball are not the ones that this script knows (their sha256 differs); use Docker or KUBEBUILDER_ASSETS instead."
}

# With a full disk, the network is not to blame.
unreachable() {
  (($(free_megabytes "$work") >= 100)) || return 1
  tail -n 15 "$log" >&2
  fail "$1, apt's own words are above; mend the network or the source (it must carry bookworm and trixie) and run again."
}

unpack() {
  local deb
  phase "3/6 unpacking"
  for deb in "$work"/debs/*.deb; do dpkg-deb -x "$deb" "$work/tools" >>"$log" 2>&1; done
  cp "$work/tools/usr/bin/etcd" "$work/tools/usr/bin/kubectl" "$work/stage/bin/"
  tree=$work/gopath/src/k8s.io/kubernetes
  mkdir -p "$tree"
  tar -xzf "$work/debs/$tarball" -C "$tree" --strip-components=1 >>"$log" 2>&1
  rm -rf "$work/debs" "$work/apt"
  # The tarball's reflect2 1.0.1 reads maps in a way that Go 1.18 and later break: the first custom resource would crash the server.
  rm -rf "$tree/vendor/github.com/modern-go/reflect2"
  cp -R "$work/tools/usr/share/gocode/src/github.com/modern-go/reflect2" "$tree/vendor/github.com/modern-go/reflect2"
}

# --- Go ---

# Go sees its own programs and folders alone: no gcc, no git, no settings of the user.
go_run() {
  env -i PATH="$work/tools/usr/lib/go-1.19/bin" HOME="$work/tmp" TMPDIR="$work/tmp" GOTMPDIR="$work/tmp" GOENV=off \
    GOROOT="$work/tools/usr/lib/go-1.19" GOPATH="$work/gopath" GOCACHE="$work/gocache" GO111MODULE=off CGO_ENABLED=0 \
    "$@"
}

# The generated OpenAPI definitions are missing from the tarball; their generator is in it.
generate_openapi() {
  local inputs
  phase "4/6 generating the OpenAPI definitions (about 15 s)"
  (
    cd "$tree"
    go_run go build -trimpath -o "$work/tmp/openapi-gen" ./vendor/k8s.io/kube-openapi/cmd/openapi-gen
    inputs=$(grep -rl --include='*.go' '^// +k8s:openapi-gen=' pkg staging | sed -E 's#/[^/]*$##' | sort -u \
      | grep -vE 'code-generator|sample-apiserver' | sed -E 's#^staging/src#vendor#; s#^#k8s.io/kubernetes/#' | paste -sd, -)
    go_run "$work/tmp/openapi-gen" -i "$inputs" -p k8s.io/kubernetes/pkg/generated/openapi -O zz_generated.openapi \
      -h vendor/k8s.io/code-generator/hack/boilerplate.go.txt -r "$work/tmp/report"
    cmp "$work/tmp/report" api/api-rules/violation_exceptions.list
  ) >>"$log" 2>&1
}

source_of() {
  case $1 in
    kube-apiserver | kube-controller-manager) echo "./cmd/$1" ;;
    leader-election) echo ./vendor/k8s.io/client-go/examples/leader-election ;;
    *) return 1 ;;
  esac
}

compile() {
  local name=$1 package keys=() compiling waited=0
  for package in component-base/version client-go/pkg/version; do
    package=k8s.io/kubernetes/vendor/k8s.io/$package
    keys+=(-X "$package.gitVersion=v$kubernetes" -X "$package.gitMajor=1" -X "$package.gitMinor=20"
      -X "$package.gitTreeState=archive" -X "$package.gitCommit=" -X "$package.buildDate=1970-01-01T00:00:00Z")
  done
  phase "5/6 compiling $name (about 150 s on 2 cores)"
  set -m
  (
    cd "$tree"
    go_run go build -v -trimpath -ldflags "-s -w ${keys[*]}" -o "$work/stage/bin/$name" "$(source_of "$name")"
  ) >"$work/tmp/compile" 2>&1 &
  compiling=$!
  set +m
  while kill -0 "$compiling" 2>/dev/null; do
    sleep 1
    if ((++waited % 20 == 0)); then say "    $(grep -c / "$work/tmp/compile" || true) packages after $waited s"; fi
  done
  if ! wait "$compiling"; then
    cat "$work/tmp/compile" >>"$log"
    return 1
  fi
}

# --- the proof and the hand-over ---

# Creates a custom resource, the path that a wrong build breaks first.
smoke_test() {
  local dir=$work/smoke bin=$work/stage/bin token=smoke-$RANDOM$RANDOM port=$((20000 + RANDOM % 5000)) waited=0
  if [[ ! -x $bin/kube-apiserver ]]; then return; fi
  phase "6/6 trying it: creating a custom resource (about 10 s)"
  mkdir "$dir"
  echo "$token,smoke,smoke,system:masters" >"$dir/tokens"
  set -m
  "$bin/etcd" --data-dir="$dir/etcd" --unsafe-no-fsync --initial-cluster="default=http://127.0.0.1:$((port + 1))" \
    --listen-client-urls="http://127.0.0.1:$port" --advertise-client-urls="http://127.0.0.1:$port" \
    --listen-peer-urls="http://127.0.0.1:$((port + 1))" --initial-advertise-peer-urls="http://127.0.0.1:$((port + 1))" \
    >>"$work/tmp/etcd" 2>&1 9>&- &
  # The server makes its certificate's key before it reads the one for service accounts, so one can be the other.
  "$bin/kube-apiserver" --bind-address=127.0.0.1 --advertise-address=127.0.0.1 --secure-port=$((port + 2)) \
    --endpoint-reconciler-type=none --cert-dir="$dir" --token-auth-file="$dir/tokens" --authorization-mode=RBAC \
    --etcd-servers="http://127.0.0.1:$port" --service-account-issuer=https://kubernetes.default.svc \
    --service-account-signing-key-file="$dir/apiserver.key" --service-account-key-file="$dir/apiserver.key" \
    --disable-admission-plugins=ServiceAccount --service-cluster-ip-range=10.0.0.0/24 >>"$log" 2>&1 9>&- &
  set +m
  until try_kubectl get --raw /readyz >/dev/null 2>&1; do
    ((++waited <= 60)) || return 1
    sleep 1
  done
  try_kubectl create -f - <<'CRD' >>"$log" 2>&1
{"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "proofs.leasehold.dev"},
 "spec": {"group": "leasehold.dev", "scope": "Cluster", "names": {"plural": "proofs", "kind": "Proof"},
  "versions": [{"name": "v1", "served": true, "storage": true, "subresources": {"status": {}}, "schema": {"openAPIV3Schema":
   {"type": "object", "properties": {"spec": {"type": "object", "properties": {"size": {"type": "integer"}}}}}}}]}}
CRD
  try_kubectl wait --for=condition=Established --timeout=20s customresourcedefinition/proofs.leasehold.dev >>"$log" 2>&1
  try_kubectl create -f - <<'CR' >>"$log" 2>&1
{"apiVersion": "leasehold.dev/v1", "kind": "Proof", "metadata": {"name": "proof"}, "spec": {"size": 3}}
CR
  try_kubectl patch proofs/proof --type=merge --patch '{"spec": {"size": 4}}' >>"$log" 2>&1
}

try_kubectl() {
  "$bin/kubectl" --server="https://127.0.0.1:$((port + 2))" --insecure-skip-tls-verify --token="$token" \
    --cache-dir="$dir/kubectl" "$@"
}

publish() {
  local program
  chmod 755 "$work/stage" "$work/stage/bin" "$work/stage/bin"/*
  if [[ ! -e $folder/bin ]]; then
    mkdir -p "$folder"
    mv -T "$work/stage/bin" "$folder/bin"
  else
    for program in "$work"/stage/bin/*; do mv -f "$program" "$folder/bin/"; done
  fi
}

main "$@"
