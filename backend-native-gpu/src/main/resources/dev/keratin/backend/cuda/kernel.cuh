// What every kernel starts with: fixed-width names, element types as they are stored, and positions in strided views.
// Compiled by NVRTC without any other header, with every function for the device unless it says otherwise.
#ifndef CUDA_SHIM
typedef signed char int8_t;
typedef unsigned char uint8_t;
typedef unsigned short uint16_t;
typedef int int32_t;
typedef unsigned int uint32_t;
typedef long long int64_t;
typedef unsigned long long uint64_t;
#endif

struct f16 {
  uint16_t bits;
};
struct bf16 {
  uint16_t bits;
};

/// Numbers that a kernel is given as one argument.
template <int n>
struct Longs {
  int64_t at[n];
};

/// Where element `i` of a row-major space with these lengths lies in a view with these strides.
template <int rank>
inline int64_t offset_of(int64_t i, const Longs<rank>& lengths, const Longs<rank>& strides) {
  int64_t offset = 0;
#pragma unroll
  for (int axis = rank - 1; axis > 0; axis--) {
    int64_t rest = i / lengths.at[axis];
    offset += (i - rest * lengths.at[axis]) * strides.at[axis];
    i = rest;
  }
  return offset + i * strides.at[0];
}

/// `i` goes over all indices below `n`, shared out among all threads of the grid.
#define FOR_EACH(i, n) \
  for (int64_t i = int64_t(blockIdx.x) * blockDim.x + threadIdx.x; i < (n); i += int64_t(gridDim.x) * blockDim.x)
