// Fused elementwise programs: one or more elementwise kinds, with reductions of rows or columns, over one shape.
//
// The shape is seen as rows of columns. Work is cut into tiles, small enough that all intermediate values of a tile
// stay in the first-level cache; the instructions run one after another over a tile, each as one vectorised loop.
// A tile is a run of columns of one row or, where rows are short, several whole rows.
#pragma once
#include <cstdint>
#include <vector>

#include "frame.h"
#include "kernels.h"

namespace keratin {

enum FusionKind : int64_t { LOOP, ROW, COLUMN };

/// How a value varies over a tile.
enum Level : int { SCALAR, PER_ROW, FULL };

/// An operand as it was written down; strides count elements, 0 where it is stretched.
struct FusedOperand {
  bool immediate = false;
  int64_t bits = 0;  // of an immediate: a double or an int64
  Slot slot;
  DType dtype = DType::f32;
  std::vector<int64_t> strides;
  int64_t bytes = 0;
};

enum FusedFamily : int64_t { UNARY_OP, BINARY_OP, COMPARE_OP, SELECT_OP, CAST_OP, REDUCE_OP };

/// An instruction as it was written down; it makes value number (operands + its position).
struct FusedInstruction {
  FusedFamily family = UNARY_OP;
  int kind = 0;
  int64_t operands[3] = {-1, -1, -1};
  DType dtype = DType::f32;
};

struct FusedOutput {
  int64_t value = 0;
  Slot slot;
  DType dtype = DType::f32;
  int64_t how = FULL;  // of a COLUMN the kind of reduction or, of all elements, -1; else its level
};

/// The words of one fused step.
struct FusedCode {
  FusionKind kind = LOOP;
  std::vector<int64_t> dims;
  int64_t axis_first = 0, axis_count = 0;
  std::vector<FusedOperand> operands;
  std::vector<FusedInstruction> instructions;
  std::vector<FusedOutput> outputs;
};

/// FUSED := kind dims axis_first axis_count
///          operand_count (immediate dtype (bits | slot strides bytes))*
///          instruction_count (family kind operand{3} dtype)*
///          output_count (value slot dtype how)*
FusedCode read_fused(Reader& in);

/// Where the elements of an operand lie, after axes have been joined: element (row, column) is at
/// sum over row axes of index * row_strides + column * column_stride, or + columns[column] if that is not empty.
struct Access {
  std::vector<int64_t> row_strides;
  bool uniform = false;  // row * row_stride
  int64_t row_stride = 0;
  int64_t column_stride = 0;
  std::vector<int32_t> columns;
};

/// The shape as rows of columns.
struct Grid {
  std::vector<int64_t> row_dims;
  int64_t rows = 1, columns = 1;
  int64_t outer = 1, reduced = 1;  // of a COLUMN: rows = outer * reduced
  std::vector<Access> accesses;    // of each operand
};

Grid make_grid(const FusedCode& code);

/// What is done to a tile, in order.
struct TileOp {
  enum Type { POINT, LOAD, LOAD_RUNS, CALL, EXPAND, REDUCE, STORE, ACCUMULATE } type = CALL;
  Level level = FULL;
  int a = 0, b = 0, c = 0, d = 0;  // numbers of values
  int operand = -1;                // of POINT and LOAD
  int output = -1;                 // of STORE and ACCUMULATE, and of a CALL that writes its output in place
  int reduce = -1;                 // the kind of REDUCE and ACCUMULATE
  int dtype = 0;                   // of what is reduced
  Kernel kernel = nullptr;
  ReduceKernel reduction = nullptr;
  int phase = 0;       // how many reductions lie before it
  bool ahead = false;  // of POINT and LOAD: the next tile's elements lie behind this one's, out of the nearest caches
};

struct TileValue {
  Level level = FULL;
  Compute type = F32;
  int64_t at = -1;        // its register in the thread's memory, if it has one
  int immediate = -1;     // its number among immediates, if it is one
  int phase = 0;
};

/// A fused step made ready for its shape: its tile and the operations on one.
struct TileProgram {
  std::vector<TileOp> prologue;  // once for each thread
  std::vector<TileOp> ops;       // for each tile
  std::vector<TileValue> values;
  std::vector<int64_t> immediates;
  bool several_rows = false;  // a tile has whole rows
  int64_t tile_rows = 1, tile_columns = 1;
  int64_t thread_bytes = 0;
  int phases = 1;
  double cost = 1;  // of one element, in the time of a simple instruction
};

/// Rows longer than this are read several times, a tile at a time, instead of being kept.
constexpr int64_t longest_kept_row = 8192;

TileProgram make_tile_program(const FusedCode& code, const Grid& grid, bool phased);

/// What the kinds of fused steps share: addresses and running the operations on one tile.
class FusedStep : public Step {
 protected:
  FusedStep(FusedCode code, Grid grid, TileProgram program);

  void resolve(const Frame& frame);
  /// Begins a thread's work: its table of addresses, one for each value.
  char** begin_thread(char* memory) const;
  void run_prologue(char** values) const;
  void run_op(const TileOp& op, char** values, int64_t row, int64_t rows, int64_t column, int64_t columns) const;
  void run_ops(char** values, int64_t row, int64_t rows, int64_t column, int64_t columns) const {
    for (const TileOp& op : program_.ops) run_op(op, values, row, rows, column, columns);
  }
  /// How many items a thread should get at least.
  int64_t grain(double elements_per_item) const;

  FusedCode code_;
  Grid grid_;
  TileProgram program_;
  int64_t memory_ = 0;  // the offset of the threads' memory in the scratch

 private:
  int64_t row_offset(const Access& access, int64_t row) const;
  void load_runs(const TileOp& op, char* to, int64_t row, int64_t rows, int64_t columns) const;

  std::vector<char*> operands_, outputs_;
};

StepPtr make_tiled(FusedCode code, Grid grid, Planner& planner);
StepPtr make_phased(FusedCode code, Grid grid, Planner& planner);
StepPtr make_columns(FusedCode code, Grid grid, Planner& planner);

}  // namespace keratin
