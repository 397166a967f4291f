#!/bin/sh
# On the GPU host, in the unpacked folder:
#   ./run.sh device                          says whether the backend can run, and on what
#   ./run.sh tck                             the conformance suite: a table of cases passed and failed, by family
#   ./run.sh bench [--seconds N] [WORKLOAD]  the workloads in float32 and mixed_bfloat16, next to other frameworks
# NV_LIBS=folder:folder names folders with NVIDIA's libraries; PEERS=peers.py a script that times others on the same
# workloads: called with --peer NAME --workload NAME --seconds N, it prints "<peer> <workload> <rate> samples/s <ms> ms/step".
set -eu
here=$(cd "$(dirname "$0")" && pwd)
libraries=${NV_LIBS:-}
add() { [ ! -d "$1" ] || libraries=${libraries:+$libraries:}$1; }
for site in $(python3 -c 'import sysconfig; print(sysconfig.get_path("purelib"))' 2>/dev/null) /usr/local/lib/python3*/dist-packages; do
  for folder in "$site"/nvidia/*/lib; do add "$folder"; done
done
for folder in /usr/local/cuda/lib64 /usr/local/cuda-13*/lib64 /usr/local/nvidia/lib64; do add "$folder"; done
path=
for each in "$here"/classes/* "$here"/lib/*.jar; do path=${path:+$path:}$each; done
java() { "$here/jre/bin/java" -Xmx4g -Dkeratin.cuda.libraries="$libraries" -Dorg.bytedeco.javacpp.cachedir="$here/cache" -cp "$path" "$@"; }

device() { java dev.keratin.backend.cuda.PrintDevice; }

tck() {
  java org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors --details=tree --details-theme=ascii \
    --select-class dev.keratin.backend.cuda.DeviceConformanceTest > "$here/tck.log" 2>&1 || true
  awk -f "$here/tck.awk" "$here/tck.log"
  echo "Everything is in tck.log."
}

bench() {
  seconds=10
  if [ "${1:-}" = --seconds ]; then seconds=$2; shift 2; fi
  [ $# -gt 0 ] || set -- mlp convnet resnet20 lstm transformer resnet50-train
  : > "$here/bench.log"
  for workload in "$@"; do
    for dtype in float32 mixed_bfloat16; do
      java -Dkeratin.backend=cuda dev.keratin.bench.Bench "$workload" --seconds "$seconds" --dtype "$dtype" 2>&1 |
        sed "s/^cuda /cuda-$dtype /" | tee -a "$here/bench.log"
    done
    [ -z "${PEERS:-}" ] || for peer in torch torch-cl torch-compile; do
      CUDA_VISIBLE_DEVICES=${CUDA_VISIBLE_DEVICES:-0} python3 "$PEERS" --peer "$peer" --workload "$workload" --seconds "$seconds" 2>/dev/null |
        tee -a "$here/bench.log" || echo "$peer $workload failed"
    done
  done
  awk '/ms\/step/ { ms[$2, $1] = $(NF - 1); if (!seen[$2]++) order[++n] = $2; if (!peer[$1]++) names[++p] = $1 }
    END { printf "%-16s", "ms/step"; for (i = 1; i <= p; i++) printf "%22s", names[i]; print ""
          for (j = 1; j <= n; j++) { printf "%-16s", order[j]; for (i = 1; i <= p; i++) printf "%22s", ms[order[j], names[i]]; print "" } }' "$here/bench.log"
}

command=${1:-}
[ $# -eq 0 ] || shift
case $command in
  device | tck | bench) "$command" "$@" ;;
  *) sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
