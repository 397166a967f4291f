// Triangular factors of square matrices, and systems with such factors, by OpenBLAS and its LAPACK.
#include <cblas.h>

#include <numeric>

#include "matrices.h"

namespace keratin {
namespace {

template <class T>
struct Cholesky final : Step {
  Stack stack;
  Slot x, out;

  Cholesky(const Tensor& x, Slot out, Planner&) : stack(x), x(x.slot), out(out) {}

  void run(const Frame& frame) override {
    int64_t n = stack.rows;
    each_matrix(stack.count, static_cast<double>(n) * n * n / 3, [&](int64_t i) {
      const T* from = frame.at<T>(x) + i * n * n;
      T* to = frame.at<T>(out) + i * n * n;
      factor(from, to, n);
    });
  }

  /// The lower triangle by rows is the upper one by columns.
  static void factor(const T* from, T* to, int64_t n) {
    if (n == 0) return;
    for (int64_t row = 0; row < n; row++) {
      std::copy(from + row * n, from + row * n + row + 1, to + row * n);
      std::fill(to + row * n + row + 1, to + row * n + n, T{0});
    }
    if (!lower_finite(to, n) || Lapack<T>::potrf(LAPACK_COL_MAJOR, 'U', whole(n), to, whole(n)) != 0) fill_nan(to, n * n);
  }
};

template <class T>
struct Lu final : Step {
  Stack stack;
  Slot x, lu, pivots, order;
  Workspace<T> space;

  Lu(const Tensor& x, Slot lu, Slot pivots, Slot order, Planner& planner)
      : stack(x), x(x.slot), lu(lu), pivots(pivots), order(order), space(stack.size(), 0, planner) {}

  void run(const Frame& frame) override {
    int64_t n = stack.rows;
    each_matrix(stack.count, static_cast<double>(n) * n * n, [&](int64_t i) {
      factor(frame.at<T>(x) + i * n * n, space.numbers(frame), frame.at<T>(lu) + i * n * n, frame.at<int32_t>(pivots) + i * n,
             frame.at<int32_t>(order) + i * n, n);
    });
  }

  static void factor(const T* from, T* columns, T* to, int32_t* pivots, int32_t* order, int64_t n) {
    std::iota(order, order + n, 0);
    std::iota(pivots, pivots + n, 0);
    if (!all_finite(from, n * n)) return fill_nan(to, n * n);
    if (n == 0) return;
    transpose(from, n, n, columns);
    static_assert(sizeof(lapack_int) == sizeof(int32_t));
    Lapack<T>::getrf(LAPACK_COL_MAJOR, whole(n), whole(n), columns, whole(n), pivots);
    for (int64_t i = 0; i < n; i++) std::swap(order[i], order[--pivots[i]]);
    transpose(columns, n, n, to);
  }
};

void trsm(bool lower, bool transposed, bool unit, int64_t n, int64_t m, const float* a, float* b, int64_t stride) {
  cblas_strsm(CblasRowMajor, CblasLeft, lower ? CblasLower : CblasUpper, transposed ? CblasTrans : CblasNoTrans,
              unit ? CblasUnit : CblasNonUnit, whole(n), whole(m), 1, a, whole(n), b, whole(stride));
}

void trsm(bool lower, bool transposed, bool unit, int64_t n, int64_t m, const double* a, double* b, int64_t stride) {
  cblas_dtrsm(CblasRowMajor, CblasLeft, lower ? CblasLower : CblasUpper, transposed ? CblasTrans : CblasNoTrans,
              unit ? CblasUnit : CblasNonUnit, whole(n), whole(m), 1, a, whole(n), b, whole(stride));
}

/// Columns of b are solved for independently, so that threads divide a single matrix, too.
template <class T>
struct TriangularSolve final : Step {
  Stack stack;
  Slot a, b, out;
  bool lower, transposed, unit;

  TriangularSolve(Slot a, const Tensor& b, Slot out, bool lower, bool transposed, bool unit, Planner&)
      : stack(b), a(a), b(b.slot), out(out), lower(lower), transposed(transposed), unit(unit) {}

  void run(const Frame& frame) override {
    int64_t n = stack.rows, m = stack.columns;
    if (n == 0 || m == 0) return;
    T* x = frame.at<T>(out);
    std::copy(frame.at<T>(b), frame.at<T>(b) + stack.count * n * m, x);
    int64_t grain = 1 + static_cast<int64_t>(100000 / (static_cast<double>(n) * n));
    parallel_for(stack.count * m, grain, [&](int64_t begin, int64_t end) {
      for (int64_t at = begin; at < end;) {
        int64_t matrix = at / m, first = at % m, count = std::min(end - at, m - first);
        trsm(lower, transposed, unit, n, count, frame.at<T>(a) + matrix * n * n, x + matrix * n * m + first, m);
        at += count;
      }
    });
  }
};

}  // namespace

/// CHOLESKY := x:tensor out:slot
StepPtr decode_cholesky(Reader& in, Planner& planner) {
  Tensor x = in.tensor();
  Slot out = in.slot();
  return by_type<Cholesky>(x.dtype, x, out, planner);
}

/// LU := x:tensor lu:slot pivots:slot order:slot
StepPtr decode_lu(Reader& in, Planner& planner) {
  Tensor x = in.tensor();
  Slot lu = in.slot(), pivots = in.slot(), order = in.slot();
  return by_type<Lu>(x.dtype, x, lu, pivots, order, planner);
}

/// TRIANGULAR_SOLVE := a:tensor b:tensor out:slot lower transposed unit
StepPtr decode_triangular_solve(Reader& in, Planner& planner) {
  Slot a = in.tensor().slot;
  Tensor b = in.tensor();
  Slot out = in.slot();
  bool lower = in.flag(), transposed = in.flag(), unit = in.flag();
  return by_type<TriangularSolve>(b.dtype, a, b, out, lower, transposed, unit, planner);
}

}  // namespace keratin
