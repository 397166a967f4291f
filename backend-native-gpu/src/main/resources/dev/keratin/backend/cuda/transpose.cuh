// Copies that turn two axes, by tiles in shared memory.

namespace {

/// From a view in which `along` has neighbouring elements to one in which `across` has; each has a length, the stride that it has
/// in the other view, and its number of tiles of 32. A block takes one of `count` tiles; the other axes are `lengths`.
template <class T, int rank>
inline void transpose(const T* from, T* to, int64_t count, const Longs<3>& along, const Longs<3>& across, const Divisors<rank>& lengths,
                      const Longs<rank>& from_strides, const Longs<rank>& to_strides) {
  __shared__ T tile[32][33];
  const Index length = Index(along.at[0]), width = Index(across.at[0]), lane = threadIdx.x;
  for (Index block = blockIdx.x; block < Index(count); block += Index(gridDim.x)) {
    const Index rest = block / Index(across.at[2]), which = rest / Index(along.at[2]);
    const Index column = (block - rest * Index(across.at[2])) * 32, row = (rest - which * Index(along.at[2])) * 32;
    const T* x = from + offset_of(which, lengths, from_strides) + row;
    T* y = to + offset_of(which, lengths, to_strides) + column;
#pragma unroll 4
    for (Index j = threadIdx.y; j < 32; j += Index(blockDim.y)) {
      if (column + j < width && row + lane < length) tile[j][lane] = x[(column + j) * Index(across.at[1]) + lane];
    }
    __syncthreads();
#pragma unroll 4
    for (Index j = threadIdx.y; j < 32; j += Index(blockDim.y)) {
      if (row + j < length && column + lane < width) y[(row + j) * Index(along.at[1]) + lane] = tile[lane][j];
    }
    __syncthreads();
  }
}

}  // namespace
