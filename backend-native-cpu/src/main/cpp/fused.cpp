// Runs fused steps tile by tile.
#include "fused.h"

#include <algorithm>
#include <cstring>

#include "keratin_cpu.h"
#include "threads.h"

namespace keratin {
namespace {

constexpr double worthwhile = 24 * 1024;  // simple instructions on elements that a thread should have at least
constexpr int64_t line = 64;              // bytes that memory hands over at once

/// Asks for what the next tile will read. Tiles are too short for the processor to see how the walk goes on.
inline void fetch_ahead(const char* next, int64_t bytes) {
  for (int64_t at = 0; at < bytes; at += line) __builtin_prefetch(next + at, 0, 2);
}

}  // namespace

const Kernels& kernels() {
  static const Kernels& chosen = [&]() -> const Kernels& {
    const char* set = kr_instruction_set();
    if (strcmp(set, "x86-64-v4") == 0) return kernels_v4();
    return strcmp(set, "x86-64-v3") == 0 ? kernels_v3() : kernels_v1();
  }();
  return chosen;
}

FusedStep::FusedStep(FusedCode code, Grid grid, TileProgram program)
    : code_(std::move(code)), grid_(std::move(grid)), program_(std::move(program)) {
  operands_.resize(code_.operands.size());
  outputs_.resize(code_.outputs.size());
}

void FusedStep::resolve(const Frame& frame) {
  for (size_t o = 0; o < operands_.size(); o++) {
    if (!code_.operands[o].immediate) operands_[o] = frame.at(code_.operands[o].slot);
  }
  for (size_t o = 0; o < outputs_.size(); o++) outputs_[o] = frame.at(code_.outputs[o].slot);
}

char** FusedStep::begin_thread(char* memory) const {
  char** values = reinterpret_cast<char**>(memory);
  for (size_t v = 0; v < program_.values.size(); v++) {
    const TileValue& value = program_.values[v];
    values[v] = value.immediate >= 0
                    ? const_cast<char*>(reinterpret_cast<const char*>(program_.immediates.data() + value.immediate))
                    : memory + value.at;
  }
  return values;
}

void FusedStep::run_prologue(char** values) const {
  for (const TileOp& op : program_.prologue) {
    if (op.level == SCALAR) {
      run_op(op, values, 0, 1, 0, 1);
    } else {
      run_op(op, values, 0, program_.tile_rows, 0, program_.tile_columns);
    }
  }
}

int64_t FusedStep::grain(double elements_per_item) const {
  return std::max<int64_t>(1, static_cast<int64_t>(worthwhile / std::max(1.0, elements_per_item * program_.cost)));
}

int64_t FusedStep::row_offset(const Access& access, int64_t row) const {
  if (access.uniform) return row * access.row_stride;
  int64_t offset = 0;
  for (size_t axis = grid_.row_dims.size(); axis-- > 0;) {
    offset += row % grid_.row_dims[axis] * access.row_strides[axis];
    row /= grid_.row_dims[axis];
  }
  return offset;
}

void FusedStep::load_runs(const TileOp& op, char* to, int64_t row, int64_t rows, int64_t columns) const {
  const Access& access = grid_.accesses[op.operand];
  const TileValue& value = program_.values[op.d];
  DType dtype = code_.operands[op.operand].dtype;
  int64_t size = byte_size(dtype);
  int64_t computed = value.type == F64 || value.type == I64 ? 8 : value.type == U8 ? 1 : 4;
  int64_t count = value.level == FULL ? columns : 1;
  const char* from = operands_[op.operand];
  for (int64_t r = 0; r < rows; r++, to += count * computed) {
    const char* start = from + row_offset(access, row + r) * size;
    if (access.columns.empty() && (access.column_stride == 1 || count == 1)) {
      op.kernel(start, nullptr, nullptr, to, count);
    } else {
      for (int64_t c = 0; c < count; c++) {
        int64_t place = access.columns.empty() ? 0 : access.columns[c];
        op.kernel(start + place * size, nullptr, nullptr, to + c * computed, 1);
      }
    }
  }
}

void FusedStep::run_op(const TileOp& op, char** values, int64_t row, int64_t rows, int64_t column, int64_t columns) const {
  switch (op.type) {
    case TileOp::POINT:
    case TileOp::LOAD: {
      const Access& access = grid_.accesses[op.operand];
      int64_t place = op.level == SCALAR ? 0 : row_offset(access, row) + (op.level == FULL ? column : 0);
      char* from = operands_[op.operand] + place * byte_size(code_.operands[op.operand].dtype);
      int64_t bytes = rows * columns * byte_size(code_.operands[op.operand].dtype);
      if (op.ahead) fetch_ahead(from + bytes, bytes);
      if (op.type == TileOp::POINT) {
        values[op.d] = from;
      } else {
        op.kernel(from, nullptr, nullptr, values[op.d], op.level == FULL ? rows * columns : rows);
      }
      break;
    }
    case TileOp::LOAD_RUNS:
      load_runs(op, values[op.d], row, rows, columns);
      break;
    case TileOp::CALL:
      if (op.output >= 0) {
        int64_t place = row * grid_.columns + column;
        values[op.d] = outputs_[op.output] + place * byte_size(code_.outputs[op.output].dtype);
      }
      op.kernel(values[op.a], values[op.b], values[op.c], values[op.d], op.level == FULL ? rows * columns : rows);
      break;
    case TileOp::EXPAND:
      if (op.output >= 0) {
        int64_t place = row * grid_.columns + column;
        values[op.d] = outputs_[op.output] + place * byte_size(code_.outputs[op.output].dtype);
      }
      op.reduction(values[op.a], values[op.d], rows, columns);
      break;
    case TileOp::REDUCE:
      if (columns > 0) {
        op.reduction(values[op.a], values[op.d], rows, columns);
      } else {
        int64_t value;
        neutral(static_cast<ReduceKind>(op.reduce), op.dtype, &value);
        kernels().fill[program_.values[op.d].type](&value, nullptr, nullptr, values[op.d], rows);
      }
      break;
    case TileOp::STORE: {
      int64_t place = op.level == FULL ? row * grid_.columns + column : row;
      char* to = outputs_[op.output] + place * byte_size(code_.outputs[op.output].dtype);
      op.kernel(values[op.a], nullptr, nullptr, to, op.level == FULL ? rows * columns : rows);
      break;
    }
    case TileOp::ACCUMULATE:
      op.reduction(values[op.a], values[op.d], rows, columns);
      break;
  }
}

namespace {

/// A LOOP, or a ROW whose rows are kept whole.
class Tiled final : public FusedStep {
 public:
  Tiled(FusedCode code, Grid grid, TileProgram program, Planner& planner)
      : FusedStep(std::move(code), std::move(grid), std::move(program)) {
    across_ = grid_.columns == 0 ? 1 : (grid_.columns + program_.tile_columns - 1) / program_.tile_columns;
    items_ = (grid_.rows + program_.tile_rows - 1) / program_.tile_rows * across_;
    if (grid_.columns == 0 && code_.kind == LOOP) items_ = 0;
    grain_ = grain(static_cast<double>(program_.tile_rows * program_.tile_columns));
    bool many = items_ / grain_ > 1;
    memory_ = planner.scratch(program_.thread_bytes * (many ? max_threads() : 1));
  }

  void run(const Frame& frame) override {
    if (items_ == 0) return;
    resolve(frame);
    parallel_for(items_, grain_, [&](int64_t begin, int64_t end) {
      char** values = begin_thread(frame.scratch + memory_ + program_.thread_bytes * thread_number());
      run_prologue(values);
      for (int64_t item = begin; item < end; item++) {
        int64_t row = item / across_ * program_.tile_rows, column = item % across_ * program_.tile_columns;
        run_ops(values, row, std::min(program_.tile_rows, grid_.rows - row), column,
                std::min(program_.tile_columns, grid_.columns - column));
      }
    });
  }

 private:
  int64_t across_ = 1, items_ = 0, grain_ = 1;
};

}  // namespace

StepPtr make_tiled(FusedCode code, Grid grid, Planner& planner) {
  TileProgram program = make_tile_program(code, grid, false);
  return std::make_unique<Tiled>(std::move(code), std::move(grid), std::move(program), planner);
}

}  // namespace keratin
