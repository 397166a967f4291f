// Reads fused steps and joins axes, so that as many elements as possible lie in a row.
#include <algorithm>

#include "fused.h"

namespace keratin {
namespace {

FusedOperand read_operand(Reader& in) {
  FusedOperand operand;
  operand.immediate = in.flag();
  operand.dtype = in.dtype();
  if (operand.immediate) {
    operand.bits = in.word();
  } else {
    operand.slot = in.slot();
    operand.strides = in.words();
    operand.bytes = in.word();
  }
  return operand;
}

FusedInstruction read_instruction(Reader& in) {
  FusedInstruction instruction;
  instruction.family = static_cast<FusedFamily>(in.word());
  instruction.kind = static_cast<int>(in.word());
  for (int64_t& operand : instruction.operands) operand = in.word();
  instruction.dtype = in.dtype();
  return instruction;
}

FusedOutput read_output(Reader& in) {
  FusedOutput output;
  output.value = in.word();
  output.slot = in.slot();
  output.dtype = in.dtype();
  output.how = in.word();
  return output;
}

/// Axes that may be joined with each other only.
struct Group {
  std::vector<int64_t> dims;
  std::vector<std::vector<int64_t>> strides;  // of each operand

  int64_t size() const {
    int64_t n = 1;
    for (int64_t d : dims) n *= d;
    return n;
  }
};

bool joins(const Group& group, const std::vector<FusedOperand>& operands, size_t axis, int64_t dim) {
  for (size_t o = 0; o < operands.size(); o++) {
    if (operands[o].immediate) continue;
    if (group.strides[o].back() != operands[o].strides[axis] * dim) return false;
  }
  return true;
}

Group join_axes(const FusedCode& code, size_t from, size_t to) {
  Group group;
  group.strides.resize(code.operands.size());
  for (size_t axis = from; axis < to; axis++) {
    int64_t dim = code.dims[axis];
    if (dim == 1) continue;
    bool joined = !group.dims.empty() && joins(group, code.operands, axis, dim);
    if (joined) {
      group.dims.back() *= dim;
    } else {
      group.dims.push_back(dim);
    }
    for (size_t o = 0; o < code.operands.size(); o++) {
      if (code.operands[o].immediate) continue;
      int64_t stride = code.operands[o].strides[axis];
      if (joined) {
        group.strides[o].back() = stride;
      } else {
        group.strides[o].push_back(stride);
      }
    }
  }
  return group;
}

void append_rows(Grid& grid, const FusedCode& code, const Group& group, size_t count) {
  for (size_t axis = 0; axis < count; axis++) {
    grid.row_dims.push_back(group.dims[axis]);
    for (size_t o = 0; o < code.operands.size(); o++) {
      if (!code.operands[o].immediate) grid.accesses[o].row_strides.push_back(group.strides[o][axis]);
    }
  }
}

void find_uniform(const Grid& grid, Access& access) {
  access.uniform = true;
  access.row_stride = access.row_strides.empty() ? 0 : access.row_strides.back();
  int64_t expected = access.row_stride;
  for (size_t axis = access.row_strides.size(); axis-- > 0;) {
    if (access.row_strides[axis] != expected) access.uniform = false;
    expected *= grid.row_dims[axis];
  }
}

// Columns that could not be joined to one axis: a table of their places.
std::vector<int32_t> column_table(const Group& group, const std::vector<int64_t>& strides) {
  std::vector<int32_t> table(group.size());
  for (size_t column = 0; column < table.size(); column++) {
    int64_t rest = static_cast<int64_t>(column), offset = 0;
    for (size_t axis = group.dims.size(); axis-- > 0;) {
      offset += rest % group.dims[axis] * strides[axis];
      rest /= group.dims[axis];
    }
    table[column] = static_cast<int32_t>(offset);
  }
  return table;
}

void set_columns(Grid& grid, const FusedCode& code, const Group& columns) {
  grid.columns = columns.size();
  for (size_t o = 0; o < code.operands.size(); o++) {
    if (code.operands[o].immediate) continue;
    Access& access = grid.accesses[o];
    if (columns.dims.size() <= 1) {
      access.column_stride = columns.dims.empty() ? 0 : columns.strides[o][0];
      continue;
    }
    const std::vector<int64_t>& strides = columns.strides[o];
    bool dense = true, none = true;
    int64_t expected = 1;
    for (size_t axis = strides.size(); axis-- > 0;) {
      dense = dense && strides[axis] == expected;
      none = none && strides[axis] == 0;
      expected *= columns.dims[axis];
    }
    access.column_stride = dense ? 1 : 0;
    if (!dense && !none) access.columns = column_table(columns, strides);
  }
}

}  // namespace

FusedCode read_fused(Reader& in) {
  FusedCode code;
  code.kind = static_cast<FusionKind>(in.word());
  code.dims = in.words();
  code.axis_first = in.word();
  code.axis_count = in.word();
  for (int64_t n = in.word(); n > 0; n--) code.operands.push_back(read_operand(in));
  for (int64_t n = in.word(); n > 0; n--) code.instructions.push_back(read_instruction(in));
  for (int64_t n = in.word(); n > 0; n--) code.outputs.push_back(read_output(in));
  return code;
}

Grid make_grid(const FusedCode& code) {
  Grid grid;
  grid.accesses.resize(code.operands.size());
  size_t rank = code.dims.size();
  if (code.kind == LOOP) {
    Group all = join_axes(code, 0, rank);
    size_t row_axes = all.dims.empty() ? 0 : all.dims.size() - 1;
    append_rows(grid, code, all, row_axes);
    Group last;
    last.strides.resize(code.operands.size());
    if (!all.dims.empty()) {
      last.dims.push_back(all.dims.back());
      for (size_t o = 0; o < all.strides.size(); o++) {
        if (!all.strides[o].empty()) last.strides[o].push_back(all.strides[o].back());
      }
    }
    set_columns(grid, code, last);
  } else {
    size_t first = code.kind == ROW ? rank - 1 : code.axis_first;
    size_t end = code.kind == ROW ? rank - 1 : code.axis_first + code.axis_count;
    Group outer = join_axes(code, 0, first), reduced = join_axes(code, first, end);
    grid.outer = outer.size();
    grid.reduced = reduced.size();
    append_rows(grid, code, outer, outer.dims.size());
    append_rows(grid, code, reduced, reduced.dims.size());
    set_columns(grid, code, join_axes(code, end, rank));
  }
  for (int64_t d : grid.row_dims) grid.rows *= d;
  for (Access& access : grid.accesses) find_uniform(grid, access);
  return grid;
}

/// See read_fused.
StepPtr decode_fused(Reader& in, Planner& planner) {
  FusedCode code = read_fused(in);
  Grid grid = make_grid(code);
  if (code.kind == COLUMN) return make_columns(std::move(code), std::move(grid), planner);
  if (code.kind == ROW && grid.columns > longest_kept_row) return make_phased(std::move(code), std::move(grid), planner);
  return make_tiled(std::move(code), std::move(grid), planner);
}

}  // namespace keratin
