// A value as the lines along one of its axes, and its elements as keys: unsigned numbers in the same order.
#pragma once
#include <cstring>

#include "frame.h"
#include "threads.h"

namespace keratin {

/// A value [outer, length, inner]; element k of a line is k * inner behind its first one.
struct Lines {
  int64_t outer = 1, length = 0, inner = 1;

  /// LINES := outer length inner
  static Lines read(Reader& in) {
    Lines lines;
    lines.outer = in.word();
    lines.length = in.word();
    lines.inner = in.word();
    return lines;
  }

  int64_t count() const { return outer * inner; }

  /// How many neighbouring lines to take at a time, when each element of a line costs `bytes` of working memory: as
  /// many as the second-level cache holds, so that whole cache lines are read.
  int64_t block(int64_t bytes) const {
    int64_t fitting = length > 0 ? 256 * 1024 / (length * bytes) : 1;
    int64_t most = fitting < 1 ? 1 : fitting > 64 ? 64 : fitting;
    return most < inner ? most : inner;
  }

  /// How many blocks each_block has.
  int64_t blocks(int64_t block) const { return count() == 0 ? 0 : outer * ((inner + block - 1) / block); }

  /// Calls body(first element, how many lines) for blocks of at most `block` neighbouring lines, in parallel.
  template <class Body>
  void each_block(int64_t block, int64_t cost, Body&& body) const {
    int64_t across = count() == 0 ? 1 : (inner + block - 1) / block;
    parallel_for(blocks(block), grain_of(cost * length * block), [&](int64_t begin, int64_t end) {
      for (int64_t item = begin; item < end; item++) {
        int64_t column = item % across * block;
        int64_t width = inner - column < block ? inner - column : block;
        body(item / across * length * inner + column, width);
      }
    });
  }
};

template <class U>
constexpr U sign_bit = static_cast<U>(U(1) << (8 * sizeof(U) - 1));

/// Keys of unsigned numbers and of bool.
template <class U>
struct UnsignedKey {
  using Bits = U;
  static Bits of(Bits bits) { return bits; }
  static Bits exact(Bits bits) { return bits; }
  static Bits back(Bits key) { return key; }
  static bool is_nan(Bits) { return false; }
};

/// Keys of signed numbers.
template <class U>
struct SignedKey : UnsignedKey<U> {
  static U of(U bits) { return bits ^ sign_bit<U>; }
  static U exact(U bits) { return of(bits); }
  static U back(U key) { return key ^ sign_bit<U>; }
};

/// Keys of floating numbers whose infinity has the bits `infinity`. NaN is the largest key.
template <class U, U infinity>
struct FloatKey {
  using Bits = U;
  static bool is_nan(U bits) { return static_cast<U>(bits & ~sign_bit<U>) > infinity; }
  /// 0 and -0 are equal.
  static U of(U bits) { return exact(bits == sign_bit<U> ? U(0) : bits); }
  /// -0 is before 0.
  static U exact(U bits) {
    U flipped = static_cast<U>(bits & sign_bit<U> ? ~bits : bits | sign_bit<U>);
    return is_nan(bits) ? static_cast<U>(~U(0)) : flipped;
  }
  static U back(U key) { return static_cast<U>(key & sign_bit<U> ? key ^ sign_bit<U> : ~key); }
};

/// Calls body with the keys of a type, as an object.
template <class Body>
void with_key(DType type, Body&& body) {
  switch (type) {
    case DType::f16: return body(FloatKey<uint16_t, 0x7c00>());
    case DType::bf16: return body(FloatKey<uint16_t, 0x7f80>());
    case DType::f32: return body(FloatKey<uint32_t, 0x7f800000>());
    case DType::f64: return body(FloatKey<uint64_t, 0x7ff0000000000000>());
    case DType::i8: return body(SignedKey<uint8_t>());
    case DType::i32: return body(SignedKey<uint32_t>());
    case DType::i64: return body(SignedKey<uint64_t>());
    case DType::u8:
    case DType::boolean: return body(UnsignedKey<uint8_t>());
  }
}

}  // namespace keratin
