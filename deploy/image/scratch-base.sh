#!/bin/sh
# Makes the image leasehold-jre from this machine's JDK and C library, for networks without a registry:
#   deploy/image/scratch-base.sh && docker build -f deploy/image/Dockerfile --build-arg BASE=leasehold-jre -t leasehold-samples:0.1.0-SNAPSHOT sample-controllers/target
set -eu

java=$(readlink -f "$(command -v java)")
home=$(dirname "$(dirname "$java")")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# The image's root has this mode, and its user is nobody in particular.
chmod 755 "$folder"

"$home/bin/jlink" --output "$folder/opt/java" --strip-debug --no-header-files --no-man-pages \
  --add-modules java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,jdk.crypto.ec,jdk.httpserver,jdk.naming.dns,jdk.unsupported

# What the runtime is linked to, and the loader that links it.
find "$folder/opt/java" -type f \( -name '*.so' -o -name java \) -exec ldd {} + 2>/dev/null |
  grep -o ' /[^ ]*\|^[[:space:]]*/[^ ]*' | grep -v "$folder" | tr -d '[:blank:]:' | sort -u |
  while read -r library; do
    mkdir -p "$folder$(dirname "$library")"
    cp -L "$library" "$folder$library"
  done

mkdir -p "$folder/tmp" "$folder/etc"
chmod 1777 "$folder/tmp"
echo 'samples:x:65532:65532::/tmp:/none' > "$folder/etc/passwd"
tar -C "$folder" -c . | docker import --change 'ENV PATH=/opt/java/bin' - leasehold-jre
