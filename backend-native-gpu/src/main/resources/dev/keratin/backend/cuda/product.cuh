// Matrix products without a library: of integers, and where matrices are stretched in a way no library takes.

namespace {

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
    T sum = 0;
    for (int64_t j = 0; j < k; j++) {
      sum = f_add(sum, f_mul(Element<S>::load(x[j * a_steps.at[1]]), Element<S>::load(y[j * b_steps.at[0]])));
    }
    c[i] = Element<S>::store(sum);
  }
}

}  // namespace
