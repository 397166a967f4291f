// Turns the instructions of a fused step into operations on tiles and gives their values registers.
#include <algorithm>
#include <cstring>

#include "fused.h"

namespace keratin {
namespace {

constexpr Compute compute_of[dtypes] = {F32, F32, F32, F64, I32, I32, I32, I64, U8};
constexpr int64_t compute_size[COMPUTES] = {4, 8, 4, 8, 1};
constexpr int64_t far_bytes = 512 * 1024;  // operands as large as this come from memory rather than from a cache
constexpr int64_t tile_bytes = 24 * 1024;  // what the elements of a tile may take of the first-level cache

Compute compute_type(DType dtype) { return compute_of[static_cast<int>(dtype)]; }

bool stored_as_computed(DType dtype) { return byte_size(dtype) == compute_size[compute_type(dtype)]; }

bool is_narrow_float(DType dtype) { return dtype == DType::f16 || dtype == DType::bf16; }

bool is_slow(const FusedInstruction& i) {
  if (i.family == BINARY_OP) return i.kind >= B_DIV && i.kind <= B_POW;
  return i.family == UNARY_OP && i.kind >= U_RECIPROCAL && i.kind <= U_SOFTPLUS;
}

class Maker {
 public:
  Maker(const FusedCode& code, const Grid& grid, bool phased) : code_(code), grid_(grid), phased_(phased) {
    out_.several_rows = !phased && grid.columns < 512;
    expanded_.assign(code.operands.size() + code.instructions.size(), -1);
  }

  TileProgram make() {
    add_operands();
    for (size_t i = 0; i < code_.instructions.size(); i++) add_instruction(static_cast<int>(i));
    add_outputs();
    assign_registers();
    return std::move(out_);
  }

 private:
  int value_of(int64_t number) const { return values_[number]; }

  int new_value(Level level, Compute type, int phase) {
    TileValue value;
    value.level = level;
    value.type = type;
    value.phase = phase;
    out_.values.push_back(value);
    return static_cast<int>(out_.values.size()) - 1;
  }

  void add(TileOp op) {
    op.level = out_.values[op.type == TileOp::STORE || op.type == TileOp::ACCUMULATE || op.type == TileOp::REDUCE ? op.a : op.d].level;
    (op.level == SCALAR && op.type != TileOp::STORE ? out_.prologue : out_.ops).push_back(op);
  }

  // --- operands ---

  bool is_scalar(size_t o) const {
    const Access& access = grid_.accesses[o];
    return access.column_stride == 0 && access.columns.empty() && access.uniform && access.row_stride == 0;
  }

  Level operand_level(size_t o) const {
    if (code_.operands[o].immediate) return SCALAR;
    if (grid_.rows * grid_.columns == 1) return FULL;
    if (is_scalar(o)) return SCALAR;
    const Access& access = grid_.accesses[o];
    return access.column_stride == 0 && access.columns.empty() && grid_.columns != 1 ? PER_ROW : FULL;
  }

  void add_operands() {
    for (size_t o = 0; o < code_.operands.size(); o++) {
      const FusedOperand& operand = code_.operands[o];
      int value = new_value(operand_level(o), compute_type(operand.dtype), 0);
      values_.push_back(value);
      if (operand.immediate) {
        add_immediate(operand, value);
      } else {
        add_load(static_cast<int>(o), value);
      }
    }
  }

  void add_immediate(const FusedOperand& operand, int value) {
    out_.values[value].immediate = static_cast<int>(out_.immediates.size());
    double real;
    memcpy(&real, &operand.bits, sizeof real);
    int64_t bits = operand.bits;
    if (out_.values[value].type == F32) {
      float single = static_cast<float>(real);
      memcpy(&bits, &single, sizeof single);
    }
    out_.immediates.push_back(bits);
  }

  // A tile's elements lie densely in memory.
  bool is_dense(int o) const {
    const Access& access = grid_.accesses[o];
    if (!access.columns.empty()) return false;
    if (out_.values[values_[o]].level == PER_ROW) return !out_.several_rows || (access.uniform && access.row_stride == 1);
    bool dense_row = access.column_stride == 1 || grid_.columns == 1;
    return dense_row && (!out_.several_rows || grid_.rows == 1 || (access.uniform && access.row_stride == grid_.columns));
  }

