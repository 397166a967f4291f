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

/// Joins the values of the threads of a block that have the same x; threads of y = 0 get the results.
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

}  // namespace
