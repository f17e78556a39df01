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
  --add-modules jdk.crypto.ec,jdk.httpserver,jdk.management,jdk.unsupported \
  --strip-java-debug-attributes --no-header-files --no-man-pages --output "$root/java"
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

# The bytes of a dump depend on the paths and the environment that it is made with, and on where the kernel puts the
# runtime. So it is made inside the root folder, as the image will be run, and without the kernel's spreading of
# addresses. Where bubblewrap or a leave to do that is missing the image works as well, but is another on another machine.
set -- java/bin/java
if bwrap --unshare-user --ro-bind / / true 2>/dev/null; then
  mkdir "$root/proc"
  set -- bwrap --die-with-parent --unshare-user --clearenv --bind "$root" / --proc /proc --chdir / /java/bin/java
fi
if setarch -R true 2>/dev/null; then
  set -- setarch -R "$@"
fi
# Threads that take turns interfere less than threads that run side by side.
processor=$(taskset -cp $$ | sed 's/.*: \([0-9]*\).*/\1/')
set -- taskset -c "$processor" "$@"
cp "$classes" "$root/app/classes.lst"
cd "$root"

# By relative names, which hold here and in the image. The interpreter and a heap that is never collected keep threads of
# the runtime from loading classes meanwhile, whose order shows in the bytes.
dump() {
  exec "$@" -Xshare:dump -XX:SharedArchiveFile=app/bulkhead.jsa -XX:SharedClassListFile=app/classes.lst \
    -XX:+UseSerialGC -Xint -Xms900m -Xmx900m -Xmn800m -XX:MetaspaceSize=1g \
    -Xlog:disable -Xlog:class+load:file=app/order:none:filecount=0 -cp app/bulkhead.jar
}

# One class is loaded by the finalizer's thread, a little sooner or later as it happens. What is usual is waited for: it
# shows as soon as the first few hundred classes are loaded, and a dump that began in another way is given up.
is_usual() {
  grep -A 1 '^java.lang.ref.Finalizer[$]FinalizerThread source:' app/order | grep -q '^jdk.internal.misc.VM source:'
}

tries=50
while :; do
  : >app/order
  dump "$@" &
  while kill -0 $! 2>/dev/null && [ "$(wc -l <app/order)" -lt 1000 ]; do
    sleep 0.1
  done
  tries=$((tries - 1))
  if is_usual || [ "$tries" -eq 0 ]; then
    wait $!
    break
  fi
  kill $!
  wait $! 2>/dev/null || true
done
rm app/classes.lst app/order
if [ -d proc ]; then
  rmdir proc
fi
