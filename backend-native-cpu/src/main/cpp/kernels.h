// Loops over one tile: what fused programs are made of. kernels.inc holds them, compiled once for each instruction set.
#pragma once
#include <cstdint>

namespace keratin {

/// The types that are computed in. float16 and bfloat16 are computed in f32, int8 and uint8 in i32.
enum Compute : int { F32, F64, I32, I64, U8, COMPUTES };

enum UnaryKind : int {
#define UNARY(kind, domain, expression) U_##kind,
#define PREDICATE(kind, expression) U_##kind,
#include "elementwise.def"
#undef UNARY
#undef PREDICATE
  UNARY_KINDS
};

enum BinaryKind : int {
#define BINARY(kind, domain, expression) B_##kind,
#include "elementwise.def"
#undef BINARY
  BINARY_KINDS
};

enum CompareKind : int {
#define COMPARE(kind, expression) C_##kind,
#include "elementwise.def"
#undef COMPARE
  COMPARE_KINDS
};

// As many as Java's enums have; KindsTest compares the names.
static_assert(UNARY_KINDS == 41 && BINARY_KINDS == 17 && COMPARE_KINDS == 6);

enum ReduceKind : int { R_SUM, R_PROD, R_MAX, R_MIN, R_ALL, R_ANY, REDUCE_KINDS };

/// The number of element types of DType.
constexpr int dtypes = 9;

/// d[i] = f(a[i], b[i], c[i]) for i < n. Operands that a kernel doesn't have are ignored. d may be one of the operands.
using Kernel = void (*)(const void* a, const void* b, const void* c, void* d, int64_t n);

/// Reads [rows, columns] and makes d[rows], or d[columns].
using ReduceKernel = void (*)(const void* a, void* d, int64_t rows, int64_t columns);

/// Blocks of four words that one call of Kernels::philox makes.
constexpr int64_t philox_group = 32;

struct Kernels {
  Kernel unary[UNARY_KINDS][COMPUTES];
  Kernel binary[BINARY_KINDS][COMPUTES][3];    // both vary, b is one element, a is one element
  Kernel compare[COMPARE_KINDS][COMPUTES][3];  // the same
  Kernel select[COMPUTES][8];                  // bits: 1: a is one element, 2: b is, 4: the condition (operand a) is
  Kernel convert[COMPUTES][COMPUTES];          // as Cast says
  Kernel wrap[dtypes];                         // computed values of int8 and uint8 to those they can hold
  Kernel to_narrow[dtypes][COMPUTES];          // to f32 values that a 16-bit float type can hold
  Kernel next_after[dtypes][3];                // in 16-bit float types
  Kernel load[dtypes];                         // storage type to compute type
  Kernel store[dtypes];                        // compute type to storage type
  Kernel fill[COMPUTES];                       // d[i] = a[0]
  ReduceKernel rows[REDUCE_KINDS][COMPUTES];     // d[r] = the reduction of row r
  ReduceKernel columns[REDUCE_KINDS][COMPUTES];  // d[c] = d[c] with all rows of column c
  ReduceKernel expand[COMPUTES];                 // d[r, c] = a[r]; columns elements for each row
  void (*philox)(uint64_t key, uint64_t counter, uint64_t first, uint32_t* out);  // blocks first, first + 1, ...
};

/// The loops for this processor.
const Kernels& kernels();

/// The neutral element of a reduction of values stored as `dtype`, as a compute value of 8 bytes at most.
void neutral(ReduceKind kind, int dtype, void* value);

const Kernels& kernels_v4();
const Kernels& kernels_v3();
const Kernels& kernels_v1();

}  // namespace keratin
