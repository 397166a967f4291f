// Values made of nothing: counts and random bits.
#include <algorithm>

#include "frame.h"
#include "kernels.h"
#include "threads.h"

namespace keratin {
namespace {

/// Each index of an axis, repeated `inner` times, all of that `outer` times.
struct Iota final : Step {
  Slot to;
  DType dtype = DType::i32;
  int64_t outer = 1, length = 1, inner = 1;

  void run(const Frame& frame) override {
    char* target = frame.at(to);
    int64_t size = byte_size(dtype);
    parallel_for(outer * length, grain_of(inner * size), [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i++) fill(target + i * inner * size, i % length);
    });
  }

  void fill(char* target, int64_t index) const {
    const Kernels& k = kernels();
    int type = static_cast<int>(dtype);
    int64_t size = byte_size(dtype), computed, stored;
    if (dtype == DType::f16 || dtype == DType::bf16) {
      k.to_narrow[type][I64](&index, nullptr, nullptr, &computed, 1);
    } else {
      k.convert[I64][size == 8 ? (dtype == DType::f64 ? F64 : I64) : dtype == DType::f32 ? F32 : I32](&index, nullptr, nullptr, &computed, 1);
    }
    k.store[type](&computed, nullptr, nullptr, &stored, 1);
    for (int64_t i = 0; i < inner; i++) __builtin_memcpy(target + i * size, &stored, size);
  }
};

struct RandomBits final : Step {
  Slot state, to;
  int64_t count = 0;

  void run(const Frame& frame) override {
    const int64_t* given = frame.at<int64_t>(state);
    uint64_t key = given[0], counter = given[1];
    uint32_t* target = frame.at<uint32_t>(to);
    constexpr int64_t group = 4 * philox_group;
    const Kernels& k = kernels();
    parallel_for((count + group - 1) / group, 64, [&](int64_t begin, int64_t end) {
      for (int64_t g = begin; g < end; g++) {
        uint32_t* words = target + g * group;
        if ((g + 1) * group <= count) {
          k.philox(key, counter, g * philox_group, words);
        } else {
          uint32_t last[group];
          k.philox(key, counter, g * philox_group, last);
          std::copy(last, last + (count - g * group), words);
        }
      }
    });
  }
};

}  // namespace

/// IOTA := to:slot dtype outer length inner
StepPtr decode_iota(Reader& in, Planner&) {
  auto step = std::make_unique<Iota>();
  step->to = in.slot();
  step->dtype = in.dtype();
  step->outer = in.word();
  step->length = in.word();
  step->inner = in.word();
  return step;
}

/// RANDOM_BITS := state:slot to:slot count
StepPtr decode_random_bits(Reader& in, Planner&) {
  auto step = std::make_unique<RandomBits>();
  step->state = in.slot();
  step->to = in.slot();
  step->count = in.word();
  return step;
}

}  // namespace keratin
