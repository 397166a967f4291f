// Sorting by the threads of a block.

namespace {

/// Room for up to 2048 items of a block.
template <class T>
inline T* block_items() {
  __shared__ T items[2048];
  return items;
}

/// Brings a power of two of items in order (Batcher, AFIPS 1968).
template <class T>
inline void block_sort(T* items, int count) {
  __syncthreads();
  for (int size = 2; size <= count; size *= 2) {
    for (int stride = size / 2; stride > 0; stride /= 2) {
      for (int i = threadIdx.x; i < count / 2; i += blockDim.x) {
        int a = 2 * i - (i & (stride - 1)), b = a + stride;
        const T x = items[a], y = items[b];
        if (before(y, x) == ((a & size) == 0)) {
          items[a] = y;
          items[b] = x;
        }
      }
      __syncthreads();
    }
  }
}

/// Waits until all threads of the block are done with the items.
inline void block_done() { __syncthreads(); }

}  // namespace