  bool repeats_each_row(int o) const {
    const Access& access = grid_.accesses[o];
    return out_.several_rows && access.uniform && access.row_stride == 0 && out_.values[values_[o]].level == FULL;
  }

  void add_load(int o, int value) {
    const FusedOperand& operand = code_.operands[o];
    TileOp op;
    op.operand = o;
    op.d = value;
    op.kernel = kernels().load[static_cast<int>(operand.dtype)];
    out_.cost += 0.5;
    bool dense = out_.values[value].level == SCALAR || is_dense(o);
    op.type = !dense ? TileOp::LOAD_RUNS : stored_as_computed(operand.dtype) ? TileOp::POINT : TileOp::LOAD;
    op.ahead = dense && out_.values[value].level == FULL && operand.bytes >= far_bytes;
    if (!dense && repeats_each_row(o)) {
      op.level = FULL;
      out_.prologue.push_back(op);
      kept_.push_back(value);
    } else {
      add(op);
    }
  }

  // --- instructions ---

  int expand(int64_t number) {
    int value = value_of(number);
    if (out_.values[value].level == FULL) return value;
    if (expanded_[number] >= 0) return expanded_[number];
    TileValue from = out_.values[value];
    TileOp op;
    op.a = value;
    op.d = new_value(FULL, from.type, from.phase);
    op.type = from.level == SCALAR ? TileOp::CALL : TileOp::EXPAND;
    op.kernel = kernels().fill[from.type];
    op.reduction = kernels().expand[from.type];
    op.phase = from.phase;
    add(op);
    return expanded_[number] = op.d;
  }

  // An operand of an instruction of some level, and whether it is one element for the whole tile.
  int operand_at(int64_t number, Level level, bool& one) {
    Level own = out_.values[value_of(number)].level;
    one = own < level && (own == SCALAR || !out_.several_rows);
    return own < level && !one ? expand(number) : value_of(number);
  }

  void add_instruction(int index) {
    const FusedInstruction& in = code_.instructions[index];
    if (in.family == REDUCE_OP) {
      add_reduce(in);
      return;
    }
    Level level = SCALAR;
    int phase = 0;
    for (int64_t operand : in.operands) {
      if (operand < 0) continue;
      level = std::max(level, out_.values[value_of(operand)].level);
      phase = std::max(phase, out_.values[value_of(operand)].phase);
    }
    TileOp op;
    bool one[3] = {false, false, false};
    if (in.operands[0] >= 0) op.a = operand_at(in.operands[0], level, one[0]);
    if (in.operands[1] >= 0) op.b = operand_at(in.operands[1], level, one[1]);
    if (in.operands[2] >= 0) op.c = operand_at(in.operands[2], level, one[2]);
    op.phase = phase;
    op.kernel = kernel_of(in, one);
    if (op.kernel == nullptr) throw std::invalid_argument("no kernel for an instruction of this type");
    op.d = new_value(level, compute_type(in.dtype), phase);
    values_.push_back(op.d);
    add(op);
    out_.cost += is_slow(in) ? 6 : 1;
    if (in.family != SELECT_OP) add_wrap(in, op.d);
  }

  // Both operands one element: any variant serves, since then n is 1.
  Kernel kernel_of(const FusedInstruction& in, const bool* one) const {
    const Kernels& k = kernels();
    Compute type = out_.values[value_of(in.operands[0])].type;
    int variant = one[1] ? 1 : one[0] ? 2 : 0;
    switch (in.family) {
      case UNARY_OP:
        return k.unary[in.kind][type];
      case BINARY_OP:
        if (in.kind == B_NEXT_AFTER && is_narrow_float(in.dtype)) return k.next_after[static_cast<int>(in.dtype)][variant];
        return k.binary[in.kind][type][variant];
      case COMPARE_OP:
        return k.compare[in.kind][type][variant];
      case SELECT_OP:
        return k.select[compute_type(in.dtype)][(one[0] ? 4 : 0) | (one[1] ? 1 : 0) | (one[2] ? 2 : 0)];
      default:
        if (is_narrow_float(in.dtype)) return k.to_narrow[static_cast<int>(in.dtype)][type];
        return k.convert[type][compute_type(in.dtype)];
    }
  }

