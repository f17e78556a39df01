#!/bin/sh
# Lays out the root folder of the image: a Java runtime with the modules that the program needs and no others, the C
# library that it was built against, the program, and an archive of the classes that the operator starts with.
#
#   assemble.sh JDK PROGRAM CLASSES ROOT
#
# PROGRAM is the folder with bulkhead.jar and lib/, CLASSES the list of what goes into the archive. The same inputs give
# the same bytes.
set -eu
jdk=$1
program=$2
classes=$3
root=$4

rm -rf "$root"
mkdir -p "$root/app/lib"

"$jdk/bin/jlink" \
  --add-modules java.base,java.logging,java.management,java.naming,java.net.http,java.xml \
  --add-modules jdk.crypto.ec,jdk.httpserver,jdk.unsupported \
  --strip-debug --no-header-files --no-man-pages --output "$root/java"
rm -f "$root/java/bin/keytool" "$root/java/lib/jrt-fs.jar"

# Where ldd finds a library is where the loader, which is one of them, looks for it.
find "$root/java" -name '*.so' -o -path '*/bin/java' | xargs ldd | grep -o '/lib[^ ]*\.so\.[^ ]*' | sort -u |
  while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
  done

cp "$program/bulkhead.jar" "$root/app"
# What the manifest names: the folder may hold what earlier builds left there.
(cd "$root" && "$jdk/bin/jar" --extract --file "$program/bulkhead.jar" META-INF/MANIFEST.MF)
tr -d '\r' <"$root/META-INF/MANIFEST.MF" | sed -n -e ':a' -e '$!N;s/\n //;ta' -e 'P;D' |
  sed -n 's/^Class-Path: //p' | tr ' ' '\n' |
  while read -r library; do
    cp "$program/$library" "$root/app/lib"
  done
rm -r "$root/META-INF"

# The archive holds for files of this size and time only, and the time is the one that they get in the image.
find "$root" -exec touch -d @1 {} +

# A dump has the addresses of some functions of the runtime in it. They are the same each time, unless the kernel
# spreads them on purpose and, as in some containers, may not be told to leave that.
fixed=
if setarch -R true 2>/dev/null; then
  fixed='setarch -R'
fi
# By relative names: here the root is another than in the image. One thread, so that classes keep their order.
cd "$root"
$fixed java/bin/java -Xshare:dump -XX:SharedArchiveFile=app/bulkhead.jsa -XX:SharedClassListFile="$classes" \
  -XX:+UseSerialGC -Xint -Xmx256m -Xlog:disable -cp app/bulkhead.jar
