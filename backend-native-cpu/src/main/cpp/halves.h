// 16-bit floats for kernels that compute in float32.
#pragma once
#include <functional>

#include "frame.h"

namespace keratin {

/// Converts between float32 and f16 or bf16 (to nearest, ties to even), with all threads.
void widen(DType type, const char* from, float* to, int64_t count);
void narrow(DType type, const float* from, char* to, int64_t count);

inline bool is_half(DType type) { return type == DType::f16 || type == DType::bf16; }

/// A step that computes in float32 on copies in scratch memory. `inputs` and `outputs` are the 16-bit tensors among the
/// operands that `make` reads when it is called: they are changed to float32 before. Other operands keep their place.
StepPtr widened(const std::vector<Tensor*>& inputs, const std::vector<Tensor*>& outputs, const std::vector<Tensor*>& others,
                Planner& planner, const std::function<StepPtr(Planner&)>& make);

}  // namespace keratin
