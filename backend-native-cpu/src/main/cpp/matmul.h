// Products of matrices.
#pragma once
#include "epilogue.h"

namespace keratin {

/// A product of stacks of matrices: out[..., m, n] = a[..., m, k] * b[..., k, n], then the epilogue.
struct Product {
  Tensor a, b, out;
  bool transpose_a = false, transpose_b = false;
  Epilogue epilogue;

  int64_t m() const { return out.dims[out.rank() - 2]; }
  int64_t n() const { return out.dims[out.rank() - 1]; }
  int64_t k() const { return a.dims[a.rank() - (transpose_a ? 2 : 1)]; }
};

/// The element distances of an operand along the axes of a result: 0 where it is stretched. `matrix` axes at the end are
/// those of the operand itself, in memory order.
std::vector<int64_t> stretched_strides(const Tensor& operand, const std::vector<int64_t>& out, int matrix);

/// By oneDNN: f32, bf16, f16.
StepPtr dnnl_product(const Product& product, Planner& planner);

/// By OpenBLAS (f64) and plain loops (integers), without epilogue.
StepPtr plain_product(const Product& product);

}  // namespace keratin
