#!/bin/sh
# usage: build.sh JAVA_HOME OS_NAME OS_ARCH CLASSES, the middle two as in Java's os.name and os.arch
# Compiles the heap profile's library for this platform to CLASSES/native/OS-ARCH. Where that is not possible it says so
# in one line and succeeds, as the agent works without; or fails, where JVM_PPROF_REQUIRE_CC is set. CC names another
# compiler.
set -eu
jdk=$1 os_name=$2 os_arch=$3 classes=$4
source=$(dirname "$0")/heap_sampler.c

without() {
    echo "jvm-pprof: building without heap profiles: $1"
    [ -z "${JVM_PPROF_REQUIRE_CC:-}" ] || exit 1
    exit 0
}

case $os_name in
    # No library is linked: the process has its libc, glibc or musl, and every symbol resolves there.
    Linux) os=linux headers=linux suffix=so flags='-shared -nostdlib -s' ;;
    Mac*) os=macos headers=darwin suffix=dylib flags='-dynamiclib' ;;
    *) without "not supported on $os_name" ;;
esac
case $os_arch in
    amd64 | x86_64) arch=x64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *) arch=$os_arch ;;
esac
# Atomics by library calls would be a library to link.
if [ "$os-$arch" = linux-arm64 ]; then
    flags="$flags -mno-outline-atomics"
fi
library=$classes/native/$os-$arch/libjvmpprofheap.$suffix
[ ! -f "$library" ] || rm "$library" # one of an earlier build may not be for these classes

if [ -n "${CC:-}" ]; then
    compiler=$CC # may have arguments, as in "ccache gcc"
else
    for compiler in cc gcc clang ''; do
        [ -n "$compiler" ] && command -v "$compiler" >/dev/null && break
    done
fi
[ -n "$compiler" ] || without 'no C compiler (cc, gcc or clang) found'
[ -f "$jdk/include/jvmti.h" ] || without "no jvmti.h in $jdk/include"

mkdir -p "$(dirname "$library")"
# Nothing that a distribution's compiler adds: other libcs do not have it.
# shellcheck disable=SC2086 # compiler, flags and CFLAGS are lists
$compiler -std=c11 -O2 -fPIC -fvisibility=hidden -Wall -Wextra -Wno-unused-parameter $flags \
    ${CFLAGS:-} -U_FORTIFY_SOURCE -fno-stack-protector -I"$jdk/include" -I"$jdk/include/$headers" -o "$library" "$source" ||
    without "$compiler cannot compile $source"
