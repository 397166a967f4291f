// Products of float64 matrices.
#pragma once
#include <cstdint>

namespace keratin {

/// A row-major matrix, possibly to be read transposed.
struct Matrix {
  const double* data;
  int64_t stride;  ///< elements from row to row, as stored
  bool transposed;

  /// The part from row `row` and column `column` on, as read.
  Matrix from(int64_t row, int64_t column) const {
    return {data + (transposed ? column * stride + row : row * stride + column), stride, transposed};
  }
};

/// To be called once before gemm64: lets OpenBLAS's own threads rest, since callers split the work among OpenMP's.
void prepare_gemm64();

/// out[m, n] = a[m, k] * b[k, n] + beta * out, by the calling thread.
void gemm64(int64_t m, int64_t n, int64_t k, const Matrix& a, const Matrix& b, double beta, double* out, int64_t stride);

}  // namespace keratin