  // int8 and uint8 wrap after each instruction; 16-bit floats are rounded by a Cast only.
  void add_wrap(const FusedInstruction& in, int value) {
    if (in.dtype != DType::i8 && in.dtype != DType::u8) return;
    TileOp op;
    op.a = op.d = value;
    op.kernel = kernels().wrap[static_cast<int>(in.dtype)];
    op.phase = out_.values[value].phase;
    add(op);
  }

  void add_reduce(const FusedInstruction& in) {
    TileOp op;
    op.type = TileOp::REDUCE;
    op.a = expand(in.operands[0]);
    Compute type = out_.values[op.a].type;
    op.phase = out_.values[op.a].phase;
    op.reduce = in.kind;
    op.dtype = static_cast<int>(in.dtype);
    op.reduction = kernels().rows[in.kind][type];
    op.d = new_value(PER_ROW, type, op.phase + 1);
    out_.phases = std::max(out_.phases, op.phase + 2);
    values_.push_back(op.d);
    add(op);
    out_.cost += 1;
    add_wrap(in, op.d);
  }

  // --- outputs ---

  bool is_reduced(const FusedOutput& output) const { return code_.kind == COLUMN && output.how >= 0; }

  // Reductions come first: elements may lie where an operand does that is reduced as it is.
  void add_outputs() {
    for (bool reduced : {true, false}) {
      for (size_t o = 0; o < code_.outputs.size(); o++) {
        if (is_reduced(code_.outputs[o]) != reduced) continue;
        out_.cost += 1;
        TileOp op;
        op.output = static_cast<int>(o);
        if (reduced) {
          accumulate(op, code_.outputs[o]);
        } else {
          store(op, code_.outputs[o]);
        }
      }
    }
  }

  void accumulate(TileOp op, const FusedOutput& output) {
    op.type = TileOp::ACCUMULATE;
    op.a = expand(output.value);
    op.reduction = kernels().columns[output.how][out_.values[op.a].type];
    op.d = new_value(PER_ROW, out_.values[op.a].type, 0);
    add(op);
  }

  void store(TileOp op, const FusedOutput& output) {
    bool whole = code_.kind != ROW || output.how != PER_ROW;
    op.a = whole ? expand(output.value) : value_of(output.value);
    if (!whole && out_.values[op.a].level == SCALAR) op.a = per_row(op.a);
    if (whole && !phased_ && stored_as_computed(output.dtype) && write_in_place(op.a, op.output)) return;
    op.type = TileOp::STORE;
    op.kernel = kernels().store[static_cast<int>(output.dtype)];
    op.phase = out_.values[op.a].phase;
    add(op);
  }

  int per_row(int value) {
    TileOp op;
    op.a = value;
    op.d = new_value(PER_ROW, out_.values[value].type, 0);
    op.kernel = kernels().fill[out_.values[value].type];
    add(op);
    return op.d;
  }

  // The last operation that makes a value writes it where the output lies, unless a later one still reads an operand there.
  bool write_in_place(int value, int output) {
    int maker = -1;
    for (size_t i = 0; i < out_.ops.size(); i++) {
      const TileOp& op = out_.ops[i];
      bool calls = op.type == TileOp::CALL || op.type == TileOp::EXPAND;
      if (calls && op.d == value) {
        if (op.output >= 0) return false;
        if (maker < 0) maker = static_cast<int>(i);
      }
    }
    if (maker < 0) return false;
    const FusedOutput& out = code_.outputs[output];
    int64_t bytes = grid_.rows * grid_.columns * byte_size(out.dtype);
    for (size_t o = 0; o < code_.operands.size(); o++) {
      const FusedOperand& operand = code_.operands[o];
      bool shared = !operand.immediate && operand.slot.base == out.slot.base &&
                    operand.slot.offset < out.slot.offset + bytes && out.slot.offset < operand.slot.offset + operand.bytes;
      if (shared && last_reader(values_[o]) > maker) return false;
    }
    out_.ops[maker].output = output;
    return true;
  }

