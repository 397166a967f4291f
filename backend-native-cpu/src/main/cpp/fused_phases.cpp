// Fused steps over rows too long to keep: every reduction reads its row again, a tile at a time, and many threads may
// work on one row.
#include <algorithm>

#include "fused.h"
#include "threads.h"

namespace keratin {
namespace {

constexpr int64_t chunk_columns = 16 * 1024;  // of one item; fixed, so that results don't depend on the threads
constexpr int64_t slot_bytes = 8;

/// What a phase does: the values of its row, then on each tile what its reductions (or the outputs) need.
struct Phase {
  std::vector<const TileOp*> row_ops, tile_ops, reductions;
};

class Phased final : public FusedStep {
 public:
  Phased(FusedCode code, Grid grid, TileProgram program, Planner& planner)
      : FusedStep(std::move(code), std::move(grid), std::move(program)) {
    for (int p = 0; p < program_.phases; p++) phases_.push_back(phase(p));
    for (Phase& p : phases_) {
      for (const TileOp* op : p.reductions) reductions_.push_back(op);
    }
    chunks_ = (grid_.columns + chunk_columns - 1) / chunk_columns;
    memory_ = planner.scratch(program_.thread_bytes * max_threads());
    int64_t count = std::max<int64_t>(1, static_cast<int64_t>(reductions_.size()));
    partials_ = planner.scratch(grid_.rows * chunks_ * count * slot_bytes);
    totals_ = planner.scratch(grid_.rows * count * slot_bytes);
  }

  void run(const Frame& frame) override {
    resolve(frame);
    for (const Phase& p : phases_) {
      parallel_for(grid_.rows * chunks_, grain(static_cast<double>(std::min(chunk_columns, grid_.columns))),
                   [&](int64_t begin, int64_t end) {
                     char** values = begin_thread(frame.scratch + memory_ + program_.thread_bytes * thread_number());
                     run_prologue(values);
                     for (int64_t item = begin; item < end; item++) run_item(frame, p, values, item);
                   });
      for (const TileOp* op : p.reductions) join_chunks(frame, *op);
    }
  }

 private:
  static bool is_target(const TileOp& op, int phase, int last) {
    return phase < last ? op.type == TileOp::REDUCE && op.phase == phase : op.type == TileOp::STORE;
  }

  Phase phase(int number) const {
    Phase result;
    int last = program_.phases - 1;
    std::vector<bool> needed(program_.values.size(), false);
    std::vector<const TileOp*> reversed;
    for (size_t i = program_.ops.size(); i-- > 0;) {
      const TileOp& op = program_.ops[i];
      bool target = is_target(op, number, last);
      bool makes = op.level == FULL && op.type != TileOp::REDUCE && op.type != TileOp::STORE && needed[op.d];
      if (!target && !makes) continue;
      if (op.level == PER_ROW) continue;  // a result for each row is stored with the row's values
      for (int value : {op.a, op.b, op.c}) needed[value] = needed[value] || reads(op, value);
      if (op.type == TileOp::REDUCE) {
        result.reductions.insert(result.reductions.begin(), &op);
      } else {
        reversed.push_back(&op);
      }
    }
    result.tile_ops.assign(reversed.rbegin(), reversed.rend());
    for (const TileOp& op : program_.ops) {
      bool stores = op.type == TileOp::STORE && number == last;
      if (op.level == PER_ROW && op.phase <= number && (op.type != TileOp::STORE || stores)) result.row_ops.push_back(&op);
    }
    return result;
  }

  static bool reads(const TileOp& op, int value) {
    bool loads = op.type == TileOp::POINT || op.type == TileOp::LOAD || op.type == TileOp::LOAD_RUNS;
    return !loads && value >= 0;
  }

  size_t index(const TileOp& op) const { return std::find(reductions_.begin(), reductions_.end(), &op) - reductions_.begin(); }

  char* total(const Frame& frame, size_t reduction, int64_t row) const {
    return frame.scratch + totals_ + (static_cast<int64_t>(reduction) * grid_.rows + row) * slot_bytes;
  }
  char* partial(const Frame& frame, size_t reduction, int64_t row, int64_t chunk) const {
    return frame.scratch + partials_ + ((static_cast<int64_t>(reduction) * grid_.rows + row) * chunks_ + chunk) * slot_bytes;
  }

  void start(const TileOp& op, char* at) const { neutral(static_cast<ReduceKind>(op.reduce), op.dtype, at); }

  ReduceKernel joiner(const TileOp& op) const { return kernels().columns[op.reduce][program_.values[op.d].type]; }

  void run_item(const Frame& frame, const Phase& p, char** values, int64_t item) const {
    int64_t row = item / chunks_, chunk = item % chunks_;
    for (size_t k = 0; k < reductions_.size(); k++) values[reductions_[k]->d] = total(frame, k, row);
    for (const TileOp* op : p.row_ops) {
      if (op->type != TileOp::STORE || chunk == 0) run_op(*op, values, row, 1, 0, 1);
    }
    for (const TileOp* op : p.reductions) start(*op, partial(frame, index(*op), row, chunk));
    int64_t end = std::min(grid_.columns, (chunk + 1) * chunk_columns);
    for (int64_t column = chunk * chunk_columns; column < end; column += program_.tile_columns) {
      int64_t columns = std::min(program_.tile_columns, end - column);
      for (const TileOp* op : p.tile_ops) run_op(*op, values, row, 1, column, columns);
      for (const TileOp* op : p.reductions) {
        int64_t one;
        op->reduction(values[op->a], &one, 1, columns);
        joiner(*op)(&one, partial(frame, index(*op), row, chunk), 1, 1);
      }
    }
  }

  void join_chunks(const Frame& frame, const TileOp& op) const {
    size_t k = index(op);
    for (int64_t row = 0; row < grid_.rows; row++) {
      start(op, total(frame, k, row));
      for (int64_t chunk = 0; chunk < chunks_; chunk++) joiner(op)(partial(frame, k, row, chunk), total(frame, k, row), 1, 1);
    }
  }

  std::vector<Phase> phases_;
  std::vector<const TileOp*> reductions_;
  int64_t chunks_ = 1, partials_ = 0, totals_ = 0;
};

}  // namespace

StepPtr make_phased(FusedCode code, Grid grid, Planner& planner) {
  TileProgram program = make_tile_program(code, grid, true);
  return std::make_unique<Phased>(std::move(code), std::move(grid), std::move(program), planner);
}

}  // namespace keratin
