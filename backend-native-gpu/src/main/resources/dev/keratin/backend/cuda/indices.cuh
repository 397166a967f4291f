// Rows and elements that are selected by indices. Indices out of range are found by check(); all else leaves them out.

namespace {

/// Notes the first index of tuples [count / width, width] that is not below its length.
template <class I, int width>
inline void check(const I* indices, int64_t count, const Longs<width>& lengths, uint64_t* first) {
  FOR_EACH(i, count) {
    if (uint64_t(int64_t(indices[i])) >= uint64_t(lengths.at[i % width])) atomicMin(first, uint64_t(i));
  }
}

/// The row of a value with these lengths that tuple j selects, or -1.
template <class I, int width>
inline int64_t selected(const I* indices, Index j, const Longs<width>& lengths) {
  int64_t row = 0;
  bool fine = true;
#pragma unroll
  for (int axis = 0; axis < width; axis++) {
    int64_t index = indices[j * width + axis];
    fine = fine && uint64_t(index) < uint64_t(lengths.at[axis]);
    row = row * lengths.at[axis] + index;
  }
  return fine ? row : -1;
}

/// The element of a value [outer, length, inner] that index j of [outer, count, inner] selects on its line, or -1.
template <class I>
inline int64_t along(const I* indices, Index j, const Divisor& count, int64_t length, const Divisor& inner) {
  const int64_t index = indices[j];
  const Index row = quotient(j, inner), outer = quotient(row, count);
  return uint64_t(index) < uint64_t(length) ? (int64_t(outer) * length + index) * inner.value + (j - row * Index(inner.value)) : -1;
}

}  // namespace
