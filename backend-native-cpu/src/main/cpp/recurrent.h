// What the steps of recurrent layers share.
#pragma once
#include <algorithm>
#include <cstring>

#include "frame.h"
#include "halves.h"
#include "recurrent_kernels.h"
#include "threads.h"

namespace keratin {

/// Whole sequences in one step: each thread takes some sequences through all of their steps by itself, with its state in
/// the cache, so that nobody waits.
template <class T>
class Sequences {
 public:
  int64_t batch, time, units, gates;  ///< gates: how many times `units` the sums are
  Tensor mask;                        ///< bool [batch, time], or without dims
  const RecurrentKernels<T>& kernels = recurrent_kernels(T{});

  /// The lengths of [batch, time, gates * units].
  Sequences(const Tensor& sums, int64_t gates_per_unit)
      : batch(sums.dims[0]), time(sums.dims[1]), units(sums.dims[2] / gates_per_unit), gates(gates_per_unit) {}

  int64_t padded(int64_t columns) const { return (columns + kernels.panel - 1) / kernels.panel * kernels.panel; }

  /// Bytes of a matrix [inner, columns], packed.
  int64_t packed_bytes(int64_t inner, int64_t columns) const { return inner * padded(columns) * static_cast<int64_t>(sizeof(T)); }
  /// Bytes of `columns` numbers for each sequence.
  int64_t state_bytes(int64_t columns) const { return batch * padded(columns) * static_cast<int64_t>(sizeof(T)); }

  bool skips(const Frame& frame, int64_t sequence, int64_t step) const {
    return !mask.dims.empty() && frame.at<char>(mask)[sequence * time + step] == 0;
  }

  /// Packs recurrent [units, gates * units], or its transpose, for the kernels. Columns are padded by zeros.
  void pack(const T* matrix, bool transposed, T* packed) const {
    int64_t width = gates * units, inner = transposed ? width : units, columns = transposed ? units : width;
    int64_t panel = kernels.panel;
    parallel_for(padded(columns) / panel, grain_of(2 * inner * panel * static_cast<int64_t>(sizeof(T))), [&](int64_t begin, int64_t end) {
      for (int64_t p = begin; p < end; p++) {
        int64_t count = std::min(panel, columns - p * panel);
        for (int64_t k = 0; k < inner; k++) {
          T* row = packed + (p * inner + k) * panel;
          for (int64_t j = 0; j < count; j++) {
            int64_t column = p * panel + j;
            row[j] = transposed ? matrix[column * width + k] : matrix[k * width + column];
          }
          std::fill(row + count, row + panel, T{0});
        }
      }
    });
  }

  /// c[sequence] += a[sequence] * packed, for some sequences.
  void multiply(int64_t begin, int64_t end, int64_t inner, int64_t columns, const T* a, const T* packed, T* c) const {
    kernels.multiply(end - begin, inner, padded(columns), a + begin * padded(inner), padded(inner), packed,
                     c + begin * padded(columns), padded(columns));
  }

  /// Asks for `count` numbers that are read after the next product: those of one sequence lie far from another's.
  static void fetch(const T* next, int64_t count) {
    constexpr int64_t line = 64 / sizeof(T);
    for (int64_t i = 0; i < count; i += line) __builtin_prefetch(next + i, 0, 2);
  }

  /// Copies [batch, units] into rows of padded length, or back.
  void load(const T* dense, T* rows, int64_t begin, int64_t end) const {
    for (int64_t i = begin; i < end; i++) memcpy(rows + i * padded(units), dense + i * units, units * sizeof(T));
  }
  void store(const T* rows, T* dense, int64_t begin, int64_t end) const {
    for (int64_t i = begin; i < end; i++) memcpy(dense + i * units, rows + i * padded(units), units * sizeof(T));
  }

  /// Calls body(begin, end) for parts of the batch.
  template <class Body>
  void split(Body&& body) const {
    double work = 2.0 * static_cast<double>(time) * static_cast<double>(gates * units) * static_cast<double>(units);
    parallel_for(batch, static_cast<int64_t>(50000 / (work + 1)) + 1, body);
  }
};

/// A step over whole sequences, forward or backward. `Operands` are its tensors; those that it lacks stay empty.
template <class T, class Operands>
struct Recurrence : Step {
  Operands x;
  Sequences<T> s;
  bool backward;
  int64_t packed, state, sums;  ///< offsets of scratch

  Recurrence(const Operands& operands, const Tensor& lengths, int64_t gates, bool goes_back, Planner& planner)
      : x(operands), s(lengths, gates), backward(goes_back) {
    const int64_t wide = gates * s.units;
    s.mask = x.mask;
    packed = planner.scratch(backward ? s.packed_bytes(wide, s.units) : s.packed_bytes(s.units, wide));
    state = planner.scratch(s.state_bytes(s.units));
    sums = planner.scratch(s.state_bytes(wide));
  }

  void run(const Frame& frame) override {
    s.pack(frame.at<T>(x.recurrent), backward, scratch(frame, packed));
    s.split([&](int64_t begin, int64_t end) { sequences(frame, begin, end); });
  }

  static T* scratch(const Frame& frame, int64_t offset) { return reinterpret_cast<T*>(frame.scratch + offset); }

  /// Takes some sequences through all of their steps.
  virtual void sequences(const Frame& frame, int64_t begin, int64_t end) const = 0;
};

template <template <class> class Kind, class Operands>
StepPtr make_recurrence(const Operands& x, Planner& planner) {
  switch (x.gates.dtype) {
    case DType::f32:
      return std::make_unique<Kind<float>>(x, planner);
    case DType::f64:
      return std::make_unique<Kind<double>>(x, planner);
    default:
      throw std::invalid_argument("no recurrent step for this element type");
  }
}

/// Reads whether there is a mask, and it, then makes the step; of halves by way of float, `from` and `to` being converted.
template <template <class> class Kind, class Operands>
StepPtr decode_recurrence(Reader& in, Operands& x, std::vector<Tensor*> from, std::vector<Tensor*> to, Planner& planner) {
  std::vector<Tensor*> masks;
  if (in.flag()) {
    x.mask = in.tensor();
    masks.push_back(&x.mask);
  }
  if (!is_half(x.gates.dtype)) return make_recurrence<Kind>(x, planner);
  return widened(from, to, masks, planner, [&](Planner& inner) { return make_recurrence<Kind>(x, inner); });
}

}  // namespace keratin
