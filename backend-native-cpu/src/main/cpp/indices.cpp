// flags: -fno-trapping-math
// Checks of indices and the rows that tuples of them select.
#include "indices.h"

#include <type_traits>

#include "threads.h"

namespace keratin {
namespace {

constexpr const char* names[] = {"gather", "gatherNd", "gatherElements", "scatterNd", "scatterElements"};

/// Whether all of indices[0], indices[step] .. are in [0, length): one comparison without branches for each.
template <class T>
bool all_below(const T* indices, int64_t count, int64_t step, int64_t length) {
  using U = std::make_unsigned_t<T>;
  U largest = 0;
  for (int64_t i = 0; i < count; i++) {
    U index = static_cast<U>(indices[i * step]);  // negative ones are larger than every length
    largest = index > largest ? index : largest;
  }
  return count == 0 || (length > 0 && static_cast<uint64_t>(largest) < static_cast<uint64_t>(length));
}

/// Tuples of indices that a thread looks at, at least.
constexpr int64_t tuple_grain = 64 * 1024;

/// Tuples whose rows are computed axis by axis while they lie in the first-level cache.
constexpr int64_t joined_at_once = 512;

}  // namespace

Indices Indices::read(Reader& in) {
  Indices indices;
  indices.who_ = in.word();
  indices.where_ = in.flag();
  indices.slot_ = in.slot();
  indices.dtype_ = in.dtype();
  indices.count_ = in.word();
  indices.lengths_ = in.words();
  for (int64_t length : indices.lengths_) indices.rows_ *= length;
  if (indices.who_ < 0 || indices.who_ > 4) throw std::invalid_argument("no op of this number takes indices");
  return indices;
}

void Indices::prepare(Planner& planner) {
  if (lengths_.size() != 1) scratch_ = planner.scratch(count_ * 8);
}

void Indices::fail(int64_t index, int64_t position, int64_t axis) const {
  throw IndexError(std::string(names[who_]) + ": index from 0 to " + std::to_string(lengths_[axis] - 1) +
                   (where_ ? " on axis " + std::to_string(axis) : "") + " is required. Received: " + std::to_string(index) +
                   " at position " + std::to_string(position) + ". Correct the indices or take an axis that is long enough.");
}

template <class T>
void Indices::check_all(const T* indices) const {
  int64_t width = static_cast<int64_t>(lengths_.size());
  bool fine = true;
  parallel_for(count_, tuple_grain, [&](int64_t begin, int64_t end) {
    for (int64_t axis = 0; axis < width; axis++) {
      const T* first = indices + begin * width + axis;
      bool below = width == 1 ? all_below(first, end - begin, 1, lengths_[axis]) : all_below(first, end - begin, width, lengths_[axis]);
      if (!below) __atomic_store_n(&fine, false, __ATOMIC_RELAXED);
    }
  });
  for (int64_t i = 0; !fine; i++) {
    int64_t index = indices[i], axis = i % width;
    if (index < 0 || index >= lengths_[axis]) fail(index, i, axis);
  }
}

void Indices::check(const Frame& frame) const {
  if (lengths_.empty()) return;
  if (wide()) {
    check_all(frame.at<const int64_t>(slot_));
  } else {
    check_all(frame.at<const int32_t>(slot_));
  }
}

template <class T>
void Indices::join(const T* indices, int64_t* rows) const {
  int64_t width = static_cast<int64_t>(lengths_.size());
  parallel_for(count_, tuple_grain, [&](int64_t begin, int64_t end) {
    for (int64_t from = begin; from < end; from += joined_at_once) {
      int64_t to = from + joined_at_once < end ? from + joined_at_once : end;
      for (int64_t i = from; i < to; i++) rows[i] = width == 0 ? 0 : indices[i * width];
      for (int64_t axis = 1; axis < width; axis++) {
        const int64_t length = lengths_[axis];
        for (int64_t i = from; i < to; i++) rows[i] = rows[i] * length + indices[i * width + axis];
      }
    }
  });
}

const int64_t* Indices::joined(const Frame& frame) const {
  int64_t* rows = reinterpret_cast<int64_t*>(frame.scratch + scratch_);
  if (wide()) {
    join(frame.at<const int64_t>(slot_), rows);
  } else {
    join(frame.at<const int32_t>(slot_), rows);
  }
  return rows;
}

}  // namespace keratin
