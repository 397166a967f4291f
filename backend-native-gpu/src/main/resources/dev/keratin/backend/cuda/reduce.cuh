// Reductions by the threads of a block.
#include "joins.cuh"

namespace {

/// Joins the values of all threads of a block along x, a power of two of them; every thread gets the result.
template <class F, class T>
inline T block_reduce(T x) {
  __shared__ T values[1024];
  int i = threadIdx.x;
  values[i] = x;
  __syncthreads();
  for (int half = blockDim.x / 2; half > 0; half /= 2) {
    if (i < half) values[i] = F::join(values[i], values[i + half]);
    __syncthreads();
  }
  T result = values[0];
  __syncthreads();
  return result;
}

/// Joins the values of the threads of a block that have the same x, a power of two of them; each of them gets the result.
template <class F, class T>
inline T column_reduce(T x) {
  __shared__ T values[1024];
  int i = threadIdx.y * blockDim.x + threadIdx.x;
  values[i] = x;
  __syncthreads();
  for (int half = blockDim.y / 2; half > 0; half /= 2) {
    if (threadIdx.y < half) values[i] = F::join(values[i], values[i + half * blockDim.x]);
    __syncthreads();
  }
  T result = values[threadIdx.x];
  __syncthreads();
  return result;
}

/// Joins the values of the threads of a block along x that stand before each one; `all` becomes what all are joined to.
template <class F, class T>
inline T block_scan(T x, T none, T& all) {
  __shared__ T values[1024];
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
  __shared__ T values[1024];
  values[threadIdx.y * blockDim.x + threadIdx.x] = x;
  __syncthreads();
  T before = none;
  for (int y = 0; y < threadIdx.y; y++) before = F::join(before, values[y * blockDim.x + threadIdx.x]);
  __syncthreads();
  return before;
}

}  // namespace
