// Products of matrices by oneDNN. Plain row-major operands, transposed or not, run as fast as packed ones.
#include "matmul.h"

#include <cstring>

#include "halves.h"

namespace keratin {
namespace {

using dnnl::memory;

struct DnnlProduct final : Step {
  DnnlCall call;
  void run(const Frame& frame) override { call.run(frame); }
};

struct Zeros final : Step {
  Slot out;
  int64_t bytes = 0;
  void run(const Frame& frame) override { memset(frame.at(out), 0, bytes); }
};

/// The axes of the result and the strides of all operands along them: a, b, result, then those of the epilogue.
struct Axes {
  std::vector<int64_t> dims;                  ///< batch axes, m, n
  std::vector<std::vector<int64_t>> strides;  ///< of each operand; a has 0 along n, b along m

  void erase(size_t axis) {
    dims.erase(dims.begin() + static_cast<int64_t>(axis));
    for (auto& list : strides) list.erase(list.begin() + static_cast<int64_t>(axis));
  }
  /// Whether an axis continues the next one in every operand.
  bool joins(size_t axis) const {
    for (const auto& list : strides) {
      if (list[axis] != list[axis + 1] * dims[axis + 1]) return false;
    }
    return true;
  }
  void join(size_t axis) {
    dims[axis + 1] *= dims[axis];
    erase(axis);
  }
  /// As few batch axes as will do; batches that share b become rows.
  void simplify() {
    for (size_t axis = 0; axis + 2 < dims.size();) {
      if (dims[axis] == 1) {
        erase(axis);
      } else if (joins(axis)) {
        join(axis);
      } else {
        axis++;
      }
    }
  }
};

Axes axes_of(const Product& p) {
  Axes axes;
  axes.dims = p.out.dims;
  size_t rank = axes.dims.size();
  for (const Tensor* it : {&p.a, &p.b, &p.out}) axes.strides.push_back(stretched_strides(*it, axes.dims, 2));
  std::vector<int64_t>&a = axes.strides[0], &b = axes.strides[1];
  int64_t a_m = p.transpose_a ? 1 : p.k(), b_n = p.transpose_b ? p.k() : 1;
  a[rank - 2] = a_m;
  a[rank - 1] = 0;
  b[rank - 2] = 0;
  b[rank - 1] = b_n;
  for (const Tensor& it : p.epilogue.operands()) axes.strides.push_back(stretched_strides(it, axes.dims, 0));
  axes.simplify();
  return axes;
}

/// Describes an operand: axes along which it is stretched have length 1.
memory::desc describe(const std::vector<int64_t>& dims, const std::vector<int64_t>& strides, DType type) {
  std::vector<int64_t> own = dims, steps = strides;
  int64_t next = 1;
  for (size_t axis = dims.size(); axis-- > 0;) {
    if (strides[axis] == 0) own[axis] = 1;
    if (own[axis] == 1) steps[axis] = next;
    next = steps[axis] * own[axis];
  }
  return memory::desc(own, dnnl_type(type), steps);
}

/// Describes a matrix operand, whose axis `inner` (from the end: 1 or 2) has length k.
memory::desc describe_matrix(const Axes& axes, size_t operand, size_t inner, int64_t k, int64_t step, DType type) {
  std::vector<int64_t> dims = axes.dims, strides = axes.strides[operand];
  size_t outer = dims.size() - (3 - inner);
  size_t at = dims.size() - inner;
  for (size_t axis = 0; axis + 2 < dims.size(); axis++) {
    if (strides[axis] == 0) {
      dims[axis] = 1;
      strides[axis] = k * axes.dims[outer];
    }
  }
  dims[at] = k;
  strides[at] = step;
  return memory::desc(dims, dnnl_type(type), strides);
}

StepPtr zeros(const Tensor& out) {
  auto step = std::make_unique<Zeros>();
  step->out = out.slot;
  step->bytes = out.bytes();
  return step;
}

bool has_empty_operand(const Product& p) { return p.out.size() == 0 || p.k() == 0; }

StepPtr with_floats(Product p, Planner& planner) {
  std::vector<Tensor*> inputs{&p.a, &p.b};
  for (Tensor* it : p.epilogue.tensors()) inputs.push_back(it);
  return widened(inputs, {&p.out}, {}, planner, [&](Planner& inner) { return dnnl_product(p, inner); });
}

}  // namespace

std::vector<int64_t> stretched_strides(const Tensor& operand, const std::vector<int64_t>& out, int matrix) {
  std::vector<int64_t> strides(out.size(), 0);
  size_t missing = out.size() - operand.dims.size();
  int64_t step = 1;
  for (size_t axis = operand.dims.size(); axis-- > 0;) {
    bool own = axis + matrix >= operand.dims.size();
    strides[axis + missing] = !own && operand.dims[axis] != out[axis + missing] ? 0 : step;
    step *= operand.dims[axis];
  }
  return strides;
}

StepPtr dnnl_product(const Product& p, Planner& planner) {
  Axes axes = axes_of(p);
  memory::desc a = describe_matrix(axes, 0, 1, p.k(), p.transpose_a ? p.m() : 1, p.a.dtype);
  memory::desc b = describe_matrix(axes, 1, 2, p.k(), p.transpose_b ? 1 : p.n(), p.b.dtype);
  memory::desc out = describe(axes.dims, axes.strides[2], p.out.dtype);
  std::vector<memory::desc> operands;
  for (size_t i = 0; i < p.epilogue.operands().size(); i++) {
    operands.push_back(describe(axes.dims, axes.strides[3 + i], p.epilogue.operands()[i].dtype));
  }
  dnnl::primitive_attr attributes = dnnl_attributes();
  p.epilogue.append(attributes, operands);
  memory::desc bias;
  if (p.epilogue.has_bias()) {
    std::vector<int64_t> dims(axes.dims.size(), 1);
    dims.back() = p.n();
    bias = dnnl_dense(dims, p.epilogue.bias().dtype);
  }
  dnnl::matmul::primitive_desc primitive(dnnl_engine(), a, b, bias, out, attributes, true);
  if (!primitive) {
    if (is_half(p.out.dtype)) return with_floats(p, planner);
    throw std::invalid_argument("oneDNN has no such matrix product");
  }
  auto step = std::make_unique<DnnlProduct>();
  step->call = DnnlCall(dnnl::matmul(primitive));
  step->call.bind(DNNL_ARG_SRC, a, p.a.slot);
  step->call.bind(DNNL_ARG_WEIGHTS, b, p.b.slot);
  step->call.bind(DNNL_ARG_DST, out, p.out.slot);
  if (p.epilogue.has_bias()) step->call.bind(DNNL_ARG_BIAS, bias, p.epilogue.bias().slot);
  p.epilogue.bind(step->call, operands);
  step->call.bind_scratchpad(primitive.scratchpad_desc(), planner);
  return step;
}

/// MATMUL := a:tensor b:tensor out:tensor transpose_a transpose_b epilogue
StepPtr decode_matmul(Reader& in, Planner& planner) {
  Product p;
  p.a = in.tensor();
  p.b = in.tensor();
  p.out = in.tensor();
  p.transpose_a = in.flag();
  p.transpose_b = in.flag();
  p.epilogue = Epilogue(in, p.out);
  if (has_empty_operand(p)) return zeros(p.out);
  bool by_dnnl = p.out.dtype == DType::f32 || is_half(p.out.dtype);
  return by_dnnl ? dnnl_product(p, planner) : plain_product(p);
}

}  // namespace keratin
