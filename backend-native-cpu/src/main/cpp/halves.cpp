// 16-bit floats for kernels that compute in float32.
#include "halves.h"

#include <cstring>

#include "threads.h"

#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))

namespace keratin {
namespace {

inline uint32_t bits_of(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

inline float float_of(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

CLONES void widen_bf16(const uint16_t* from, float* to, int64_t count) {
  for (int64_t i = 0; i < count; i++) to[i] = float_of(static_cast<uint32_t>(from[i]) << 16);
}

CLONES void narrow_bf16(const float* from, uint16_t* to, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    uint32_t bits = bits_of(from[i]);
    uint32_t rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
    uint32_t nan = (bits >> 16) | 0x40;
    to[i] = static_cast<uint16_t>((bits & 0x7fffffff) > 0x7f800000 ? nan : rounded);
  }
}

CLONES void widen_f16(const uint16_t* from, float* to, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    uint32_t half = from[i], sign = (half & 0x8000) << 16, rest = (half & 0x7fff) << 13;
    // Multiplication moves the exponent from bias 15 to 127 and makes subnormal numbers normal.
    uint32_t scaled = bits_of(float_of(rest) * 0x1p112f);
    uint32_t special = rest | 0x7f800000;
    to[i] = float_of(sign | (rest >= 0x0f800000 ? special : scaled));
  }
}

CLONES void narrow_f16(const float* from, uint16_t* to, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    uint32_t bits = bits_of(from[i]), sign = (bits >> 16) & 0x8000, rest = bits & 0x7fffffff;
    uint32_t normal = (rest + 0xc8000fff + ((rest >> 13) & 1)) >> 13;
    // Adding one half pushes the last bits of a subnormal result out, rounded by the processor.
    uint32_t subnormal = bits_of(float_of(rest) + 0.5f) - 0x3f000000;
    uint32_t special = rest > 0x7f800000 ? 0x7e00 : 0x7c00;
    uint32_t half = rest >= 0x477ff000 ? special : rest < 0x38800000 ? subnormal : normal;
    to[i] = static_cast<uint16_t>(sign | half);
  }
}

/// Computes in float32 between conversions.
struct Widened final : Step {
  struct Copy {
    Slot half;
    DType type;
    int64_t count, base;
  };

  StepPtr inner;
  std::vector<Copy> inputs, outputs;
  std::vector<Slot> others;  // those of base first_other, first_other + 1, ...
  int64_t first_other = 0, offset = 0, inner_offset = 0;
  std::vector<int64_t> offsets;  // of scratch, for each base
  std::vector<char*> bases;

  void run(const Frame& frame) override {
    for (int64_t base = 1; base < first_other; base++) bases[base] = frame.scratch + offsets[base];
    for (size_t i = 0; i < others.size(); i++) bases[first_other + i] = frame.at(others[i]);
    for (const Copy& it : inputs) widen(it.type, frame.at(it.half), reinterpret_cast<float*>(bases[it.base]), it.count);
    inner->run(Frame{bases.data(), frame.scratch + inner_offset});
    for (const Copy& it : outputs) narrow(it.type, reinterpret_cast<float*>(bases[it.base]), frame.at(it.half), it.count);
  }
};

}  // namespace

void widen(DType type, const char* from, float* to, int64_t count) {
  const uint16_t* halves = reinterpret_cast<const uint16_t*>(from);
  parallel_for(count, grain_of(6), [&](int64_t begin, int64_t end) {
    (type == DType::f16 ? widen_f16 : widen_bf16)(halves + begin, to + begin, end - begin);
  });
}

void narrow(DType type, const float* from, char* to, int64_t count) {
  uint16_t* halves = reinterpret_cast<uint16_t*>(to);
  parallel_for(count, grain_of(6), [&](int64_t begin, int64_t end) {
    (type == DType::f16 ? narrow_f16 : narrow_bf16)(from + begin, halves + begin, end - begin);
  });
}

StepPtr widened(const std::vector<Tensor*>& inputs, const std::vector<Tensor*>& outputs, const std::vector<Tensor*>& others,
                Planner& planner, const std::function<StepPtr(Planner&)>& make) {
  auto step = std::make_unique<Widened>();
  step->offsets.push_back(0);
  auto replace = [&](Tensor& tensor, std::vector<Widened::Copy>& copies) {
    int64_t base = static_cast<int64_t>(step->offsets.size());
    copies.push_back({tensor.slot, tensor.dtype, tensor.size(), base});
    step->offsets.push_back(planner.scratch(tensor.size() * 4));
    tensor.slot = {base, 0};
    tensor.dtype = DType::f32;
  };
  for (Tensor* tensor : inputs) replace(*tensor, step->inputs);
  for (Tensor* tensor : outputs) replace(*tensor, step->outputs);
  step->first_other = static_cast<int64_t>(step->offsets.size());
  for (Tensor* tensor : others) {
    Slot slot{step->first_other + static_cast<int64_t>(step->others.size()), 0};
    step->others.push_back(tensor->slot);
    tensor->slot = slot;
  }
  step->bases.resize(step->first_other + step->others.size(), nullptr);
  Planner inner;
  step->inner = make(inner);
  step->inner_offset = planner.scratch(inner.most());
  return step;
}

}  // namespace keratin
