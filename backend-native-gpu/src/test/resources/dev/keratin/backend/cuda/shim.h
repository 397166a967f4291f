// Makes CUDA C compile as C++ for the CPU. A kernel without barriers is a loop over its threads; one with barriers runs
// each thread of a block on a stack of its own (see shim_runtime.cpp).
#pragma once
#include <math.h>
#include <stdint.h>
#include <string.h>
#define CUDA_SHIM 1
#define __global__ static
#define __shared__ static
#define __launch_bounds__(threads)

struct ShimIndex {
  unsigned x, y, z;
};
struct ShimState {
  ShimIndex thread, block, block_dim, grid_dim;
};
/// Of a kernel about to be launched, on a device so small that its blocks have to take what is left over.
static inline ShimState shim_state(unsigned blocks, unsigned blocks_y, unsigned threads, unsigned threads_y) {
  return {{0, 0, 0}, {0, 0, 0}, {threads, threads_y, 1}, {blocks < 3 ? blocks : 3, blocks_y, 1}};
}
/// The order in which threads or blocks take turns: from the last to the first or all over the place, for going by their numbers
/// hides what they do to each other.
struct ShimOrder {
  uint64_t count, step, at;
  ShimOrder(unsigned count, unsigned salt) : count(count), step(salt % 2 == 0 ? count - 1 : salt % count), at(count - 1) {
    while (common(count, step) != 1) step++;
  }
  static uint64_t common(uint64_t a, uint64_t b) { return b == 0 ? a : common(b, a % b); }
  unsigned next() {
    const uint64_t now = at;
    at = (at + step) % count;
    return now;
  }
};
/// What the runtime offers to kernels.
struct ShimRuntime {
  ShimState* state;
  void (*warp_barrier)();
  void (*block_barrier)();
  void (*threads)(void (*body)(void**), void** arguments);
};
static const ShimRuntime* shim;
#define threadIdx (shim->state->thread)
#define blockIdx (shim->state->block)
#define blockDim (shim->state->block_dim)
#define gridDim (shim->state->grid_dim)
static inline void __syncthreads() { shim->block_barrier(); }

/// Threads take turns only at barriers, so these need nothing more; all give what was there before.
template <class T>
static inline T atomicAdd(T* to, T x) {
  T old = *to;
  *to = old + x;
  return old;
}
template <class T>
static inline T atomicMin(T* to, T x) {
  T old = *to;
  if (x < old) *to = x;
  return old;
}
template <class T>
static inline T atomicMax(T* to, T x) {
  T old = *to;
  if (x > old) *to = x;
  return old;
}
template <class T>
static inline T atomicCAS(T* to, T expected, T x) {
  T old = *to;
  if (old == expected) *to = x;
  return old;
}

/// Blocks run one after another, and so do threads between barriers.
static inline void __threadfence() {}
template <class T>
static inline T __ldcg(const T* from) { return *from; }

/// All lanes of a warp have to ask for it together.
template <class T>
static inline T __shfl_xor_sync(unsigned, T x, int lanes) {
  static T values[1024];
  const unsigned i = threadIdx.y * blockDim.x + threadIdx.x;
  values[i] = x;
  shim->warp_barrier();
  const T other = values[i ^ lanes];
  shim->warp_barrier();
  return other;
}

template <class T>
struct ShimArgument {
  typedef T type;
};
template <class T>
struct ShimArgument<const T> {
  typedef T type;
};
template <int... is>
struct ShimIndices {};
template <int n, int... is>
struct ShimCount : ShimCount<n - 1, n - 1, is...> {};
template <int... is>
struct ShimCount<0, is...> {
  typedef ShimIndices<is...> type;
};
template <class... A, int... is>
static inline void shim_call(void (*kernel)(A...), void** arguments, ShimIndices<is...>) {
  kernel(*static_cast<typename ShimArgument<A>::type*>(arguments[is])...);
}
template <class... A>
static inline void shim_call(void (*kernel)(A...), void** arguments) {
  shim_call(kernel, arguments, typename ShimCount<sizeof...(A)>::type());
}

/// The entry of the only kernel of a library.
#define SHIM_ENTRY(kernel, synchronises) SHIM_RUN(shim_run, kernel, synchronises)
/// The entry of a kernel: runs all blocks one after another.
#define SHIM_RUN(name, kernel, synchronises)                                                  \
  extern "C" void name(const ShimRuntime* runtime, void** arguments) {                         \
    shim = runtime;                                                                            \
    ShimOrder blocks(gridDim.x * gridDim.y, 1009);                                              \
    for (unsigned i = 0; i < gridDim.x * gridDim.y; i++) {                                      \
      const unsigned place = blocks.next();                                                    \
      blockIdx.x = place % gridDim.x;                                                          \
      blockIdx.y = place / gridDim.x;                                                          \
      if (synchronises) {                                                                      \
        shim->threads([](void** a) { shim_call(kernel, a); }, arguments);                      \
        continue;                                                                              \
      }                                                                                        \
      ShimOrder threads(blockDim.x, place);                                                    \
      for (unsigned t = 0; t < blockDim.x; t++) {                                              \
        threadIdx.x = threads.next();                                                          \
        shim_call(kernel, arguments);                                                          \
      }                                                                                        \
    }                                                                                          \
  }

/// What a launch has to copy: the sizes of the arguments of a kernel, which is found by its name.
template <class... A>
struct ShimSizes {
  static const int count = sizeof...(A);
  static const int sizes[sizeof...(A)];
};
template <class... A>
const int ShimSizes<A...>::sizes[] = {int(sizeof(A))...};
template <class... A>
static const int* shim_sizes_of(void (*)(A...)) { return ShimSizes<A...>::sizes; }
template <class... A>
constexpr int shim_count_of(void (*)(A...)) { return sizeof...(A); }
#define SHIM_NAME(kernel) #kernel
#define SHIM_SIGNATURE(kernel)                                    \
  extern "C" const int* shim_sizes = shim_sizes_of(kernel);       \
  extern "C" int shim_count = shim_count_of(kernel);              \
  extern "C" const char* shim_name = SHIM_NAME(kernel);
