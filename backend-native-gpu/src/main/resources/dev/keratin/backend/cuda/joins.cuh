// What makes one element of two, and what changes nothing when it is joined.
#ifndef KR_JOINS
#define KR_JOINS

namespace {

struct Sum {
  template <class S>
  static typename Element<S>::compute none() { return 0; }
  template <class T>
  static T join(T a, T b) { return f_add(a, b); }
};
struct Prod {
  template <class S>
  static typename Element<S>::compute none() { return 1; }
  template <class T>
  static T join(T a, T b) { return f_mul(a, b); }
};

/// The least and greatest number of a stored type.
template <class S>
struct Limits {
  static typename Element<S>::compute least() { return -f_infinity(typename Element<S>::compute()); }
  static typename Element<S>::compute most() { return f_infinity(typename Element<S>::compute()); }
};
#define KR_LIMITS(S, low, high)        \
  template <>                          \
  struct Limits<S> {                   \
    static auto least() { return low; } \
    static auto most() { return high; } \
  };
KR_LIMITS(int8_t, int32_t(-128), int32_t(127))
KR_LIMITS(uint8_t, int32_t(0), int32_t(255))
KR_LIMITS(int32_t, int32_t(-0x7fffffff - 1), int32_t(0x7fffffff))
KR_LIMITS(int64_t, int64_t(-0x7fffffffffffffff - 1), int64_t(0x7fffffffffffffff))
#undef KR_LIMITS

struct Max {
  template <class S>
  static typename Element<S>::compute none() { return Limits<S>::least(); }
  template <class T>
  static T join(T a, T b) { return b_MAX(a, b); }
};
struct Min {
  template <class S>
  static typename Element<S>::compute none() { return Limits<S>::most(); }
  template <class T>
  static T join(T a, T b) { return b_MIN(a, b); }
};
struct All {
  template <class S>
  static uint8_t none() { return 1; }
  template <class T>
  static T join(T a, T b) { return a & b; }
};
struct Any {
  template <class S>
  static uint8_t none() { return 0; }
  template <class T>
  static T join(T a, T b) { return a | b; }
};

/// A value and where it stands, or nothing (-1).
template <class T>
struct Best {
  T value;
  int64_t place;
};
struct Larger {
  template <class T>
  static bool holds(T a, T b) { return a > b; }
};
struct Smaller {
  template <class T>
  static bool holds(T a, T b) { return a < b; }
};

/// The better of two, the first one of equals; NaN is better than all else.
template <class Better>
struct First {
  template <class T>
  static Best<T> join(Best<T> a, Best<T> b) {
    if (a.place < 0 || b.place < 0) return a.place < 0 ? b : a;
    bool a_wins = Better::holds(a.value, b.value) || (a.value != a.value && b.value == b.value);
    bool b_wins = Better::holds(b.value, a.value) || (b.value != b.value && a.value == a.value);
    return a_wins || (!b_wins && a.place < b.place) ? a : b;
  }
};

}  // namespace

#endif
