// Pooling of one row of windows, and its gradient.
#pragma once
#include <cstdint>

namespace keratin {

/// A row of windows along the last spatial axis.
struct PoolRow {
  int64_t channels, windows, stride, low, length, input;  ///< counts, then window length and input positions
  const int64_t* lines;                                   ///< where each input line that windows touch begins
  int64_t line_count;
  bool add;  ///< whether gradients are added, since windows overlap
};

/// Input, output or its gradient, gradient of the input: the last two by kind.
template <class T>
using PoolFunction = void (*)(const PoolRow& row, const T* x, T* y, T* dx);

enum class PoolPass { max, average, max_grad, average_grad };

/// A bfloat16 in memory; computed in float32.
enum class Bf16 : uint16_t {};

PoolFunction<float> pool_function(PoolPass pass, float);
PoolFunction<double> pool_function(PoolPass pass, double);
PoolFunction<Bf16> pool_function(PoolPass pass, Bf16);

}  // namespace keratin
