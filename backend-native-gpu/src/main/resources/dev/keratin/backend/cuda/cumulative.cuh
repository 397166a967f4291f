// Running sums, products and extremes of parts of lines, from what was joined before them.

namespace {

/// A part of a line whose elements are `step` apart, walked from either end.
template <class S, bool reverse>
struct Part {
  const S* x;
  S* y;
  int64_t count, step;
  int64_t at(int64_t k) const { return (reverse ? count - 1 - k : k) * step; }
  typename Element<S>::compute load(int64_t k) const { return Element<S>::load(x[at(k)]); }
  void store(int64_t k, typename Element<S>::compute value) const { y[at(k)] = Element<S>::store(value); }
};

/// By a block along x; each thread takes neighbouring elements.
template <class F, class S, bool reverse, class T>
inline void cumulate_row(const Part<S, reverse>& part, T carry) {
  const int each = 4;
  const T none = F::template none<S>();
  for (int64_t begin = 0; begin < part.count; begin += blockDim.x * each) {
    int64_t first = begin + threadIdx.x * each;
    T joined[each], sum = none, all;
#pragma unroll
    for (int j = 0; j < each; j++) joined[j] = sum = F::join(sum, first + j < part.count ? part.load(first + j) : none);
    T before = F::join(carry, block_scan<F>(sum, none, all));
#pragma unroll
    for (int j = 0; j < each; j++) {
      if (first + j < part.count) part.store(first + j, F::join(before, joined[j]));
    }
    carry = F::join(carry, all);
  }
}

/// By the threads of a block with the same x; each takes neighbouring rows, none if the column is not `inside`.
template <class F, class S, bool reverse, class T>
inline void cumulate_column(const Part<S, reverse>& part, T carry, bool inside) {
  const T none = F::template none<S>();
  int64_t rows = (part.count + blockDim.y - 1) / blockDim.y, first = threadIdx.y * rows;
  int64_t last = !inside ? first : first + rows < part.count ? first + rows : part.count;
  T sum = none;
  for (int64_t k = first; k < last; k++) sum = F::join(sum, part.load(k));
  sum = F::join(carry, column_scan<F>(sum, none));
  for (int64_t k = first; k < last; k++) {
    sum = F::join(sum, part.load(k));
    part.store(k, sum);
  }
}

}  // namespace
