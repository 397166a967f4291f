// Values made of nothing: counts and random bits.

namespace {

/// The place on an axis of element i; `inner` indices have the axes behind it.
inline Index place_of(Index i, const Divisor& length, const Divisor& inner) {
  const Index place = quotient(i, inner);
  return place - quotient(place, length) * Index(length.value);
}

template <class S>
inline void iota(S* to, int64_t count, const Divisor& length, const Divisor& inner) {
  FOR_EACH(i, count) to[i] = Element<S>::store(Convert<typename Element<S>::compute, int64_t>::of(place_of(i, length, inner)));
}
template <class S>
inline void iota_narrow(S* to, int64_t count, const Divisor& length, const Divisor& inner) {
  FOR_EACH(i, count) to[i] = Element<S>::store(odd_float(double(place_of(i, length, inner))));
}

/// Philox 4x32-10 (Salmon et al., SC 2011): element i is word i % 4 of block i / 4. A thread writes `width` words at once: 4 or 1.
template <int width>
inline void random_bits(const uint64_t* state, uint32_t* to, int64_t count) {
  const uint64_t key = state[0], counter = state[1];
  FOR_EACH(block, (count + 3) / 4) {
    uint32_t c[4] = {uint32_t(block), uint32_t(uint64_t(block) >> 32), uint32_t(counter), uint32_t(counter >> 32)};
    uint32_t k0 = uint32_t(key), k1 = uint32_t(key >> 32);
#pragma unroll
    for (int round = 0; round < 10; round++, k0 += 0x9E3779B9u, k1 += 0xBB67AE85u) {
      uint64_t p = uint64_t(c[0]) * 0xD2511F53u, q = uint64_t(c[2]) * 0xCD9E8D57u;
      c[0] = uint32_t(q >> 32) ^ c[1] ^ k0;
      c[2] = uint32_t(p >> 32) ^ c[3] ^ k1;
      c[1] = uint32_t(q);
      c[3] = uint32_t(p);
    }
    if (width == 4 && 4 * block + 4 <= Index(count)) {
      write_pack(Pack<uint32_t, 4>{{c[0], c[1], c[2], c[3]}}, to + 4 * block);
    } else {
      EACH(word, 4) {
        if (4 * block + word < Index(count)) to[4 * block + word] = c[word];
      }
    }
  }
}

}  // namespace
