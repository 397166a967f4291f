// Kernel gradients of convolutions with windows of one element: products of matrices with a row for each place.
#include "conv.h"
#include "matmul.h"

namespace keratin {
namespace {

/// The same elements in rows of so many columns.
Tensor matrix(const Tensor& x, int64_t columns) {
  Tensor rows = x;
  rows.dims = {x.size() / columns, columns};
  return rows;
}

bool all_are(const std::vector<int64_t>& list, int64_t value) {
  for (int64_t it : list) {
    if (it != value) return false;
  }
  return true;
}

}  // namespace

bool is_pointwise(const Convolution& c) {
  const Geometry& g = c.geometry;
  int64_t filters = c.kernel.dims.back(), channels = c.kernel.dims[c.kernel.rank() - 2];
  return g.groups == 1 && c.kernel.size() == channels * filters && all_are(g.strides, 1) && all_are(g.lows, 0) &&
         all_are(g.highs, 0);
}

StepPtr pointwise_kernel_grad(const Convolution& c, Planner& planner) {
  Product p;
  p.a = matrix(c.input, c.input.dims.back());
  p.b = matrix(c.output, c.output.dims.back());
  p.out = matrix(c.kernel, c.kernel.dims.back());
  p.transpose_a = true;
  return dnnl_product(p, planner);
}

}  // namespace keratin
