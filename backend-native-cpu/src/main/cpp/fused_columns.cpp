// Fused steps that reduce rows: [outer, reduced, columns] to [outer, columns].
#include <algorithm>

#include "fused.h"
#include "threads.h"

namespace keratin {
namespace {

template <class T>
void put(void* to, T value) {
  *static_cast<T*>(to) = value;
}

// The least and greatest values of each DType that is an integer.
constexpr int64_t least[dtypes] = {0, 0, 0, 0, -128, 0, INT32_MIN, INT64_MIN, 0};
constexpr int64_t greatest[dtypes] = {0, 0, 0, 0, 127, 255, INT32_MAX, INT64_MAX, 1};

constexpr int64_t slot_bytes = 8;      // room for one partial result
constexpr int64_t most_parts = 32;     // of the reduced axis; fixed, so that results don't depend on the threads
constexpr int64_t part_cost = 32 * 1024;

/// Every item is a part of the reduced rows of one outer index, over the columns of one tile. Parts are joined in order.
class Columns final : public FusedStep {
 public:
  Columns(FusedCode code, Grid grid, TileProgram program, Planner& planner)
      : FusedStep(std::move(code), std::move(grid), std::move(program)) {
    across_ = std::max<int64_t>(1, (grid_.columns + program_.tile_columns - 1) / program_.tile_columns);
    double cost = static_cast<double>(grid_.reduced) * std::min(grid_.columns, program_.tile_columns) * program_.cost;
    int64_t wanted = std::min<int64_t>(most_parts / std::max<int64_t>(1, std::min(most_parts, grid_.outer * across_)),
                                       static_cast<int64_t>(cost / part_cost));
    parts_ = std::max<int64_t>(1, std::min(wanted, grid_.reduced / program_.tile_rows));
    items_ = grid_.outer * parts_ * across_;
    grain_ = grain(static_cast<double>(grid_.reduced) / parts_ * program_.tile_columns);
    for (const TileOp& op : program_.ops) {
      if (op.type == TileOp::ACCUMULATE) accumulates_.push_back(&op);
    }
    memory_ = planner.scratch(program_.thread_bytes * max_threads());
    partials_ = planner.scratch(partial_bytes() * static_cast<int64_t>(accumulates_.size()));
  }

  void run(const Frame& frame) override {
    if (grid_.outer * grid_.columns == 0) return;
    resolve(frame);
    parallel_for(items_, grain_, [&](int64_t begin, int64_t end) {
      char** values = begin_thread(frame.scratch + memory_ + program_.thread_bytes * thread_number());
      run_prologue(values);
      for (int64_t item = begin; item < end; item++) run_item(frame, values, item);
    });
    for (size_t k = 0; k < accumulates_.size(); k++) join_parts(frame, k);
  }

 private:
  int64_t partial_bytes() const { return grid_.outer * parts_ * grid_.columns * slot_bytes; }

  int64_t width(const TileOp& op) const {
    Compute type = program_.values[op.a].type;
    return type == F64 || type == I64 ? 8 : type == U8 ? 1 : 4;
  }

  // Partial results of output k: [outer, parts, columns].
  char* partial(const Frame& frame, size_t k, int64_t outer, int64_t part, int64_t column) const {
    int64_t place = (outer * parts_ + part) * grid_.columns + column;
    return frame.scratch + partials_ + static_cast<int64_t>(k) * partial_bytes() + place * width(*accumulates_[k]);
  }

  void run_item(const Frame& frame, char** values, int64_t item) const {
    int64_t column = item % across_ * program_.tile_columns;
    int64_t part = item / across_ % parts_, outer = item / across_ / parts_;
    int64_t columns = std::min(program_.tile_columns, grid_.columns - column);
    for (size_t k = 0; k < accumulates_.size(); k++) {
      const TileOp& op = *accumulates_[k];
      int64_t start;
      neutral(static_cast<ReduceKind>(code_.outputs[op.output].how), static_cast<int>(code_.outputs[op.output].dtype), &start);
      values[op.d] = partial(frame, k, outer, part, column);
      kernels().fill[program_.values[op.a].type](&start, nullptr, nullptr, values[op.d], columns);
    }
    int64_t row = grid_.reduced * part / parts_, end = grid_.reduced * (part + 1) / parts_;
    for (; row < end; row += program_.tile_rows) {
      run_ops(values, outer * grid_.reduced + row, std::min(program_.tile_rows, end - row), column, columns);
    }
  }

  void join_parts(const Frame& frame, size_t k) const {
    const TileOp& op = *accumulates_[k];
    const FusedOutput& output = code_.outputs[op.output];
    char* to = frame.at(output.slot);
    for (int64_t outer = 0; outer < grid_.outer; outer++) {
      char* first = partial(frame, k, outer, 0, 0);
      for (int64_t part = 1; part < parts_; part++) op.reduction(partial(frame, k, outer, part, 0), first, 1, grid_.columns);
      int64_t place = outer * grid_.columns * byte_size(output.dtype);
      kernels().store[static_cast<int>(output.dtype)](first, nullptr, nullptr, to + place, grid_.columns);
    }
  }

  int64_t across_ = 1, parts_ = 1, items_ = 0, grain_ = 1, partials_ = 0;
  std::vector<const TileOp*> accumulates_;
};

}  // namespace

void neutral(ReduceKind kind, int dtype, void* value) {
  auto type = static_cast<DType>(dtype);
  bool largest = kind == R_MAX, smallest = kind == R_MIN;
  double real = largest ? -__builtin_inf() : smallest ? __builtin_inf() : kind == R_PROD ? 1 : 0;
  int64_t whole = largest ? least[dtype] : smallest ? greatest[dtype] : kind == R_PROD || kind == R_ALL ? 1 : 0;
  switch (type) {
    case DType::f64:
      return put<double>(value, real);
    case DType::f16:
    case DType::bf16:
    case DType::f32:
      return put<float>(value, static_cast<float>(real));
    case DType::i64:
      return put<int64_t>(value, whole);
    case DType::boolean:
      return put<uint8_t>(value, static_cast<uint8_t>(whole));
    default:
      return put<int32_t>(value, static_cast<int32_t>(whole));
  }
}

StepPtr make_columns(FusedCode code, Grid grid, Planner& planner) {
  TileProgram program = make_tile_program(code, grid, false);
  return std::make_unique<Columns>(std::move(code), std::move(grid), std::move(program), planner);
}

}  // namespace keratin
