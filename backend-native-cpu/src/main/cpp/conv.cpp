// Convolutions by oneDNN. Inputs and outputs stay channels-last, which its kernels take as they are. Kernels are reordered
// where that is faster: once, if they stay as they are from run to run, else in each run.
#include "conv.h"

#include <cstring>

#include "halves.h"
#include "kept.h"

namespace keratin {
namespace {

using dnnl::algorithm;
using dnnl::memory;
using dnnl::prop_kind;

struct DnnlConvolution final : Step {
  std::unique_ptr<KeptOperand> kernel;
  std::vector<DnnlCall> calls;
  void run(const Frame& frame) override {
    if (kernel) kernel->refresh(frame);
    for (DnnlCall& call : calls) call.run(frame);
  }
};

struct Zeros final : Step {
  Slot out;
  int64_t bytes = 0;
  void run(const Frame& frame) override { memset(frame.at(out), 0, bytes); }
};

/// The axes of [batch, spatial..., channels] as oneDNN counts them: batch, channels, spatial.
memory::desc channels_last(const Tensor& x) {
  std::vector<int64_t> dims{x.dims[0], x.dims.back()}, strides{1, 1};
  dims.insert(dims.end(), x.dims.begin() + 1, x.dims.end() - 1);
  strides.resize(dims.size());
  int64_t step = dims[1];
  for (size_t axis = dims.size(); axis-- > 2;) {
    strides[axis] = step;
    step *= dims[axis];
  }
  strides[0] = step;
  return memory::desc(dims, dnnl_type(x.dtype), strides);
}

/// An operand of the epilogue, stretched to the output by axes of length 1.
memory::desc stretched(const Tensor& x, int rank) {
  Tensor full = x;
  full.dims.insert(full.dims.begin(), rank - x.rank(), 1);
  return channels_last(full);
}

/// A kernel [spatial..., channels / groups, filters]: [groups,] filters, channels, spatial.
struct KernelAxes {
  std::vector<int64_t> dims, strides;

  KernelAxes(const Tensor& kernel, int64_t groups) {
    int64_t filters = kernel.dims.back(), channels = kernel.dims[kernel.rank() - 2];
    dims = {filters / groups, channels};
    strides = {1, filters};
    if (groups > 1) {
      dims.insert(dims.begin(), groups);
      strides.insert(strides.begin(), filters / groups);
    }
    size_t first = dims.size();
    dims.insert(dims.end(), kernel.dims.begin(), kernel.dims.end() - 2);
    strides.resize(dims.size());
    int64_t step = channels * filters;
    for (size_t axis = dims.size(); axis-- > first;) {
      strides[axis] = step;
      step *= dims[axis];
    }
  }
};

/// Descriptions of one convolution, with the kernel as it lies in memory or as oneDNN likes it.
struct Descs {
  memory::desc input, output, plain, any, bias;
  memory::dims strides, dilations, lows, highs;
  std::vector<memory::desc> operands;

  explicit Descs(const Convolution& c) {
    KernelAxes axes(c.kernel, c.geometry.groups);
    auto type = dnnl_type(c.kernel.dtype);
    input = channels_last(c.input);
    output = channels_last(c.output);
    plain = memory::desc(axes.dims, type, axes.strides);
    any = memory::desc(axes.dims, type, memory::format_tag::any);
    strides = c.geometry.strides;
    lows = c.geometry.lows;
    highs = c.geometry.highs;
    for (int64_t distance : c.geometry.dilations) dilations.push_back(distance - 1);
    if (c.epilogue.has_bias()) bias = dnnl_dense({c.output.dims.back()}, c.epilogue.bias().dtype);
    for (const Tensor& it : c.epilogue.operands()) operands.push_back(stretched(it, c.output.rank()));
  }

