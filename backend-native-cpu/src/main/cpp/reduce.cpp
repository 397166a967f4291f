// Reductions over axes that are not neighbours.
#include <algorithm>

#include "frame.h"
#include "kernels.h"
#include "threads.h"

namespace keratin {
namespace {

struct Axis {
  int64_t length, stride;
};

/// Each item is one index of the outer kept axes; its reduced axes are walked one run of the last axis at a time.
struct ReduceAxes final : Step {
  Slot x, out;
  DType dtype = DType::f32;
  ReduceKind kind = R_SUM;
  Compute type = F32;
  std::vector<Axis> kept, reduced;  // without the last axis
  Axis last{1, 1};
  bool last_reduced = false;
  int64_t items = 1, runs = 1, thread_bytes = 0, memory = 0;

  void run(const Frame& frame) override {
    parallel_for(items, grain_of(runs * last.length * byte_size(dtype)), [&](int64_t begin, int64_t end) {
      char* scratch = frame.scratch + memory + thread_bytes * thread_number();
      for (int64_t item = begin; item < end; item++) run_item(frame, scratch, item);
    });
  }

 private:
  static int64_t offset(const std::vector<Axis>& axes, int64_t index) {
    int64_t place = 0;
    for (size_t axis = axes.size(); axis-- > 0; index /= axes[axis].length) place += index % axes[axis].length * axes[axis].stride;
    return place;
  }

  void run_item(const Frame& frame, char* scratch, int64_t item) const {
    const Kernels& k = kernels();
    int64_t width = last_reduced ? 1 : last.length, size = byte_size(dtype);
    char* total = scratch;
    char* row = scratch + (width * 8 + 63) / 64 * 64;
    int64_t start, one;
    neutral(kind, static_cast<int>(dtype), &start);
    k.fill[type](&start, nullptr, nullptr, total, width);
    const char* from = frame.at(x) + offset(kept, item) * size;
    for (int64_t r = 0; r < runs; r++) {
      k.load[static_cast<int>(dtype)](from + offset(reduced, r) * size, nullptr, nullptr, row, last.length);
      if (last_reduced) k.rows[kind][type](row, &one, 1, last.length);
      k.columns[kind][type](last_reduced ? reinterpret_cast<char*>(&one) : row, total, 1, width);
    }
    k.store[static_cast<int>(dtype)](total, nullptr, nullptr, frame.at(out) + item * width * size, width);
  }
};

constexpr Compute compute_of[dtypes] = {F32, F32, F32, F64, I32, I32, I32, I64, U8};

}  // namespace

/// REDUCE := x:tensor out:slot kind run_count (reduced length)*     axes from the first, equal neighbours joined
StepPtr decode_reduce(Reader& in, Planner& planner) {
  auto step = std::make_unique<ReduceAxes>();
  Tensor x = in.tensor();
  step->x = x.slot;
  step->dtype = x.dtype;
  step->type = compute_of[static_cast<int>(x.dtype)];
  step->out = in.slot();
  step->kind = static_cast<ReduceKind>(in.word());
  std::vector<std::pair<bool, int64_t>> runs(in.word());
  for (auto& run : runs) {
    run.first = in.flag();
    run.second = in.word();
  }
  int64_t stride = runs.back().second;
  step->last = {runs.back().second, 1};
  step->last_reduced = runs.back().first;
  for (size_t i = runs.size() - 1; i-- > 0; stride *= runs[i].second) {
    (runs[i].first ? step->reduced : step->kept).insert((runs[i].first ? step->reduced : step->kept).begin(), {runs[i].second, stride});
    (runs[i].first ? step->runs : step->items) *= runs[i].second;
  }
  if (step->last.length == 0) step->last_reduced ? step->runs = 0 : step->items = 0;
  step->thread_bytes = 2 * (step->last.length * 8 + 64);
  step->memory = planner.scratch(step->thread_bytes * max_threads());
  return step;
}

}  // namespace keratin
