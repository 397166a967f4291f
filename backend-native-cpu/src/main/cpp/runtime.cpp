// What this library runs on: its oneDNN and its OpenMP.
#include "keratin_cpu.h"

#include <omp.h>
#include <oneapi/dnnl/dnnl.h>

int64_t kr_dnnl_version() {
  const dnnl_version_t* v = dnnl_version();
  return 10000 * v->major + 100 * v->minor + v->patch;
}

int32_t kr_threads() {
  int32_t threads = 0;
#pragma omp parallel reduction(+ : threads)
  threads += 1;
  return threads;
}
