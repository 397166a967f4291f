// Changes of elements that other threads change too, each of which counts, in any order.

namespace {

/// The word that an element of some bytes is exchanged as.
template <int bytes>
struct Word {
  typedef uint32_t type;
};
template <>
struct Word<8> {
  typedef uint64_t type;
};

template <class F, class T>
struct JoinAt {
  static void apply(T* to, T x) {
    typedef typename Word<sizeof(T)>::type W;
    W* word = reinterpret_cast<W*>(to);
    W seen = *word;
    for (;;) {
      W next = bits_as<W>(F::join(bits_as<T>(seen), x));
      W found = next == seen ? seen : atomicCAS(word, seen, next);
      if (found == seen) return;
      seen = found;
    }
  }
};
template <>
struct JoinAt<Sum, float> {
  static void apply(float* to, float x) { atomicAdd(to, x); }
};
template <>
struct JoinAt<Sum, double> {
  static void apply(double* to, double x) { atomicAdd(to, x); }
};
template <>
struct JoinAt<Sum, int32_t> {
  static void apply(int32_t* to, int32_t x) { atomicAdd(reinterpret_cast<uint32_t*>(to), uint32_t(x)); }
};
template <>
struct JoinAt<Sum, int64_t> {
  static void apply(int64_t* to, int64_t x) { atomicAdd(reinterpret_cast<uint64_t*>(to), uint64_t(x)); }
};

template <class F, class T>
inline void join_at(T* to, T x) {
  JoinAt<F, T>::apply(to, x);
}

}  // namespace
