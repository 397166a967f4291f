// How work is split among threads: one OpenMP pool serves oneDNN and every own kernel.
#pragma once
#include <omp.h>

#include <cstdint>

namespace keratin {

/// How many threads a parallel region gets; at most max_threads().
int threads();

/// The most threads there will ever be: size per-thread scratch by it.
int max_threads();

/// Below this many bytes of memory traffic (or a like amount of arithmetic) one thread is faster than several.
constexpr int64_t parallel_bytes = 128 * 1024;

/// Calls body(begin, end) for parts of [0, count) that cover it, on as many threads as are worth it: each thread gets
/// one part of at least `grain` items. The body must not throw.
template <class Body>
inline void parallel_for(int64_t count, int64_t grain, Body&& body) {
  int64_t parts = count / (grain > 0 ? grain : 1);
  if (parts > threads()) parts = threads();
  if (parts <= 1) {
    if (count > 0) body(int64_t{0}, count);
    return;
  }
#pragma omp parallel num_threads(static_cast<int>(parts))
  {
    int64_t team = omp_get_num_threads(), me = omp_get_thread_num();
    int64_t begin = count * me / team, end = count * (me + 1) / team;
    if (begin < end) body(begin, end);
  }
}

/// The number of the calling thread in the running parallel region, below max_threads().
inline int thread_number() { return omp_get_thread_num(); }

/// How many items each thread should get at least when an item moves `bytes` bytes.
inline int64_t grain_of(int64_t bytes) { return bytes > 0 ? (parallel_bytes / 2 + bytes - 1) / bytes : parallel_bytes; }

}  // namespace keratin
