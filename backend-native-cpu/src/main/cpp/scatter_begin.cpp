// The part of scatter steps that does not depend on how their indices select elements.
#include <algorithm>
#include <cstring>

#include "kernels.h"
#include "scatter.h"

namespace keratin {
namespace {

constexpr int64_t grain = 32 * 1024;

template <class T>
void fill(char* target, const int64_t& bits, int64_t size) {
  T value;
  memcpy(&value, &bits, sizeof value);
  parallel_for(size, grain, [&](int64_t begin, int64_t end) {
    std::fill(reinterpret_cast<T*>(target) + begin, reinterpret_cast<T*>(target) + end, value);
  });
}

void fill(char* target, int64_t bits, int64_t size, int64_t width) {
  if (bits == 0) {
    parallel_for(size * width, 4 * grain, [&](int64_t begin, int64_t end) { memset(target + begin, 0, end - begin); });
    return;
  }
  switch (width) {
    case 1: return fill<uint8_t>(target, bits, size);
    case 2: return fill<uint16_t>(target, bits, size);
    case 4: return fill<uint32_t>(target, bits, size);
    default: return fill<uint64_t>(target, bits, size);
  }
}

/// Between a 16-bit type and float32.
void convert(Kernel kernel, const char* from, int64_t from_width, char* to, int64_t to_width, int64_t size) {
  parallel_for(size, grain, [&](int64_t begin, int64_t end) {
    kernel(from + begin * from_width, nullptr, nullptr, to + begin * to_width, end - begin);
  });
}

}  // namespace

void ScatterStep::read(Reader& in, Planner& planner) {
  splat_ = in.flag();
  if (splat_) {
    bits_ = in.word();
  } else {
    x_ = in.slot();
  }
  out_ = in.slot();
  dtype_ = in.dtype();
  size_ = in.word();
  updates_ = in.slot();
  kind = static_cast<ScatterKind>(in.word());
  indices = Indices::read(in);
  update_count_ = in.word();
  indices.prepare(planner);
  in_float32_ = kind != ScatterKind::set && (dtype_ == DType::f16 || dtype_ == DType::bf16);
  if (!in_float32_) return;
  float_target_ = planner.scratch(size_ * 4);
  float_updates_ = planner.scratch(update_count_ * 4);
}

void ScatterStep::run(const Frame& frame) {
  indices.check(frame);
  if (in_float32_) return run_in_float32(frame);
  char* target = frame.at(out_);
  begin(frame, target);
  if (update_count_ > 0) apply(frame, dtype_, target, frame.at(updates_));
}

void ScatterStep::begin(const Frame& frame, char* target) const {
  int64_t width = byte_size(dtype_);
  if (splat_) return fill(target, bits_, size_, width);
  const char* source = frame.at(x_);
  if (source == target) return;
  parallel_for(size_ * width, 4 * grain, [&](int64_t begin, int64_t end) { memcpy(target + begin, source + begin, end - begin); });
}

void ScatterStep::run_in_float32(const Frame& frame) const {
  int type = static_cast<int>(dtype_);
  char *target = frame.scratch + float_target_, *updates = frame.scratch + float_updates_;
  if (splat_) {
    int64_t bits = 0;
    kernels().load[type](&bits_, nullptr, nullptr, &bits, 1);
    fill(target, bits, size_, 4);
  } else {
    convert(kernels().load[type], frame.at(x_), 2, target, 4, size_);
  }
  convert(kernels().load[type], frame.at(updates_), 2, updates, 4, update_count_);
  if (update_count_ > 0) apply(frame, DType::f32, target, updates);
  convert(kernels().store[type], target, 4, frame.at(out_), 2, size_);
}

}  // namespace keratin
