#!/usr/bin/env bash
# Compiles every .cpp beside this script into one archive of kernels, and only what has changed since.
#
#   build.sh OUT        OUT/*.o and OUT/libkeratin_kernels.a
#
# BUILD_PATH  folders of the libraries that are linked against, separated by colons, each with an include/ inside
# CXX         the compiler, g++ unless given
# JOBS        how many compilers run at once, by default one per processor
#
# A source whose first line is "// flags: ..." gets these flags too.
set -euo pipefail

out=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cxx=${CXX:-g++}
jobs=${JOBS:-$(getconf _NPROCESSORS_ONLN)}
archive=$out/libkeratin_kernels.a

if ! command -v "$cxx" >/dev/null; then
  echo "Keratin's native kernels are compiled by $cxx, which is not on the PATH: install it, for example with 'apt install g++'." >&2
  exit 1
fi

# The elementwise functions, which all backends share.
shared=$here/../../../../backend-spi/src/main/resources/dev/keratin/backend/elementwise
flags=(-std=c++17 -O3 -fopenmp -fPIC -fvisibility=hidden -Wall -Wextra -I "$shared")
IFS=: read -ra folders <<< "${BUILD_PATH:-}"
mkdir -p "$out"
for folder in "${folders[@]}"; do
  if [ -d "$folder/include" ]; then flags+=(-isystem "$folder/include"); fi
  for library in "$folder"/lib{dnnl,openblas}.so.*; do
    if [ ! -f "$library" ] || [ -L "$library" ]; then continue; fi
    name=$(basename "$library")
    ln -sf "$library" "$out/${name%%.so.*}.so" # what -lNAME looks for; GCC's own libraries are the system's
  done
done

printf '%s\n' "$cxx" "${flags[@]}" > "$out/flags.new"
if cmp -s "$out/flags.new" "$out/flags"; then rm "$out/flags.new"; else mv "$out/flags.new" "$out/flags"; fi

# An object is stale when it is older than the flags or than any file it was compiled from, as its .d lists them.
is_stale() {
  local object=$1 dependency
  [ -f "$object" ] || return 0
  for dependency in "$out/flags" $(sed -e 's/^[^:]*: *//' -e 's/\\$//' "${object%.o}.d"); do
    if [ ! -f "$dependency" ] || [ "$dependency" -nt "$object" ]; then return 0; fi
  done
  return 1
}

objects=() stale=()
for source in "$here"/*.cpp; do
  object=$out/$(basename "$source" .cpp).o
  objects+=("$object")
  if is_stale "$object"; then stale+=("$source"); fi
done

if [ ${#stale[@]} -gt 0 ]; then
  echo "Compiling ${#stale[@]} of ${#objects[@]} C++ files"
  compile() {
    local source=$1 object=$2/$(basename "$1" .cpp).o
    shift 2
    # shellcheck disable=SC2046 # the flags of one file are words
    "$@" $(sed -n '1s|^// flags: ||p' "$source") -MMD -MF "${object%.o}.d" -c "$source" -o "$object.part"
    mv "$object.part" "$object"
  }
  export -f compile
  printf '%s\0' "${stale[@]}" | xargs -0 -P "$jobs" -I SOURCE bash -ec 'compile "$@"' - SOURCE "$out" "$cxx" "${flags[@]}"
fi

if [ ${#stale[@]} -gt 0 ] || [ ! -f "$archive" ] || [ "$(ar t "$archive" | wc -l)" -ne ${#objects[@]} ]; then
  rm -f "$archive"
  ar rcs "$archive" "${objects[@]}"
fi
