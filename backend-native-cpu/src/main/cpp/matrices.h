// What steps of linear algebra share: LAPACK in both precisions, and stacks of matrices that threads divide among them.
//
// LAPACK stores matrices by columns: what is x by rows is x^T to it.
#pragma once
#include <lapacke.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "frame.h"
#include "gemm.h"
#include "threads.h"

namespace keratin {

/// The functions of LAPACK for an element type.
template <class T>
struct Lapack;

#define KR_LAPACK(type, letter)                                  \
  template <>                                                    \
  struct Lapack<type> {                                          \
    static constexpr auto potrf = &LAPACKE_##letter##potrf_work; \
    static constexpr auto getrf = &LAPACKE_##letter##getrf_work; \
    static constexpr auto gelqf = &LAPACKE_##letter##gelqf_work; \
    static constexpr auto orglq = &LAPACKE_##letter##orglq_work; \
    static constexpr auto syevd = &LAPACKE_##letter##syevd_work; \
    static constexpr auto gesdd = &LAPACKE_##letter##gesdd_work; \
    static constexpr auto geev = &LAPACKE_##letter##geev_work;   \
  };
KR_LAPACK(float, s)
KR_LAPACK(double, d)
#undef KR_LAPACK

/// Matrices [count, rows, columns].
struct Stack {
  int64_t count = 1, rows, columns;

  explicit Stack(const Tensor& x) : rows(x.dims[x.rank() - 2]), columns(x.dims[x.rank() - 1]) {
    for (int axis = 0; axis + 2 < x.rank(); axis++) count *= x.dims[axis];
  }

  int64_t size() const { return rows * columns; }
};

/// Memory that each thread has to itself while a step runs.
template <class T>
class Workspace {
 public:
  /// Numbers and LAPACK's integers for each thread.
  Workspace(int64_t numbers, int64_t integers, Planner& planner)
      : numbers_(padded(numbers * static_cast<int64_t>(sizeof(T)))),
        bytes_(numbers_ + padded(integers * static_cast<int64_t>(sizeof(lapack_int)))),
        offset_(planner.scratch(max_threads() * bytes_)) {}

  T* numbers(const Frame& frame) const { return reinterpret_cast<T*>(mine(frame)); }
  lapack_int* integers(const Frame& frame) const { return reinterpret_cast<lapack_int*>(mine(frame) + numbers_); }

 private:
  static int64_t padded(int64_t bytes) { return (bytes + 63) / 64 * 64; }
  char* mine(const Frame& frame) const { return frame.scratch + offset_ + thread_number() * bytes_; }

  int64_t numbers_, bytes_, offset_;
};

/// Calls body(matrix) for each matrix of a stack, several at once where `flops` each are worth it.
template <class Body>
void each_matrix(int64_t count, double flops, Body&& body) {
  parallel_for(count, static_cast<int64_t>(50000 / (flops + 1)) + 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) body(i);
  });
}

template <class T>
bool all_finite(const T* x, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    if (!std::isfinite(x[i])) return false;
  }
  return true;
}

/// Whether the lower triangle of a matrix is finite.
template <class T>
bool lower_finite(const T* x, int64_t n) {
  for (int64_t i = 0; i < n; i++) {
    if (!all_finite(x + i * n, i + 1)) return false;
  }
  return true;
}

template <class T>
void fill_nan(T* x, int64_t count) {
  std::fill(x, x + count, std::numeric_limits<T>::quiet_NaN());
}

/// to[j, i] = from[i, j]
template <class T>
void transpose(const T* from, int64_t rows, int64_t columns, T* to) {
  constexpr int64_t block = 32;
  for (int64_t top = 0; top < rows; top += block) {
    for (int64_t left = 0; left < columns; left += block) {
      for (int64_t i = top; i < std::min(rows, top + block); i++) {
        for (int64_t j = left; j < std::min(columns, left + block); j++) to[j * rows + i] = from[i * columns + j];
      }
    }
  }
}

/// A matrix with ones on its diagonal.
template <class T>
void fill_unit(T* x, int64_t n) {
  std::fill(x, x + n * n, T{0});
  for (int64_t i = 0; i < n; i++) x[i * n + i] = 1;
}

inline lapack_int whole(int64_t n) { return static_cast<lapack_int>(n); }

/// Makes the step of an element type.
template <template <class> class S, class... Args>
StepPtr by_type(DType type, Args&&... args) {
  prepare_gemm64();
  if (type == DType::f32) return std::make_unique<S<float>>(args...);
  if (type == DType::f64) return std::make_unique<S<double>>(args...);
  throw std::invalid_argument("no linear algebra for this element type");
}

}  // namespace keratin