  dnnl::convolution_forward::primitive_desc forward(const memory::desc& kernel, const dnnl::primitive_attr& attributes) const {
    return {dnnl_engine(), prop_kind::forward_training, algorithm::convolution_direct, input, kernel, bias, output,
            strides, dilations, lows, highs, attributes, true};
  }
  dnnl::convolution_backward_data::primitive_desc input_grad(const memory::desc& kernel) const {
    auto hint = forward(kernel, dnnl_attributes());
    if (!hint) return {};
    return {dnnl_engine(), algorithm::convolution_direct, input, kernel, output, strides, dilations, lows, highs, hint,
            dnnl_attributes(), true};
  }
  dnnl::convolution_backward_weights::primitive_desc kernel_grad(const memory::desc& kernel) const {
    auto hint = forward(kernel, dnnl_attributes());
    if (!hint) return {};
    return {dnnl_engine(), algorithm::convolution_direct, input, kernel, output, strides, dilations, lows, highs, hint,
            dnnl_attributes(), true};
  }
};

/// A primitive and its kernel, which is reordered into or from scratch memory if the primitive wants it otherwise.
class Builder {
 public:
  Builder(const Convolution& c, const Descs& descs, Planner& planner) : c_(c), descs_(descs), planner_(planner) {}

  template <class Primitive, class Desc>
  StepPtr build(const Desc& desc, const std::vector<std::pair<int, const Tensor*>>& plain, int kernel_argument) {
    DnnlCall call{Primitive(desc)};
    for (auto& [argument, tensor] : plain) call.bind(argument, channels_last(*tensor), tensor->slot);
    memory::desc kernel = c_.kind == ConvKind::kernel_grad ? desc.query_md(dnnl::query::diff_weights_md)
                                                           : desc.query_md(dnnl::query::weights_md);
    auto step = std::make_unique<DnnlConvolution>();
    bool same = kernel == descs_.plain, kept = !same && c_.kernel_stays;
    int64_t offset = same || kept ? 0 : planner_.scratch(static_cast<int64_t>(kernel.get_size()));
    if (same) {
      call.bind(kernel_argument, kernel, c_.kernel.slot);
    } else if (kept) {
      step->kernel = std::make_unique<KeptOperand>(descs_.plain, c_.kernel, kernel, c_.kernel_is_its_own, planner_);
      call.bind_address(kernel_argument, kernel, step->kernel->address());
    } else {
      call.bind_scratch(kernel_argument, kernel, offset);
    }
    call.bind_scratchpad(desc.scratchpad_desc(), planner_);
    if (c_.epilogue.has_bias()) call.bind(DNNL_ARG_BIAS, descs_.bias, c_.epilogue.bias().slot);
    c_.epilogue.bind(call, descs_.operands);
    bool after = c_.kind == ConvKind::kernel_grad;
    if (!same && !kept && !after) step->calls.push_back(reorder(descs_.plain, kernel, offset, false));
    step->calls.push_back(std::move(call));
    if (!same && after) step->calls.push_back(reorder(kernel, descs_.plain, offset, true));
    return step;
  }

 private:
  DnnlCall reorder(const memory::desc& from, const memory::desc& to, int64_t offset, bool out) {
    dnnl::reorder::primitive_desc desc(dnnl_engine(), from, dnnl_engine(), to, dnnl_attributes());
    DnnlCall call{dnnl::reorder(desc)};
    if (out) {
      call.bind_scratch(DNNL_ARG_FROM, from, offset);
      call.bind(DNNL_ARG_TO, to, c_.kernel.slot);
    } else {
      call.bind(DNNL_ARG_FROM, from, c_.kernel.slot);
      call.bind_scratch(DNNL_ARG_TO, to, offset);
    }
    call.bind_scratchpad(desc.scratchpad_desc(), planner_);
    return call;
  }

