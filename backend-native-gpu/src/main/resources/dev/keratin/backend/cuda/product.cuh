// Matrix products without a library: of integers, and where matrices are stretched in a way no library takes.

namespace {

template <class T>
struct Accumulated {
  typedef T type;
};
template <>
struct Accumulated<int32_t> {
  typedef uint32_t type;
};
template <>
struct Accumulated<int64_t> {
  typedef uint64_t type;
};

/// One thread for each element of c [batch, m, n]; a and b start at offset_of the batch index.
template <class S, int rank>
inline void product(const S* a, const S* b, S* c, int64_t count, int64_t n, int64_t k, const Longs<2>& a_steps,
                    const Longs<2>& b_steps, int64_t m, const Divisors<rank>& batch, const Longs<rank>& a_batch,
                    const Longs<rank>& b_batch) {
  typedef typename Element<S>::compute T;
  FOR_EACH(i, count) {
    int64_t column = i % n, row = i / n % m, which = i / n / m;
    const S* x = a + offset_of(which, batch, a_batch) + row * a_steps.at[0];
    const S* y = b + offset_of(which, batch, b_batch) + column * b_steps.at[1];
    typename Accumulated<T>::type sum = 0;
    for (int64_t j = 0; j < k; j++) {
      typedef typename Accumulated<T>::type A;
      sum += A(Element<S>::load(x[j * a_steps.at[1]])) * A(Element<S>::load(y[j * b_steps.at[0]]));
    }
    c[i] = Element<S>::store(T(sum));
  }
}

}  // namespace
