// Products of matrices of float64, by OpenBLAS, and of integers.
#include "gemm.h"

#include <cblas.h>

#include <algorithm>
#include <type_traits>

#include "matmul.h"
#include "threads.h"

namespace keratin {
namespace {

/// Where the matrices of each batch begin.
struct Batches {
  std::vector<int64_t> a, b;

  explicit Batches(const Product& p) {
    a = offsets(p.a, p.out.dims);
    b = offsets(p.b, p.out.dims);
  }

  static std::vector<int64_t> offsets(const Tensor& x, const std::vector<int64_t>& out) {
    std::vector<int64_t> strides = stretched_strides(x, out, 2), list{0};
    for (size_t axis = 0; axis + 2 < out.size(); axis++) {
      std::vector<int64_t> longer;
      for (int64_t offset : list) {
        for (int64_t i = 0; i < out[axis]; i++) longer.push_back(offset + i * strides[axis]);
      }
      list = longer;
    }
    return list;
  }
};

/// Splits every product into blocks of rows, or of columns where there are more of them, for all threads.
struct Product64 final : Step {
  Product p;
  Batches batches;

  explicit Product64(const Product& product) : p(product), batches(product) {}

  void run(const Frame& frame) override {
    int64_t m = p.m(), n = p.n(), k = p.k(), count = static_cast<int64_t>(batches.a.size());
    bool rows = m >= n;
    int64_t lines = rows ? m : n, other = rows ? n : m;
    const double *a = frame.at<double>(p.a), *b = frame.at<double>(p.b);
    double* out = frame.at<double>(p.out);
    int64_t grain = std::max<int64_t>(8, 100000 / (other * k) + 1);
    parallel_for(count * lines, grain, [&](int64_t begin, int64_t end) {
      for (int64_t at = begin; at < end;) {
        int64_t batch = at / lines, first = at % lines, length = std::min(end - at, lines - first);
        Matrix left{a + batches.a[batch], p.transpose_a ? m : k, p.transpose_a};
        Matrix right{b + batches.b[batch], p.transpose_b ? k : n, p.transpose_b};
        double* target = out + batch * m * n;
        if (rows) {
          gemm64(length, n, k, left.from(first, 0), right, 0, target + first * n, n);
        } else {
          gemm64(m, length, k, left, right.from(0, first), 0, target + first, n);
        }
        at += length;
      }
    });
  }
};

/// One row of a product after the other, in arithmetic that wraps around.
template <class T>
struct IntegerProduct final : Step {
  using U = std::make_unsigned_t<T>;
  Product p;
  Batches batches;

  explicit IntegerProduct(const Product& product) : p(product), batches(product) {}

  void run(const Frame& frame) override {
    int64_t m = p.m(), n = p.n(), count = static_cast<int64_t>(batches.a.size());
    const U *a = frame.at<U>(p.a), *b = frame.at<U>(p.b);
    U* out = frame.at<U>(p.out);
    parallel_for(count * m, 20000 / (n * p.k()) + 1, [&](int64_t begin, int64_t end) {
      for (int64_t at = begin; at < end; at++) row(a + batches.a[at / m], b + batches.b[at / m], at % m, out + at * n);
    });
  }

  void row(const U* a, const U* b, int64_t row, U* out) const {
    int64_t m = p.m(), n = p.n(), k = p.k();
    std::fill(out, out + n, U{0});
    for (int64_t inner = 0; inner < k; inner++) {
      U factor = a[p.transpose_a ? inner * m + row : row * k + inner];
      for (int64_t j = 0; j < n; j++) {
        // uint8 and int8 factors are promoted to int, which holds their product.
        out[j] = static_cast<U>(out[j] + static_cast<U>(factor * b[p.transpose_b ? j * k + inner : inner * n + j]));
      }
    }
  }
};

}  // namespace

void prepare_gemm64() { openblas_set_num_threads(1); }

void gemm64(int64_t m, int64_t n, int64_t k, const Matrix& a, const Matrix& b, double beta, double* out, int64_t stride) {
  cblas_dgemm(CblasRowMajor, a.transposed ? CblasTrans : CblasNoTrans, b.transposed ? CblasTrans : CblasNoTrans,
              static_cast<blasint>(m), static_cast<blasint>(n), static_cast<blasint>(k), 1, a.data,
              static_cast<blasint>(a.stride), b.data, static_cast<blasint>(b.stride), beta, out,
              static_cast<blasint>(stride));
}

StepPtr plain_product(const Product& p) {
  prepare_gemm64();
  switch (p.out.dtype) {
    case DType::f64:
      return std::make_unique<Product64>(p);
    case DType::i8:
      return std::make_unique<IntegerProduct<int8_t>>(p);
    case DType::u8:
      return std::make_unique<IntegerProduct<uint8_t>>(p);
    case DType::i32:
      return std::make_unique<IntegerProduct<int32_t>>(p);
    case DType::i64:
      return std::make_unique<IntegerProduct<int64_t>>(p);
    default:
      throw std::invalid_argument("no matrix product for this element type");
  }
}

}  // namespace keratin