  const Convolution& c_;
  const Descs& descs_;
  Planner& planner_;
};

/// Whether oneDNN's fast kernels take the kernel as it is; its slow ones convert the image to columns.
template <class Desc>
bool is_fast(const Desc& desc) {
  return desc && strstr(desc.impl_info_str(), "gemm") == nullptr && strstr(desc.impl_info_str(), "ref") == nullptr;
}

StepPtr with_floats(Convolution c, Planner& planner) {
  c.kernel_stays = false;
  std::vector<Tensor*> inputs = c.sources();
  for (Tensor* it : c.epilogue.tensors()) inputs.push_back(it);
  return widened(inputs, {&c.result()}, {}, planner, [&](Planner& inner) { return dnnl_convolution(c, inner); });
}

/// Whether to reorder the kernel in each run: kernels larger than a core's cache are read several times, and in long
/// strides when they lie as they are.
bool is_worth_reordering(const Convolution& c) {
  int64_t places = c.output.size() / c.output.dims.back();
  return c.kernel.bytes() >= (1 << 20) && places >= 256;
}

StepPtr forward(const Convolution& c, const Descs& descs, Planner& planner) {
  dnnl::primitive_attr attributes = dnnl_attributes();
  c.epilogue.append(attributes, descs.operands);
  // With groups, kernels that lie as they are miss the depthwise kernels.
  bool reordered = c.geometry.groups > 1 || c.kernel_stays || is_worth_reordering(c);
  auto desc = descs.forward(reordered ? descs.any : descs.plain, attributes);
  if (!is_fast(desc)) desc = descs.forward(descs.any, attributes);
  if (!desc) return nullptr;
  return Builder(c, descs, planner).build<dnnl::convolution_forward>(
      desc, {{DNNL_ARG_SRC, &c.input}, {DNNL_ARG_DST, &c.output}}, DNNL_ARG_WEIGHTS);
}

StepPtr input_grad(const Convolution& c, const Descs& descs, Planner& planner) {
  auto desc = descs.input_grad(descs.any);
  if (!desc) return nullptr;
  return Builder(c, descs, planner).build<dnnl::convolution_backward_data>(
      desc, {{DNNL_ARG_DIFF_SRC, &c.input}, {DNNL_ARG_DIFF_DST, &c.output}}, DNNL_ARG_WEIGHTS);
}

StepPtr kernel_grad(const Convolution& c, const Descs& descs, Planner& planner) {
  if (is_pointwise(c)) return pointwise_kernel_grad(c, planner);
  auto desc = descs.kernel_grad(descs.any);
  if (!desc) return nullptr;
  return Builder(c, descs, planner).build<dnnl::convolution_backward_weights>(
      desc, {{DNNL_ARG_SRC, &c.input}, {DNNL_ARG_DIFF_DST, &c.output}}, DNNL_ARG_DIFF_WEIGHTS);
}

}  // namespace

StepPtr dnnl_convolution(const Convolution& c, Planner& planner) {
  Descs descs(c);
  StepPtr step = c.kind == ConvKind::forward      ? forward(c, descs, planner)
                 : c.kind == ConvKind::input_grad ? input_grad(c, descs, planner)
                                                  : kernel_grad(c, descs, planner);
  if (step) return step;
  if (is_half(c.input.dtype)) return with_floats(c, planner);
  throw std::invalid_argument("oneDNN has no such convolution");
}

/// CONV := kind input:tensor kernel:tensor output:tensor kernel_stays kernel_is_its_own strides lows highs dilations groups epilogue
StepPtr decode_conv(Reader& in, Planner& planner) {
  Convolution c;
  c.kind = static_cast<ConvKind>(in.word());
  c.input = in.tensor();
  c.kernel = in.tensor();
  c.output = in.tensor();
  c.kernel_stays = in.flag();
  c.kernel_is_its_own = in.flag();
  c.geometry.strides = in.words();
  c.geometry.lows = in.words();
  c.geometry.highs = in.words();
  c.geometry.dilations = in.words();
  c.geometry.groups = in.word();
  c.epilogue = Epilogue(in, c.output);
  if (c.input.size() == 0 || c.kernel.size() == 0 || c.output.size() == 0) {
    auto step = std::make_unique<Zeros>();
    step->out = c.result().slot;
    step->bytes = c.result().bytes();
    return step;
  }
  return c.input.dtype == DType::f64 ? convolution64(c, planner) : dnnl_convolution(c, planner);
}

}  // namespace keratin
