// flags: -fwrapv -fno-trapping-math
// Running sums, products and extremes along an axis. float32 accumulates in float64, 16-bit floating types in float32.
#include "kernels.h"
#include "lines.h"

namespace keratin {
namespace {

enum class CumulativeKind : int64_t { sum, prod, max, min };

/// Neighbouring lines that are walked together, and elements of a line that are converted at a time.
constexpr int64_t piece = 64;

struct Sum {
  template <class T>
  static T of(T a, T b) { return static_cast<T>(a + b); }
};
struct Prod {
  template <class T>
  static T of(T a, T b) { return static_cast<T>(a * b); }
};
struct Max {
  template <class T>
  static T of(T a, T b) { return a > b || a != a ? a : b; }
};
struct Min {
  template <class T>
  static T of(T a, T b) { return a < b || a != a ? a : b; }
};

/// Elements as they are stored.
template <class T, class A>
struct Plain {
  using Stored = T;
  using Total = A;
  static void load(const T* from, A* to, int64_t n) {
    for (int64_t i = 0; i < n; i++) to[i] = from[i];
  }
  static void store(const A* from, T* to, int64_t n) {
    for (int64_t i = 0; i < n; i++) to[i] = static_cast<T>(from[i]);
  }
};

/// 16-bit floating numbers.
template <DType type>
struct Half {
  using Stored = uint16_t;
  using Total = float;
  static void load(const uint16_t* from, float* to, int64_t n) { kernels().load[static_cast<int>(type)](from, nullptr, nullptr, to, n); }
  static void store(const float* from, uint16_t* to, int64_t n) { kernels().store[static_cast<int>(type)](from, nullptr, nullptr, to, n); }
};

template <class Body>
void with_elements(DType type, Body&& body) {
  switch (type) {
    case DType::f16: return body(Half<DType::f16>());
    case DType::bf16: return body(Half<DType::bf16>());
    case DType::f32: return body(Plain<float, double>());
    case DType::f64: return body(Plain<double, double>());
    case DType::i8: return body(Plain<int8_t, int8_t>());
    case DType::u8: return body(Plain<uint8_t, uint8_t>());
    case DType::i32: return body(Plain<int32_t, int32_t>());
    case DType::i64: return body(Plain<int64_t, int64_t>());
    case DType::boolean: return;  // no number
  }
}

struct Cumulative final : Step {
  Slot x, out;
  DType dtype = DType::f32;
  Lines lines;
  CumulativeKind kind = CumulativeKind::sum;
  bool reverse = false;

  void run(const Frame& frame) override {
    if (lines.length == 0) return;
    with_elements(dtype, [&](auto elements) {
      using E = decltype(elements);
      switch (kind) {
        case CumulativeKind::sum: return walk_all<E, Sum>(frame);
        case CumulativeKind::prod: return walk_all<E, Prod>(frame);
        case CumulativeKind::max: return walk_all<E, Max>(frame);
        case CumulativeKind::min: return walk_all<E, Min>(frame);
      }
    });
  }

 private:
  template <class E, class Join>
  void walk_all(const Frame& frame) const {
    const auto* from = frame.at<const typename E::Stored>(x);
    auto* to = frame.at<typename E::Stored>(out);
    lines.each_block(lines.inner < piece ? lines.inner : piece, 4 * sizeof(*to), [&](int64_t start, int64_t width) {
      lines.inner == 1 ? walk_line<E, Join>(from + start, to + start) : walk_block<E, Join>(from + start, to + start, width);
    });
  }

  /// One line whose elements are neighbours, a piece at a time.
  template <class E, class Join>
  void walk_line(const typename E::Stored* from, typename E::Stored* to) const {
    typename E::Total values[piece], total{};
    for (int64_t done = 0; done < lines.length; done += piece) {
      int64_t n = lines.length - done < piece ? lines.length - done : piece;
      int64_t start = reverse ? lines.length - done - n : done;
      E::load(from + start, values, n);
      for (int64_t i = 0; i < n; i++) {
        auto& value = values[reverse ? n - 1 - i : i];
        total = value = done + i == 0 ? value : Join::of(total, value);
      }
      E::store(values, to + start, n);
    }
  }

  /// Neighbouring lines, a row at a time.
  template <class E, class Join>
  void walk_block(const typename E::Stored* from, typename E::Stored* to, int64_t width) const {
    typename E::Total totals[piece], values[piece];
    for (int64_t k = 0; k < lines.length; k++) {
      int64_t row = (reverse ? lines.length - 1 - k : k) * lines.inner;
      E::load(from + row, k == 0 ? totals : values, width);
      for (int64_t c = 0; k > 0 && c < width; c++) totals[c] = Join::of(totals[c], values[c]);
      E::store(totals, to + row, width);
    }
  }
};

}  // namespace

/// CUMULATIVE := x:slot dtype LINES kind reverse out:slot
StepPtr decode_cumulative(Reader& in, Planner&) {
  auto step = std::make_unique<Cumulative>();
  step->x = in.slot();
  step->dtype = in.dtype();
  step->lines = Lines::read(in);
  step->kind = static_cast<CumulativeKind>(in.word());
  step->reverse = in.flag();
  step->out = in.slot();
  return step;
}

}  // namespace keratin
