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
  explicit Epilogue(Reader& in);
  Epilogue() = default;

  bool empty() const { return operations_.empty(); }
  /// The tensors that binary operations read.
  std::vector<Tensor>& operands() { return operands_; }
  const std::vector<Tensor>& operands() const { return operands_; }
  /// Adds the post-ops to attributes. `descs` describes each operand in the primitive's own axes.
  void append(dnnl::primitive_attr& attributes, const std::vector<dnnl::memory::desc>& descs) const;
  /// Binds the operands.
  void bind(DnnlCall& call, const std::vector<dnnl::memory::desc>& descs) const;

 private:
  struct Operation {
    bool binary;
    dnnl::algorithm function;
    float alpha, beta;
  };
  std::vector<Operation> operations_;
  std::vector<Tensor> operands_;
};

}  // namespace keratin
