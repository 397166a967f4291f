// What is done to each element of a product or convolution before it is stored.
//
// epilogue  := count operation{count}
// operation := 0 function tensor           result = function(result, tensor); tensor stretches to the result
//            | 1 function alpha:real beta:real
#pragma once
#include "onednn.h"

namespace keratin {

/// The operations in their order.
class Epilogue {
 public:
  /// Of a result. An operand that lies where the result does is added as the primitive stores.
  Epilogue(Reader& in, const Tensor& result);
  Epilogue() = default;

  /// Whether it begins with a bias, one number for each column, which primitives add by themselves.
  bool has_bias() const { return !bias_.empty(); }
  const Tensor& bias() const { return bias_[0]; }
  /// All tensors that are read, to be changed.
  std::vector<Tensor*> tensors();
  /// The tensors that binary operations after the bias read.
  const std::vector<Tensor>& operands() const { return operands_; }
  /// Adds the post-ops to attributes. `descs` describes each operand in the primitive's own axes.
  void append(dnnl::primitive_attr& attributes, const std::vector<dnnl::memory::desc>& descs) const;
  /// Binds the operands.
  void bind(DnnlCall& call, const std::vector<dnnl::memory::desc>& descs) const;

 private:
  struct Operation {
    enum Form { binary, unary, sum } form;
    dnnl::algorithm function;
    float alpha, beta;
  };
  std::vector<Operation> operations_;
  std::vector<Tensor> operands_;
  std::vector<Tensor> bias_;  // one or none
};

}  // namespace keratin
