// What this library runs on: its oneDNN, its OpenMP and its processor.
#include <omp.h>
#include <oneapi/dnnl/dnnl.h>

#include <atomic>

#include "keratin_cpu.h"
#include "threads.h"

namespace keratin {

int max_threads() {
  static const int most = omp_get_num_procs();
  return most;
}

static int& chosen() {
  static int count = omp_get_max_threads() < max_threads() ? omp_get_max_threads() : max_threads();
  return count;
}

int threads() { return chosen(); }

}  // namespace keratin

using namespace keratin;

int64_t kr_dnnl_version() {
  const dnnl_version_t* v = dnnl_version();
  return 10000 * v->major + 100 * v->minor + v->patch;
}

int32_t kr_threads() { return threads(); }

void kr_set_threads(int32_t count) {
  chosen() = count < 1 ? 1 : count > max_threads() ? max_threads() : count;
  omp_set_num_threads(chosen());
}

int64_t kr_next_version() {
  static std::atomic<int64_t> last{0};
  return ++last;
}

const char* kr_instruction_set() {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v4")) return "x86-64-v4";
  return __builtin_cpu_supports("x86-64-v3") ? "x86-64-v3" : "x86-64";
}
