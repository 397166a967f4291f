// Chooses kernels of pooling and recurrent layers by the processor's instruction set.
#include <cstring>

#include "keratin_cpu.h"
#include "pool_rows.h"
#include "recurrent_kernels.h"

namespace keratin {

#define SET(name)                                          \
  namespace name {                                         \
  PoolFunction<float> pool_function(PoolPass, float);      \
  PoolFunction<double> pool_function(PoolPass, double);    \
  PoolFunction<Bf16> pool_function(PoolPass, Bf16);        \
  const RecurrentKernels<float>& recurrent_kernels(float); \
  const RecurrentKernels<double>& recurrent_kernels(double); \
  }
SET(rows_v4)
SET(rows_v3)
SET(rows_v1)
#undef SET

namespace {

bool has(const char* set) { return strcmp(kr_instruction_set(), set) == 0; }

/// 4, 3 or 1.
int level() {
  static const int level = has("x86-64-v4") ? 4 : has("x86-64-v3") ? 3 : 1;
  return level;
}

template <class T>
PoolFunction<T> pool_of(PoolPass pass) {
  T type{};
  return level() == 4   ? rows_v4::pool_function(pass, type)
         : level() == 3 ? rows_v3::pool_function(pass, type)
                        : rows_v1::pool_function(pass, type);
}

template <class T>
const RecurrentKernels<T>& recurrent_of() {
  T type{};
  return level() == 4   ? rows_v4::recurrent_kernels(type)
         : level() == 3 ? rows_v3::recurrent_kernels(type)
                        : rows_v1::recurrent_kernels(type);
}

}  // namespace

PoolFunction<float> pool_function(PoolPass pass, float) { return pool_of<float>(pass); }
PoolFunction<double> pool_function(PoolPass pass, double) { return pool_of<double>(pass); }
PoolFunction<Bf16> pool_function(PoolPass pass, Bf16) { return pool_of<Bf16>(pass); }
const RecurrentKernels<float>& recurrent_kernels(float) { return recurrent_of<float>(); }
const RecurrentKernels<double>& recurrent_kernels(double) { return recurrent_of<double>(); }

}  // namespace keratin
