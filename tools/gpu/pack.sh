#!/usr/bin/env bash
# Packs what it takes to run the conformance suite and the benchmarks on an x86-64 Linux host that has a GPU, CUDA 13 and
# cuDNN 9, but no Java and no network: a Java runtime, the jars, the tests and run.sh. README.md beside this file says more.
#   tools/gpu/pack.sh [OUT.tar.xz]        after: mvn -DskipTests package
set -euo pipefail
cd "$(dirname "$0")/../.."
out=${1:-target/keratin-gpu.tar.xz}
most=$((60 * 1024 * 1024))
modules="backend-spi backend-tck backend-native-gpu api layers models io-hdf5 applications bench"
tested="backend-native-gpu api layers models applications bench"
# Their tests are of other backends, or compute nothing on one.
untested="backend-spi backend-tck backend-native-cpu io-hdf5 tutorials"

fail() { echo "pack.sh: $*" >&2; exit 1; }

java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
[ -d "$java_home/jmods" ] || fail "a JDK with jmods is required. Received: $java_home. Set JAVA_HOME."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pack=$work/keratin-gpu
mkdir -p "$pack/lib" "$pack/classes" "$(dirname "$out")"

for folder in */src/test; do
  case " $tested $untested " in *" ${folder%%/*} "*) ;; *) fail "tests that are packed or named as not packed are required. Received: $folder" ;; esac
done
for module in $modules; do
  [ -d "$module/target/classes" ] || fail "built modules are required. Received: no $module/target/classes. Run: mvn -DskipTests package"
  cp -R "$module/target/classes" "$pack/classes/$module"
done
for module in $tested; do
  [ -d "$module/target/test-classes" ] || fail "built tests are required. Received: no $module/target/test-classes. Run: mvn -DskipTests package"
  cp -R "$module/target/test-classes" "$pack/classes/$module-tests"
done
# Of those of bench the one of what workloads compute.
find "$pack/classes/bench-tests" -type f ! -name 'LossesTest*' ! -name losses.txt -delete

[ -f bench/target/classpath ] || fail "a built bench is required. Run: mvn -DskipTests package"
# Libraries of other backends are left out: they are larger than all the rest.
tr ':' '\n' < bench/target/classpath | grep '\.jar$' | grep -v -e dnnl -e opencl -e openblas -e hdf5 -e keratin- |
  while read -r jar; do cp -L "$jar" "$pack/lib/"; done
for artifact in org.junit.platform:junit-platform-console-standalone:1.11.4 org.assertj:assertj-core:3.27.3 net.bytebuddy:byte-buddy:1.15.11; do
  mvn -N -q -B dependency:copy -Dartifact="$artifact" -DoutputDirectory="$pack/lib"
done

# Of the presets' native libraries the four that are used.
for jar in "$pack"/lib/cuda-*-linux-x86_64.jar; do
  zip -q -d "$jar" '*/libjninpp*' '*/libjnicufft*' '*/libjnicusparse*' '*/libjnicusolver*' '*/libjnicupti*' '*/libjninvcomp*' \
    '*/libjnicurand*' '*/libjninvjpeg*' '*/libjnicufile*' '*/libjninvml*' '*/libjninvblas*' '*/libjninccl*' || true
done

runtime=$("$java_home/bin/jdeps" -q --multi-release 17 --ignore-missing-deps --print-module-deps "$pack"/classes/* "$pack"/lib/*.jar)
# Stored as it is: xz over the whole archive does better than jlink's own compression.
"$java_home/bin/jlink" --add-modules "$runtime" --strip-debug --no-header-files --no-man-pages --compress=0 --output "$pack/jre"
rm -rf "$pack/jre/legal"
cp tools/gpu/run.sh tools/gpu/tests.awk "$pack/"
chmod +x "$pack/run.sh"
tar -C "$work" --sort=name --owner=0 --group=0 --mtime=@0 -c keratin-gpu | xz -6 -T2 > "$out"
size=$(stat -c %s "$out")
echo "$out: $((size / 1024)) KiB"
[ "$size" -le $most ] || fail "at most 60 MiB are required. Received: $size bytes."