  int last_reader(int value) const {
    int last = -1;
    for (size_t i = 0; i < out_.ops.size(); i++) {
      const TileOp& op = out_.ops[i];
      bool reads = op.type != TileOp::POINT && op.type != TileOp::LOAD && op.type != TileOp::LOAD_RUNS;
      if (reads && (op.a == value || op.b == value || op.c == value)) last = static_cast<int>(i);
    }
    return last;
  }

  // --- registers ---

  void assign_registers() {
    std::vector<int> last(out_.values.size(), -1);
    for (size_t i = 0; i < out_.ops.size(); i++) {
      const TileOp& op = out_.ops[i];
      for (int value : {op.a, op.b, op.c, op.d}) last[value] = static_cast<int>(i);
    }
    for (int value : kept_) last[value] = static_cast<int>(out_.ops.size());
    std::vector<int> place(out_.values.size(), -1), free_places;
    int places = 0;
    auto take = [&](int value) {
      if (place[value] >= 0) return;
      if (free_places.empty()) {
        place[value] = places++;
      } else {
        place[value] = free_places.back();
        free_places.pop_back();
      }
    };
    for (int value : kept_) take(value);
    for (size_t i = 0; i < out_.ops.size(); i++) {
      const TileOp& op = out_.ops[i];
      bool makes = op.type == TileOp::CALL || op.type == TileOp::EXPAND || op.type == TileOp::LOAD || op.type == TileOp::LOAD_RUNS;
      if (makes && op.output < 0 && op.level == FULL) take(op.d);
      int seen[4] = {op.a, op.b, op.c, op.d};
      for (int k = 0; k < 4; k++) {
        bool twice = false;
        for (int j = 0; j < k; j++) twice = twice || seen[j] == seen[k];
        if (!twice && place[seen[k]] >= 0 && last[seen[k]] == static_cast<int>(i)) free_places.push_back(place[seen[k]]);
      }
    }
    choose_tile(places);
    lay_out(place, places);
  }

  int64_t widest() const {
    int64_t size = 1;
    for (const TileValue& value : out_.values) size = std::max(size, compute_size[value.type]);
    return size;
  }

  // How many runs of memory a tile walks through besides its registers.
  int64_t streams() const {
    return std::count_if(out_.ops.begin(), out_.ops.end(), [](const TileOp& op) {
      return op.level == FULL && (op.type == TileOp::POINT || op.type == TileOp::STORE || op.output >= 0);
    });
  }

  void choose_tile(int places) {
    int64_t elements = places == 0 ? 8192 : tile_bytes / ((places + streams()) * widest());
    elements = std::min<int64_t>(8192, std::max<int64_t>(512, elements)) / 64 * 64;
    int64_t columns = std::max<int64_t>(grid_.columns, 1);
    bool whole_rows = code_.kind == ROW && !phased_;
    out_.tile_columns = out_.several_rows || whole_rows ? columns : std::min(columns, elements);
    out_.tile_rows = out_.several_rows ? std::max<int64_t>(1, elements / columns) : 1;
  }

  void lay_out(const std::vector<int>& place, int places) {
    int64_t at = (static_cast<int64_t>(out_.values.size()) * 8 + 63) / 64 * 64;
    int64_t full = (out_.tile_rows * out_.tile_columns * widest() + 127) / 64 * 64;  // not a multiple of a page apart
    int64_t registers = at;
    at += places * full;
    for (size_t v = 0; v < out_.values.size(); v++) {
      TileValue& value = out_.values[v];
      if (value.level == FULL) {
        if (place[v] >= 0) value.at = registers + place[v] * full;
      } else if (value.immediate < 0) {
        value.at = at;
        at += value.level == SCALAR ? 64 : (out_.tile_rows * 8 + 63) / 64 * 64;
      }
    }
    out_.thread_bytes = at;
  }

  const FusedCode& code_;
  const Grid& grid_;
  const bool phased_;
  TileProgram out_;
  std::vector<int> values_;    // of operands and instructions, to numbers of tile values
  std::vector<int> expanded_;  // the same, to their expanded forms
  std::vector<int> kept_;      // filled once for each thread
};

}  // namespace

TileProgram make_tile_program(const FusedCode& code, const Grid& grid, bool phased) { return Maker(code, grid, phased).make(); }

}  // namespace keratin
