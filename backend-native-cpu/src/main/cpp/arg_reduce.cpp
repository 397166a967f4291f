// flags: -fno-trapping-math
// The places of extremes along an axis.
#include "lines.h"

namespace keratin {
namespace {

constexpr int64_t columns = 64;

struct ArgReduce final : Step {
  Slot x, out;
  DType dtype = DType::f32;
  Lines lines;
  bool largest = true;

  void run(const Frame& frame) override {
    with_key(dtype, [&](auto key) {
      largest ? find_all<decltype(key), true>(frame) : find_all<decltype(key), false>(frame);
    });
  }

 private:
  /// A number that grows with what is looked for; NaN is always found.
  template <class Key, bool most, class Bits = typename Key::Bits>
  static Bits rank(Bits bits) {
    if (most || Key::is_nan(bits)) return Key::of(bits);
    return static_cast<Bits>(~Key::of(bits));
  }

  template <class Key, bool most>
  void find_all(const Frame& frame) const {
    using Bits = typename Key::Bits;
    const Bits* from = frame.at<const Bits>(x);
    int32_t* to = frame.at<int32_t>(out);
    int64_t block = lines.inner < columns ? lines.inner : columns;
    lines.each_block(block, 2 * sizeof(Bits), [&](int64_t start, int64_t width) {
      int32_t* found = to + start / (lines.length * lines.inner) * lines.inner + start % lines.inner;
      lines.inner == 1 ? find_in_line<Key, most>(from + start, found) : find_in_block<Key, most>(from + start, width, found);
    });
  }

  template <class Key, bool most>
  void find_in_line(const typename Key::Bits* line, int32_t* found) const {
    auto best = rank<Key, most>(line[0]);
    int32_t place = 0;
    for (int64_t k = 1; k < lines.length; k++) {
      auto next = rank<Key, most>(line[k]);
      if (next > best) {
        best = next;
        place = static_cast<int32_t>(k);
      }
    }
    *found = place;
  }

  template <class Key, bool most>
  void find_in_block(const typename Key::Bits* from, int64_t width, int32_t* found) const {
    typename Key::Bits best[columns];
    int32_t places[columns] = {};
    for (int64_t c = 0; c < width; c++) best[c] = rank<Key, most>(from[c]);
    for (int64_t k = 1; k < lines.length; k++) {
      const auto* row = from + k * lines.inner;
      for (int64_t c = 0; c < width; c++) {
        auto next = rank<Key, most>(row[c]);
        bool better = next > best[c];
        best[c] = better ? next : best[c];
        places[c] = better ? static_cast<int32_t>(k) : places[c];
      }
    }
    memcpy(found, places, width * sizeof(int32_t));
  }
};

}  // namespace

/// ARG_REDUCE := x:slot dtype LINES largest out:slot
StepPtr decode_arg_reduce(Reader& in, Planner&) {
  auto step = std::make_unique<ArgReduce>();
  step->x = in.slot();
  step->dtype = in.dtype();
  step->lines = Lines::read(in);
  step->largest = in.flag();
  step->out = in.slot();
  return step;
}

}  // namespace keratin
