// flags: -fwrapv -fno-trapping-math
// Changes rows or elements at given indices. Each thread owns a part of the target and goes through all updates in order,
// so that nothing is shared and the result does not depend on the threads.
#include "scatter.h"

namespace keratin {
namespace {

/// Columns that a thread owns come in groups of as many elements.
constexpr int64_t group = 16;

/// The least number of bytes of a row that is worth a thread of its own.
constexpr int64_t least_piece = 256;

/// How many updates ahead memory is fetched.
constexpr int64_t ahead = 4;

/// How many of `count` owners each thread needs at least so that a thread applies parallel_bytes / 2 of updates.
int64_t owner_grain(int64_t count, int64_t bytes) {
  int64_t parts = bytes / (parallel_bytes / 2);
  return parts > 1 ? (count + parts - 1) / parts : count + 1;
}

/// Updates [count, slice] to rows of target [rows, slice].
struct Scatter final : ScatterStep {
  int64_t slice = 1;

  void apply(const Frame& frame, DType type, char* target, const char* updates) const override {
    indices.selected(frame, [&](const auto* rows) {
      with_change(type, kind, [&](auto element, auto change) {
        using T = decltype(element);
        apply_all<decltype(change)>(reinterpret_cast<T*>(target), reinterpret_cast<const T*>(updates), rows);
      });
    });
  }

 private:
  template <class Change, class T, class Index>
  void apply_all(T* target, const T* updates, const Index* rows) const {
    int64_t bytes = indices.count() * slice * static_cast<int64_t>(sizeof(T));
    if (slice == 1) {
      parallel_for(indices.rows(), owner_grain(indices.rows(), bytes),
                   [&](int64_t begin, int64_t end) { change_elements<Change>(target, updates, rows, begin, end); });
    } else if (slice * static_cast<int64_t>(sizeof(T)) < least_piece * threads()) {
      parallel_for(indices.rows(), owner_grain(indices.rows(), bytes),
                   [&](int64_t begin, int64_t end) { change_rows<Change>(target, updates, rows, begin, end); });
    } else {
      int64_t groups = (slice + group - 1) / group;
      parallel_for(groups, owner_grain(groups, bytes), [&](int64_t begin, int64_t end) {
        change_columns<Change>(target, updates, rows, begin * group, end * group < slice ? end * group : slice);
      });
    }
  }

  /// Those that lie in rows [begin, end).
  template <class Change, class T, class Index>
  void change_elements(T* target, const T* updates, const Index* rows, int64_t begin, int64_t end) const {
    for (int64_t i = 0; i < indices.count(); i++) {
      int64_t row = rows[i];
      if (row >= begin && row < end) target[row] = Change::of(target[row], updates[i]);
    }
  }

  template <class Change, class T, class Index>
  void change_rows(T* target, const T* updates, const Index* rows, int64_t begin, int64_t end) const {
    for (int64_t i = 0; i < indices.count(); i++) {
      if (rows[i] >= begin && rows[i] < end) change<Change>(target + rows[i] * slice, updates + i * slice, slice);
    }
  }

  /// Columns [begin, end) of all rows.
  template <class Change, class T, class Index>
  void change_columns(T* target, const T* updates, const Index* rows, int64_t begin, int64_t end) const {
    for (int64_t i = 0; i < indices.count(); i++) {
      if (i + ahead < indices.count()) __builtin_prefetch(target + rows[i + ahead] * slice + begin, 1);
      change<Change>(target + rows[i] * slice + begin, updates + i * slice + begin, end - begin);
    }
  }

  template <class Change, class T>
  static void change(T* target, const T* update, int64_t n) {
#pragma GCC ivdep
    for (int64_t c = 0; c < n; c++) target[c] = Change::of(target[c], update[c]);
  }
};

/// A part of target [outer, length, inner].
struct Part {
  int64_t outer_begin, outer_end, begin, end, inner_begin, inner_end;
};

/// Updates [outer, count, inner] to elements of target [outer, length, inner].
struct ScatterElements final : ScatterStep {
  int64_t outer = 1, length = 0, count = 0, inner = 1;

  void apply(const Frame& frame, DType type, char* target, const char* updates) const override {
    indices.selected(frame, [&](const auto* places) {
      with_change(type, kind, [&](auto element, auto change) {
        using T = decltype(element);
        apply_all<decltype(change)>(reinterpret_cast<T*>(target), reinterpret_cast<const T*>(updates), places);
      });
    });
  }

 private:
  /// Divides the target along the first axis that is long enough.
  template <class Change, class T, class Index>
  void apply_all(T* target, const T* updates, const Index* places) const {
    int64_t bytes = indices.count() * static_cast<int64_t>(sizeof(T) + sizeof(Index));
    if (outer >= threads()) {
      parallel_for(outer, owner_grain(outer, bytes), [&](int64_t begin, int64_t end) {
        change_part<Change>(target, updates, places, {begin, end, 0, length, 0, inner});
      });
    } else if (inner >= group * threads()) {
      parallel_for(inner, owner_grain(inner, bytes), [&](int64_t begin, int64_t end) {
        change_part<Change>(target, updates, places, {0, outer, 0, length, begin, end});
      });
    } else {
      parallel_for(length, owner_grain(length, bytes), [&](int64_t begin, int64_t end) {
        change_part<Change>(target, updates, places, {0, outer, begin, end, 0, inner});
      });
    }
  }

  template <class Change, class T, class Index>
  void change_part(T* target, const T* updates, const Index* places, const Part& part) const {
    for (int64_t o = part.outer_begin; o < part.outer_end; o++) {
      T* block = target + o * length * inner;
      for (int64_t row = o * count; row < (o + 1) * count; row++) {
        for (int64_t c = part.inner_begin; c < part.inner_end; c++) {
          int64_t place = places[row * inner + c];
          if (place < part.begin || place >= part.end) continue;
          T& element = block[place * inner + c];
          element = Change::of(element, updates[row * inner + c]);
        }
      }
    }
  }
};

}  // namespace

/// SCATTER := slice SCATTERED
StepPtr decode_scatter(Reader& in, Planner& planner) {
  auto step = std::make_unique<Scatter>();
  step->slice = in.word();
  step->read(in, planner);
  return step;
}

/// SCATTER_ELEMENTS := outer length count inner SCATTERED
StepPtr decode_scatter_elements(Reader& in, Planner& planner) {
  auto step = std::make_unique<ScatterElements>();
  step->outer = in.word();
  step->length = in.word();
  step->count = in.word();
  step->inner = in.word();
  step->read(in, planner);
  return step;
}

}  // namespace keratin
