// Elementwise kinds, u_KIND(x), b_KIND(a, b) and c_KIND(a, b) in compute types, and how elements are stored.

namespace {

#define KR_MATH(name)                                    \
  inline float f_##name(float x) { return name##f(x); }  \
  inline double f_##name(double x) { return name(x); }
KR_MATH(cbrt)
KR_MATH(exp)
KR_MATH(exp2)
KR_MATH(expm1)
KR_MATH(log)
KR_MATH(log2)
KR_MATH(log10)
KR_MATH(log1p)
KR_MATH(sin)
KR_MATH(cos)
KR_MATH(tan)
KR_MATH(asin)
KR_MATH(acos)
KR_MATH(atan)
KR_MATH(sinh)
KR_MATH(cosh)
KR_MATH(tanh)
KR_MATH(asinh)
KR_MATH(acosh)
KR_MATH(atanh)
KR_MATH(erf)
KR_MATH(erfc)
KR_MATH(floor)
KR_MATH(ceil)
KR_MATH(rint)
KR_MATH(trunc)
KR_MATH(sqrt)
#undef KR_MATH

inline float f_abs(float x) { return fabsf(x); }
inline double f_abs(double x) { return fabs(x); }
inline float f_pow(float a, float b) { return powf(a, b); }
inline double f_pow(double a, double b) { return pow(a, b); }
inline float f_atan2(float a, float b) { return atan2f(a, b); }
inline double f_atan2(double a, double b) { return atan2(a, b); }
inline float f_remainder(float a, float b) { return fmodf(a, b); }
inline double f_remainder(double a, double b) { return fmod(a, b); }
inline int32_t f_not(int32_t x) { return ~x; }
inline int64_t f_not(int64_t x) { return ~x; }
inline uint8_t f_not(uint8_t x) { return x ^ 1; }

template <class T>
inline T f_sign(T x) {
  return x > T(0) ? T(1) : x < T(0) ? T(-1) : x != x ? x : T(0);
}

template <class To, class From>
inline To bits_as(From from) {
  static_assert(sizeof(To) == sizeof(From), "types of the same width");
  To to;
  memcpy(&to, &from, sizeof to);
  return to;
}

inline float f_infinity(float) { return bits_as<float>(0x7f800000u); }
inline double f_infinity(double) { return bits_as<double>(uint64_t(0x7ff) << 52); }

}  // namespace

#include "functions.inc"

namespace {

#define UNARY(kind, domain, expression) \
  template <class T>                    \
  inline T u_##kind(T x) {              \
    return expression;                  \
  }
#define PREDICATE(kind, expression) \
  template <class T>                \
  inline uint8_t u_##kind(T x) {    \
    return expression;              \
  }
#define BINARY(kind, domain, expression) \
  template <class T>                     \
  inline T b_##kind(T a, T b) {          \
    return expression;                   \
  }
#define COMPARE(kind, expression)     \
  template <class T>                  \
  inline uint8_t c_##kind(T a, T b) { \
    return expression;                \
  }
#include "elementwise.def"
#undef UNARY
#undef PREDICATE
#undef BINARY
#undef COMPARE

#ifdef CUDA_SHIM
inline uint16_t narrow_bf16(float x) { return to_bf16(x); }
inline uint16_t narrow_f16(float x) { return to_f16(x); }
inline float widen_f16(uint16_t bits) { return from_f16(bits); }
#else
/// The same, by one instruction; a NaN loses its payload.
inline uint16_t narrow_bf16(float x) {
  uint16_t bits;
  asm("cvt.rn.bf16.f32 %0, %1;" : "=h"(bits) : "f"(x));
  return bits;
}
inline uint16_t narrow_f16(float x) {
  uint16_t bits;
  asm("cvt.rn.f16.f32 %0, %1;" : "=h"(bits) : "f"(x));
  return bits;
}
inline float widen_f16(uint16_t bits) {
  float x;
  asm("cvt.f32.f16 %0, %1;" : "=f"(x) : "h"(bits));
  return x;
}
#endif

/// How an element of a type is computed with: `wrap` gives the nearest computed value that the type can hold.
template <class S>
struct Element {
  typedef S compute;
  static S load(S x) { return x; }
  static S store(S x) { return x; }
  static S wrap(S x) { return x; }
};
template <>
struct Element<f16> {
  typedef float compute;
  static float load(f16 x) { return widen_f16(x.bits); }
  static f16 store(float x) { return {narrow_f16(x)}; }
  static float wrap(float x) { return load(store(x)); }
};
template <>
struct Element<bf16> {
  typedef float compute;
  static float load(bf16 x) { return from_bf16(x.bits); }
  static bf16 store(float x) { return {narrow_bf16(x)}; }
  static float wrap(float x) { return load(store(x)); }
};
template <class S>
struct SmallInteger {
  typedef int32_t compute;
  static int32_t load(S x) { return x; }
  static S store(int32_t x) { return S(x); }
  static int32_t wrap(int32_t x) { return S(x); }
};
template <>
struct Element<int8_t> : SmallInteger<int8_t> {};
template <>
struct Element<uint8_t> : SmallInteger<uint8_t> {};
template <>
struct Element<bool> {
  typedef uint8_t compute;
  static uint8_t load(bool x) { return x; }
  static bool store(uint8_t x) { return x != 0; }
  static uint8_t wrap(uint8_t x) { return x; }
};

/// Reads and writes neighbouring elements, see Pack.
template <class S, class T, int n>
inline void load(const S* from, T (&to)[n]) {
  const Pack<S, n> elements = read_pack<n>(from);
  EACH(k, n) to[k] = Element<S>::load(elements.at[k]);
}
template <class S, class T, int n>
inline void store(S* to, const T (&from)[n]) {
  Pack<S, n> elements;
  EACH(k, n) elements.at[k] = Element<S>::store(from[k]);
  write_pack<n>(elements, to);
}

/// A computed value of one type as one of another.
template <class S, class From>
inline typename Element<S>::compute cast(From x) {
  return Element<S>::wrap(Convert<typename Element<S>::compute, From>::of(x));
}

/// To 16 bits from what float32 can't hold exactly: rounded once.
template <class S, class From>
inline float cast_narrow(From x) {
  return Element<S>::wrap(odd_float(double(x)));
}

template <class S>
inline float next_narrow(float a, float b) {
  uint16_t bits = Element<S>::store(a).bits;
  uint16_t moved = a == 0 ? (b < 0 ? 0x8001 : 1) : (a < b) == (a > 0) ? bits + 1 : bits - 1;
  return a != a || b != b ? a + b : a == b ? b : Element<S>::load(S{moved});
}

}  // namespace
