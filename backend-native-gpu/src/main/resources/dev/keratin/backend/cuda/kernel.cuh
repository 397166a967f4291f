// What every kernel starts with: fixed-width names, element types as they are stored, and positions in strided views.
// Compiled by NVRTC without any other header, with every function for the device unless it says otherwise.
#ifdef CUDA_SHIM
#define __grid_constant__
#else
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

/// What elements are counted with: INDEX, which the source of a kernel defines where 32 bits do.
#ifndef INDEX
#define INDEX int64_t
#endif
typedef INDEX Index;

/// A divisor, and the numbers with which a product replaces the division of a dividend from 0 to below 2^31
/// (T. Granlund, P. Montgomery, "Division by Invariant Integers using Multiplication", PLDI 1994).
struct Divisor {
  int64_t value;
  uint32_t factor, shift;
};
template <int n>
struct Divisors {
  Divisor at[n];
};
inline int32_t quotient(int32_t i, const Divisor& by) {
  return int32_t((uint32_t(uint64_t(uint32_t(i)) * by.factor >> 32) + uint32_t(i)) >> by.shift);
}
inline int64_t quotient(int64_t i, const Divisor& by) { return i / by.value; }

/// Where element `i` of a row-major space with these lengths lies in a view with these strides.
template <int rank>
inline Index offset_of(Index i, const Divisors<rank>& lengths, const Longs<rank>& strides) {
  Index offset = 0;
#pragma unroll
  for (int axis = rank - 1; axis > 0; axis--) {
    Index rest = quotient(i, lengths.at[axis]);
    offset += (i - rest * Index(lengths.at[axis].value)) * Index(strides.at[axis]);
    i = rest;
  }
  return offset + i * Index(strides.at[0]);
}

/// `i` goes over all indices below `n`, shared out among all threads of the grid.
#define FOR_EACH(i, n) \
  for (Index i = Index(blockIdx.x) * Index(blockDim.x) + Index(threadIdx.x); i < Index(n); i += Index(gridDim.x) * Index(blockDim.x))

/// `k` goes over the numbers below a constant, all at once.
#define EACH(k, n) _Pragma("unroll") for (int k = 0; k < (n); k++)

/// A number of elements as a type.
template <int n>
struct Width {
  static const int value = n;
};

/// Neighbouring elements that are read or written at once; they begin at a multiple of their size, of 16 bytes at most.
template <class S, int n>
struct alignas(sizeof(S) * n < 16 ? sizeof(S) * n : 16) Pack {
  S at[n];
};
template <int n, class S>
inline Pack<S, n> read_pack(const S* from) {
  return *reinterpret_cast<const Pack<S, n>*>(from);
}
template <int n, class S>
inline void write_pack(const Pack<S, n>& elements, S* to) {
  *reinterpret_cast<Pack<S, n>*>(to) = elements;
}
