// Elements as items that are compared as whole numbers: first by value, then by place, so that no two are equal.

namespace {

inline uint32_t key_of(int32_t x) { return uint32_t(x) ^ 0x80000000u; }
inline uint64_t key_of(int64_t x) { return uint64_t(x) ^ (uint64_t(1) << 63); }
inline uint32_t key_of(uint8_t x) { return x; }

/// Of floats: NaN is larger than all, zeros are equal.
template <class K, class T>
inline K float_key(T x) {
  const K sign = K(1) << (8 * sizeof(K) - 1);
  K bits = x == 0 ? 0 : bits_as<K>(x);
  return x != x ? ~K(0) : bits & sign ? ~bits : bits | sign;
}
inline uint32_t key_of(float x) { return float_key<uint32_t>(x); }
inline uint64_t key_of(double x) { return float_key<uint64_t>(x); }

/// The item of a key of 64 bits; that of one of 32 bits is key and place in one number.
struct Wide {
  uint64_t key, place;
};
inline uint64_t item(uint32_t key, uint32_t place) { return uint64_t(key) << 32 | place; }
inline Wide item(uint64_t key, uint32_t place) { return {key, place}; }
inline uint32_t place_of(uint64_t item) { return uint32_t(item); }
inline uint32_t place_of(Wide item) { return uint32_t(item.place); }
inline bool before(uint64_t a, uint64_t b) { return a < b; }
inline bool before(Wide a, Wide b) { return a.key < b.key || (a.key == b.key && a.place < b.place); }

/// What stands behind all items.
template <class T>
struct End {
  static T value() { return ~T(0); }
};
template <>
struct End<Wide> {
  static Wide value() { return {~uint64_t(0), ~uint64_t(0)}; }
};

/// Merges sorted runs of lines of `length` items, two at a time: each item looks for its place in the other run.
template <class T>
inline void merge(const T* from, T* to, int64_t count, int64_t length, int64_t run) {
  FOR_EACH(i, count) {
    int64_t at = i % length, line = i - at, begin = at / run * run, first = begin / run % 2 == 0 ? begin : begin - run;
    bool left = first == begin;
    int64_t low = left ? begin + run : first, high = left ? begin + 2 * run : begin;
    if (low > length) low = length;
    if (high > length) high = length;
    const T x = from[i];
    const int64_t other = low;
    while (low < high) {
      int64_t middle = (low + high) / 2;
      const T y = from[line + middle];
      if (left ? before(y, x) : !before(x, y)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    to[line + first + (at - begin) + (low - other)] = x;
  }
}

}  // namespace
