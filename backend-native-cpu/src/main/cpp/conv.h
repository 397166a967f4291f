// Convolutions and their gradients.
#pragma once
#include "epilogue.h"

namespace keratin {

/// The geometry of a convolution over `rank` spatial axes; channels are last, kernels [spatial..., channels / groups,
/// filters].
struct Geometry {
  std::vector<int64_t> strides, lows, highs, dilations;
  int64_t groups = 1;
};

/// Which of the three tensors is computed.
enum class ConvKind { forward, input_grad, kernel_grad };

/// A convolution: output = input * kernel, or the gradient of one of the two.
struct Convolution {
  ConvKind kind;
  Geometry geometry;
  Tensor input, kernel, output;
  bool kernel_stays = false;  ///< a constant, or a parameter that the program does not change
  bool kernel_is_its_own = false;  ///< a parameter that stays and that nothing else in the program reads
  Epilogue epilogue;  ///< of the forward kind only

  Tensor& result() { return kind == ConvKind::forward ? output : kind == ConvKind::input_grad ? input : kernel; }
  /// The two tensors that are read.
  std::vector<Tensor*> sources() {
    if (kind == ConvKind::forward) return {&input, &kernel};
    return kind == ConvKind::input_grad ? std::vector<Tensor*>{&output, &kernel} : std::vector<Tensor*>{&input, &output};
  }
};

/// By oneDNN: f32, bf16, f16.
StepPtr dnnl_convolution(const Convolution& convolution, Planner& planner);

/// Whether the window is one element and each place of the input gives one of the output.
bool is_pointwise(const Convolution& convolution);

/// The kernel gradient of a pointwise convolution by one product over all places: faster than oneDNN's convolution where
/// channels are few and places many.
StepPtr pointwise_kernel_grad(const Convolution& convolution, Planner& planner);

/// By products of float64 matrices, without epilogue.
StepPtr convolution64(const Convolution& convolution, Planner& planner);

}  // namespace keratin
