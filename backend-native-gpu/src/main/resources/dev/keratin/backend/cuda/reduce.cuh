// Reductions by the threads of a block.
#include "joins.cuh"

namespace {

/// 8192 bytes that the threads of a block share.
inline uint64_t* shared_words() {
  __shared__ uint64_t words[1024];
  return words;
}

/// The same as elements: whoever uses it waits for all of them at the end.
template <class T>
inline T* shared_room() { return reinterpret_cast<T*>(shared_words()); }

/// What another lane of the warp has.
template <class T>
inline T other_lane(T x, int lanes) { return __shfl_xor_sync(0xffffffffu, x, lanes); }
template <class T>
inline Best<T> other_lane(Best<T> x, int lanes) { return {other_lane(x.value, lanes), other_lane(x.place, lanes)}; }

/// Joins the values of the threads of a block that have the same y, a power of two of them; each of them gets the result.
/// If they are more than a warp, all have the same y.
template <class F, class T>
inline T row_reduce(T x) {
  const int threads = blockDim.x, lanes = threads < 32 ? threads : 32;
  for (int half = lanes / 2; half > 0; half /= 2) x = F::join(x, other_lane(x, half));
  if (threads > 32) {
    T* values = shared_room<T>();
    if (threadIdx.x % 32 == 0) values[threadIdx.x / 32] = x;
    __syncthreads();
    x = values[threadIdx.x % (threads / 32)];
    for (int half = threads / 64; half > 0; half /= 2) x = F::join(x, other_lane(x, half));
    __syncthreads();
  }
  return x;
}

/// The same for all values of each thread; the result is the first.
template <class F, class T, int n>
inline void row_reduce(T (&x)[n]) {
  T all = x[0];
#pragma unroll
  for (int k = 1; k < n; k++) all = F::join(all, x[k]);
  x[0] = row_reduce<F>(all);
}

/// Joins each of the values of the threads of a block that have the same x, a power of two of them; all get the results. As
/// many values at once as there is room for.
template <class F, class T, int n>
inline void column_reduce(T (&x)[n]) {
  constexpr int room = 8192 / 256 / sizeof(T), count = n < room ? n : room;
  static_assert(n % count == 0, "values are a power of two");
  T(*values)[256] = shared_room<T[256]>();
  const int i = threadIdx.y * blockDim.x + threadIdx.x;
#pragma unroll
  for (int first = 0; first < n; first += count) {
    EACH(k, count) values[k][i] = x[first + k];
    __syncthreads();
    for (int half = blockDim.y / 2; half > 0; half /= 2) {
      if (threadIdx.y < half) EACH(k, count) values[k][i] = F::join(values[k][i], values[k][i + half * blockDim.x]);
      __syncthreads();
    }
    EACH(k, count) x[first + k] = values[k][threadIdx.x];
    __syncthreads();
  }
}
template <class F, class T>
inline T column_reduce(T x) {
  T values[1] = {x};
  column_reduce<F>(values);
  return values[0];
}

/// Whether this block is the last one of `parts` that asks with the same count, a zero; it then sees what the others wrote
/// before they asked, if it reads it as `fresh`.
inline bool is_last(uint32_t* count, Index parts) {
  __shared__ bool last;
  __threadfence();
  __syncthreads();
  if (threadIdx.x == 0 && threadIdx.y == 0) {
    last = atomicAdd(count, 1u) + 1 == uint32_t(parts);
    if (last) *count = 0;
  }
  __syncthreads();
  const bool result = last;
  __threadfence();
  __syncthreads();
  return result;
}

/// What other blocks have written, past caches of this one.
template <class T>
inline T fresh(const T* from) { return __ldcg(from); }
template <class T>
inline Best<T> fresh(const Best<T>* from) { return {fresh(&from->value), fresh(&from->place)}; }

/// Joins the values of the threads of a block along x that stand before each one; `all` becomes what all are joined to.
template <class F, class T>
inline T block_scan(T x, T none, T& all) {
  T* values = shared_room<T>();
  int i = threadIdx.x;
  values[i] = x;
  __syncthreads();
  for (int step = 1; step < blockDim.x; step *= 2) {
    T left = i >= step ? values[i - step] : none;
    __syncthreads();
    values[i] = F::join(left, values[i]);
    __syncthreads();
  }
  T before = i > 0 ? values[i - 1] : none;
  all = values[blockDim.x - 1];
  __syncthreads();
  return before;
}

/// Joins the values of the threads of a block that have the same x and a lower y.
template <class F, class T>
inline T column_scan(T x, T none) {
  T* values = shared_room<T>();
  values[threadIdx.y * blockDim.x + threadIdx.x] = x;
  __syncthreads();
  T before = none;
  for (int y = 0; y < threadIdx.y; y++) before = F::join(before, values[y * blockDim.x + threadIdx.x]);
  __syncthreads();
  return before;
}

}  // namespace
