#!/bin/sh
# On the GPU host, in the unpacked folder:
#   ./run.sh device                    what the backend runs on, or what is missing
#   ./run.sh tck                       the conformance suite: cases passed and failed, by family
#   ./run.sh goldens [NAME]            what Keras computed and how it trained, and all other tests of what computes on a backend;
#                                      NAME: test classes with it in their names
#   ./run.sh bench [--seconds N] [--batch N] [WORKLOAD...]
#                                      the workloads in float32 and mixed_bfloat16, next to other frameworks
#   ./run.sh all [OPTIONS OF bench]    one after the other
# It ends with 0 if all went well, 1 if something failed, 2 if it was called wrongly, 3 without a device, 130 after Ctrl-C.
# NV_LIBS=folder:folder names folders with NVIDIA's libraries, OUT=folder is for logs and caches (the unpacked folder by default),
# JAVA_OPTS=... goes to Java. README.md says what a PEERS=script is called with.
set -eu
unset LD_BIND_NOW
here=$(cd "$(dirname "$0")" && pwd)
out=${OUT:-$here}
failed=0

# After Ctrl-C, which also ends what is running: the shell lives on to show the table of what is done.
trap : INT
stop() { "${1:-:}"; exit 130; }
fail() { echo "run.sh: $2" >&2; exit "$1"; }
usage() { sed -n '2,/^set/s/^# \{0,1\}//p' "$here/run.sh" >&2; exit 2; }

libraries=${NV_LIBS:-}
add() { [ ! -d "$1" ] || libraries=${libraries:+$libraries:}$1; }
find_libraries() {
  for site in $(python3 -c 'import sysconfig; print(sysconfig.get_path("purelib"))' 2>/dev/null) /usr/local/lib/python3*/dist-packages; do
    for folder in "$site"/nvidia/*/lib; do add "$folder"; done
  done
  for folder in /usr/local/cuda/lib64 /usr/local/cuda-13*/lib64 /usr/local/nvidia/lib64; do add "$folder"; done
}

path=
for each in "$here"/classes/* "$here"/lib/*.jar; do path=${path:+$path:}$each; done
java() {
  # shellcheck disable=SC2086 # several options
  "$here/jre/bin/java" -Xmx4g -Djava.io.tmpdir="$out/tmp" -Dkeratin.backend=cuda -Dkeratin.cuda.libraries="$libraries" \
    -Dkeratin.cuda.cache="$out/kernels" -Dorg.bytedeco.javacpp.cachedir="$out/cache" ${JAVA_OPTS:-} -cp "$path" "$@"
}

device() {
  status=0
  java dev.keratin.backend.cuda.PrintDevice || status=$?
  [ $status -ne 1 ] || exit 3
  [ $status -eq 0 ] || exit $status
}

# Runs tests, each of which prints a line when it starts and one when it ends, and shows their table.
tests() {
  log=$out/$1.log
  shift
  echo "Running; $log grows meanwhile."
  status=0
  java -Dkeratin.cuda.tf32=false org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors \
    --details=testfeed "$@" > "$log" 2>&1 || status=$?
  awk -v status=$status -f "$here/tests.awk" "$log" || failed=1
  [ $status -ne 130 ] || stop
}

tck() { tests tck --select-class dev.keratin.backend.cuda.DeviceConformanceTest; }

# All test classes of the modules above the backends, so that none has to be named here.
goldens() {
  folders=
  for each in "$here"/classes/*-tests; do
    case $each in */backend-*) ;; *) folders=${folders:+$folders:}$each ;; esac
  done
  tests goldens "--scan-classpath=$folders" "--include-classname=.*\\.(?=[A-Za-z0-9]*${1:-})[A-Za-z0-9]*Test"
}

# Runs something that prints "... WORKLOAD RATE samples/s MS ms/step", for a cell of the table.
timed() {
  column=$1
  workload=$2
  shift 2
  status=0
  "$@" > "$out/last.log" 2>&1 || status=$?
  cat "$out/last.log" >> "$out/bench.log"
  [ $status -ne 130 ] || stop table
  found=$(sed -n 's|^[^ ]* [^ ]* [0-9.]* samples/s \([0-9.]*\) ms/step.*|\1|p' "$out/last.log")
  if [ $status -ne 0 ] || [ -z "$found" ]; then
    failed=1
    found=failed
    echo "$column $workload: status $status. $(sed -n '/Exception: \|Error: /{p;q;}' "$out/last.log")"
  fi
  echo "$workload $column $found" | tee -a "$out/bench.txt"
}

table() {
  awk '{ ms[$1, $2] = $3; if (!seen[$1]++) rows[++n] = $1; if (!known[$2]++) columns[++m] = $2 }
    END { printf "\n%-16s", "ms/step"; for (i = 1; i <= m; i++) printf " %20s", columns[i]; print ""
          for (j = 1; j <= n; j++) { printf "%-16s", rows[j]; for (i = 1; i <= m; i++) printf " %20s", ms[rows[j], columns[i]]; print "" } }' "$out/bench.txt"
}

bench() {
  seconds=10
  batch=
  while [ $# -gt 0 ]; do
    case $1 in
      --seconds | --batch) [ $# -gt 1 ] || usage ;;
    esac
    case $1 in
      --seconds) seconds=$2; shift 2 ;;
      --batch) batch=$2; shift 2 ;;
      -*) usage ;;
      *) break ;;
    esac
  done
  [ $# -gt 0 ] || set -- mlp convnet resnet20 lstm transformer resnet50-train
  : > "$out/bench.log"
  : > "$out/bench.txt"
  for each in "$@"; do
    for dtype in float32 mixed_bfloat16; do
      timed "cuda-$dtype" "$each" java dev.keratin.bench.Bench "$each" --seconds "$seconds" --dtype "$dtype" ${batch:+--batch "$batch"}
    done
    [ -z "${PEERS:-}" ] || for peer in ${PEER_NAMES:-torch torch-cl torch-compile}; do
      timed "$peer" "$each" env CUDA_VISIBLE_DEVICES="${CUDA_VISIBLE_DEVICES:-0}" python3 "$PEERS" --peer "$peer" --workload "$each" --seconds "$seconds"
    done
  done
  table
}

command=${1:-}
[ $# -eq 0 ] || shift
case $command in
  device | tck | goldens | bench | all) ;;
  *) usage ;;
esac
mkdir -p "$out/tmp" 2>/dev/null && [ -w "$out" ] || fail 2 "a folder that can be written to is required. Received: $out. Set OUT=FOLDER."
find_libraries
device
case $command in
  device) ;;
  all) tck; goldens; bench "$@" ;;
  *) "$command" "$@" ;;
esac
exit $failed
