// flags: -fno-trapping-math
// Pooling of one row of windows, channels innermost in vector registers.
#include "pool_rows.h"

#include <algorithm>

#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#define INLINE __attribute__((always_inline)) inline

namespace keratin {
namespace {

template <class T>
struct Types;
template <>
struct Types<float> {
  typedef float Vector __attribute__((vector_size(64)));
  typedef int32_t Places __attribute__((vector_size(64)));
  using Place = int32_t;
};
template <>
struct Types<double> {
  typedef double Vector __attribute__((vector_size(64)));
  typedef int64_t Places __attribute__((vector_size(64)));
  using Place = int64_t;
};

/// Moves a vector or one element; addresses are aligned to the element only.
template <class V, class T>
INLINE void load(V& value, const T* from) {
  __builtin_memcpy(&value, from, sizeof value);
}
template <class V, class T>
INLINE void store(T* to, const V& value) {
  __builtin_memcpy(to, &value, sizeof value);
}

/// The part of a window that lies inside of a line.
struct Span {
  int64_t begin, end;

  INLINE Span(const PoolRow& row, int64_t window) {
    int64_t first = window * row.stride - row.low;
    begin = std::max<int64_t>(first, 0);
    end = std::min(first + row.length, row.input);
  }
};

/// Where element `i` of an input line begins.
INLINE int64_t place_of(const PoolRow& row, int64_t line, int64_t i) { return row.lines[line] + i * row.channels; }

/// For V, a vector of channels or one channel: the window's result.
template <class V, class T>
INLINE void max_of(const PoolRow& row, const Span& span, const T* x, T* y) {
  V best, value;
  load(best, x + place_of(row, 0, span.begin));
  for (int64_t line = 0; line < row.line_count; line++) {
    for (int64_t i = span.begin; i < span.end; i++) {
      load(value, x + place_of(row, line, i));
      best = (value > best) | (value != value) ? value : best;
    }
  }
  store(y, best);
}

template <class V, class T>
INLINE void mean_of(const PoolRow& row, const Span& span, const T* x, T* y) {
  V sum = {}, value;
  for (int64_t line = 0; line < row.line_count; line++) {
    for (int64_t i = span.begin; i < span.end; i++) {
      load(value, x + place_of(row, line, i));
      sum += value;
    }
  }
  sum /= static_cast<T>(row.line_count * (span.end - span.begin));
  store(y, sum);
}

/// Writes a gradient, or adds it.
template <class V, class T>
INLINE void put(const PoolRow& row, T* to, const V& own) {
  V sum = own, before;
  if (row.add) {
    load(before, to);
    sum += before;
  }
  store(to, sum);
}

template <class V, class P, class T>
INLINE void max_grad_of(const PoolRow& row, const Span& span, const T* x, const T* dy, T* dx) {
  V best, value;
  load(best, x + place_of(row, 0, span.begin));
  P place = {}, current = {};
  for (int64_t line = 0; line < row.line_count; line++) {
    for (int64_t i = span.begin; i < span.end; i++, current += 1) {
      load(value, x + place_of(row, line, i));
      auto better = (value > best) | ((value != value) & (best == best));
      best = better ? value : best;
      place = better ? current : place;
    }
  }
  V gradient, none = {};
  load(gradient, dy);
  current = P{};
  for (int64_t line = 0; line < row.line_count; line++) {
    for (int64_t i = span.begin; i < span.end; i++, current += 1) {
      V own = place == current ? gradient : none;
      put(row, dx + place_of(row, line, i), own);
    }
  }
}

template <class V, class T>
INLINE void mean_grad_of(const PoolRow& row, const Span& span, const T* dy, T* dx) {
  V own;
  load(own, dy);
  own /= static_cast<T>(row.line_count * (span.end - span.begin));
  for (int64_t line = 0; line < row.line_count; line++) {
    for (int64_t i = span.begin; i < span.end; i++) {
      put(row, dx + place_of(row, line, i), own);
    }
  }
}

template <class T, PoolPass pass>
INLINE void pool_row(const PoolRow& row, const T* x, T* y, T* dx) {
  using V = typename Types<T>::Vector;
  using P = typename Types<T>::Places;
  using Place = typename Types<T>::Place;
  constexpr int64_t width = sizeof(V) / sizeof(T);
  for (int64_t window = 0; window < row.windows; window++, y += row.channels) {
    Span span(row, window);
    int64_t c = 0;
    for (; c + width <= row.channels; c += width) {
      if constexpr (pass == PoolPass::max) max_of<V>(row, span, x + c, y + c);
      if constexpr (pass == PoolPass::average) mean_of<V>(row, span, x + c, y + c);
      if constexpr (pass == PoolPass::max_grad) max_grad_of<V, P>(row, span, x + c, y + c, dx + c);
      if constexpr (pass == PoolPass::average_grad) mean_grad_of<V>(row, span, y + c, dx + c);
    }
    for (; c < row.channels; c++) {
      if constexpr (pass == PoolPass::max) max_of<T>(row, span, x + c, y + c);
      if constexpr (pass == PoolPass::average) mean_of<T>(row, span, x + c, y + c);
      if constexpr (pass == PoolPass::max_grad) max_grad_of<T, Place>(row, span, x + c, y + c, dx + c);
      if constexpr (pass == PoolPass::average_grad) mean_grad_of<T>(row, span, y + c, dx + c);
    }
  }
}

#define POOL(name, T, pass) \
  CLONES void name(const PoolRow& row, const T* x, T* y, T* dx) { pool_row<T, pass>(row, x, y, dx); }

POOL(max_f32, float, PoolPass::max)
POOL(max_f64, double, PoolPass::max)
POOL(average_f32, float, PoolPass::average)
POOL(average_f64, double, PoolPass::average)
POOL(max_grad_f32, float, PoolPass::max_grad)
POOL(max_grad_f64, double, PoolPass::max_grad)
POOL(average_grad_f32, float, PoolPass::average_grad)
POOL(average_grad_f64, double, PoolPass::average_grad)

}  // namespace

PoolFunction<float> pool_function(PoolPass pass, float) {
  constexpr PoolFunction<float> functions[] = {max_f32, average_f32, max_grad_f32, average_grad_f32};
  return functions[static_cast<int>(pass)];
}

PoolFunction<double> pool_function(PoolPass pass, double) {
  constexpr PoolFunction<double> functions[] = {max_f64, average_f64, max_grad_f64, average_grad_f64};
  return functions[static_cast<int>(pass)];
}

}  // namespace keratin
