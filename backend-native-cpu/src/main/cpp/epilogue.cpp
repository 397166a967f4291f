// What is done to each element of a product or convolution before it is stored.
#include "epilogue.h"

namespace keratin {
namespace {

using dnnl::algorithm;

/// In the order of PostOp.Function.
constexpr algorithm binaries[] = {algorithm::binary_add, algorithm::binary_sub, algorithm::binary_mul, algorithm::binary_div};
constexpr algorithm functions[] = {algorithm::eltwise_linear,   algorithm::eltwise_hardswish, algorithm::eltwise_tanh,
                                   algorithm::eltwise_logistic, algorithm::eltwise_square,    algorithm::eltwise_abs,
                                   algorithm::eltwise_clip};

template <size_t n>
algorithm choose(const algorithm (&list)[n], int64_t number) {
  if (number < 0 || number >= static_cast<int64_t>(n)) throw std::invalid_argument("no such operation in an epilogue");
  return list[number];
}

}  // namespace

Epilogue::Epilogue(Reader& in, const Tensor& result) {
  int64_t columns = result.dims.back();
  for (int64_t n = in.word(); n > 0; n--) {
    if (in.word() == 0) {
      algorithm function = choose(binaries, in.word());
      Tensor operand = in.tensor();
      bool per_column = operand.size() == columns && operand.rank() > 0 && operand.dims.back() == columns;
      if (operand.slot.base == result.slot.base && operand.slot.offset == result.slot.offset) {
        if (function != algorithm::binary_add) throw std::invalid_argument("a result can be added to its own place only");
        operations_.push_back({Operation::sum, function, 0, 0});
      } else if (per_column && function == algorithm::binary_add && operations_.empty() && !has_bias()) {
        bias_.push_back(operand);
      } else {
        operations_.push_back({Operation::binary, function, 0, 0});
        operands_.push_back(operand);
      }
    } else {
      algorithm function = choose(functions, in.word());
      float alpha = static_cast<float>(in.real());
      operations_.push_back({Operation::unary, function, alpha, static_cast<float>(in.real())});
    }
  }
}

std::vector<Tensor*> Epilogue::tensors() {
  std::vector<Tensor*> list;
  for (Tensor& it : bias_) list.push_back(&it);
  for (Tensor& it : operands_) list.push_back(&it);
  return list;
}

void Epilogue::append(dnnl::primitive_attr& attributes, const std::vector<dnnl::memory::desc>& descs) const {
  dnnl::post_ops ops;
  size_t operand = 0;
  for (const Operation& it : operations_) {
    switch (it.form) {
      case Operation::binary:
        ops.append_binary(it.function, descs[operand++]);
        break;
      case Operation::unary:
        ops.append_eltwise(it.function, it.alpha, it.beta);
        break;
      case Operation::sum:
        ops.append_sum();
    }
  }
  attributes.set_post_ops(ops);
}

void Epilogue::bind(DnnlCall& call, const std::vector<dnnl::memory::desc>& descs) const {
  size_t operand = 0;
  for (size_t i = 0; i < operations_.size(); i++) {
    if (operations_[i].form != Operation::binary) continue;
    call.bind(DNNL_ARG_ATTR_MULTIPLE_POST_OP(static_cast<int>(i)) | DNNL_ARG_SRC_1, descs[operand], operands_[operand].slot);
    operand++;
  }
}

}  // namespace keratin
