// Tensors of indices, which are compared with the lengths they point into before anything is written.
#pragma once
#include <string>
#include <vector>

#include "frame.h"

namespace keratin {

/// A tensor of indices [count, lengths.size()]: tuples that each select a row of a value with these lengths.
class Indices {
 public:
  /// INDICES := who where:flag slot dtype count lengths:words      who: 0 gather 1 gatherNd 2 gatherElements 3 scatterNd
  /// 4 scatterElements; where: whether messages name the axis
  static Indices read(Reader& in);

  bool wide() const { return dtype_ == DType::i64; }
  int64_t count() const { return count_; }
  /// How many rows there are to select from.
  int64_t rows() const { return rows_; }

  /// Throws IndexError at the first index out of range.
  void check(const Frame& frame) const;

  /// Asks for the memory that selected() needs.
  void prepare(Planner& planner);

  /// The row that each tuple selects, as checked indices: body(const int32_t*) or body(const int64_t*).
  template <class Body>
  void selected(const Frame& frame, Body&& body) const {
    if (lengths_.size() != 1) {
      body(joined(frame));
    } else if (wide()) {
      body(frame.at<const int64_t>(slot_));
    } else {
      body(frame.at<const int32_t>(slot_));
    }
  }

 private:
  const int64_t* joined(const Frame& frame) const;
  [[noreturn]] void fail(int64_t index, int64_t position, int64_t axis) const;
  template <class T>
  void check_all(const T* indices) const;
  template <class T>
  void join(const T* indices, int64_t* rows) const;

  Slot slot_;
  DType dtype_ = DType::i32;
  int64_t who_ = 0, count_ = 0, rows_ = 1, scratch_ = 0;
  bool where_ = false;
  std::vector<int64_t> lengths_;
};

}  // namespace keratin
