// flags: -fno-math-errno -fno-trapping-math -Wno-psabi
// The inner loops of recurrent layers, compiled for three instruction sets.
#include "recurrent_kernels.h"

#include "math.inc"

#define INLINE __attribute__((always_inline)) inline

namespace keratin {
namespace {

/// A block of R rows and four vectors of columns stays in registers while the inner axis is walked.
template <class T, int bytes, int R>
INLINE void multiply_block(int64_t inner, const T* a, int64_t a_stride, const T* b, T* c, int64_t stride) {
  typedef T V __attribute__((vector_size(bytes)));
  constexpr int width = bytes / sizeof(T);
  V sums[R][4];
#pragma GCC unroll 8
  for (int r = 0; r < R; r++) {
#pragma GCC unroll 4
    for (int v = 0; v < 4; v++) __builtin_memcpy(&sums[r][v], c + r * stride + v * width, bytes);
  }
  for (int64_t k = 0; k < inner; k++, b += 4 * width) {
    V columns[4];
#pragma GCC unroll 4
    for (int v = 0; v < 4; v++) __builtin_memcpy(&columns[v], b + v * width, bytes);
#pragma GCC unroll 8
    for (int r = 0; r < R; r++) {
      T factor = a[r * a_stride + k];
#pragma GCC unroll 4
      for (int v = 0; v < 4; v++) sums[r][v] += columns[v] * factor;
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < R; r++) {
#pragma GCC unroll 4
    for (int v = 0; v < 4; v++) __builtin_memcpy(c + r * stride + v * width, &sums[r][v], bytes);
  }
}

template <class T, int bytes, bool large>
INLINE void multiply(int64_t rows, int64_t inner, int64_t columns, const T* a, int64_t a_stride, const T* b, T* c,
                     int64_t stride) {
  constexpr int64_t panel = 4 * bytes / sizeof(T);
  for (int64_t j = 0; j < columns; j += panel, b += inner * panel) {
    int64_t i = 0;
    if constexpr (large) {
      for (; i + 6 <= rows; i += 6) multiply_block<T, bytes, 6>(inner, a + i * a_stride, a_stride, b, c + i * stride + j, stride);
      for (; i + 4 <= rows; i += 4) multiply_block<T, bytes, 4>(inner, a + i * a_stride, a_stride, b, c + i * stride + j, stride);
    }
    for (; i + 2 <= rows; i += 2) multiply_block<T, bytes, 2>(inner, a + i * a_stride, a_stride, b, c + i * stride + j, stride);
    for (; i < rows; i++) multiply_block<T, bytes, 1>(inner, a + i * a_stride, a_stride, b, c + i * stride + j, stride);
  }
}

template <class T>
INLINE void sigmoids(T* x, int64_t count) {
  for (int64_t i = 0; i < count; i++) x[i] = T(1) / (T(1) + f_exp(-x[i]));
}

template <class T>
INLINE void lstm(const LstmStep<T>& s) {
  const int64_t n = s.units;
  T *__restrict i = s.gates, *__restrict f = i + n, *__restrict g = f + n, *__restrict o = g + n;
  T *__restrict h = s.h, *__restrict c = s.c;
  sigmoids(i, 2 * n);
  for (int64_t u = 0; u < n; u++) g[u] = f_tanh(g[u]);
  sigmoids(o, n);
  for (int64_t u = 0; u < n; u++) {
    c[u] = f[u] * c[u] + i[u] * g[u];
    h[u] = o[u] * f_tanh(c[u]);
  }
}

template <class T>
INLINE void lstm_grad(const LstmStep<T>& s) {
  const int64_t n = s.units;
  const T *__restrict gates = s.gates, *__restrict before = s.before, *__restrict after = s.after;
  T *__restrict dh = s.h, *__restrict dc = s.c, *__restrict dz = s.dz;
  for (int64_t u = 0; u < n; u++) {
    T i = gates[u], f = gates[n + u], g = gates[2 * n + u], o = gates[3 * n + u];
    T tanh = f_tanh(after[u]);
    T through = dc[u] + dh[u] * o * (1 - tanh * tanh);
    dz[u] = through * g * i * (1 - i);
    dz[n + u] = through * before[u] * f * (1 - f);
    dz[2 * n + u] = through * i * (1 - g * g);
    dz[3 * n + u] = dh[u] * tanh * o * (1 - o);
    dc[u] = through * f;
    dh[u] = 0;
  }
}

template <class T>
INLINE void gru(const GruStep<T>& s) {
  const int64_t n = s.units;
  const T *__restrict x = s.x, *__restrict product = s.product;
  T *__restrict gates = s.gates, *__restrict h = s.h;
  for (int64_t u = 0; u < 2 * n; u++) gates[u] = x[u] + product[u];
  sigmoids(gates, 2 * n);
  for (int64_t u = 0; u < n; u++) {
    T z = gates[u], state = product[2 * n + u];
    T next = f_tanh(x[2 * n + u] + gates[n + u] * state);
    gates[2 * n + u] = next;
    gates[3 * n + u] = state;
    h[u] = z * h[u] + (1 - z) * next;
  }
}

template <class T>
INLINE void gru_grad(const GruStep<T>& s) {
  const int64_t n = s.units;
  const T *__restrict gates = s.gates, *__restrict before = s.before;
  T *__restrict dh = s.h, *__restrict dx = s.dx, *__restrict dr = s.dr;
  for (int64_t u = 0; u < n; u++) {
    T z = gates[u], r = gates[n + u], next = gates[2 * n + u], state = gates[3 * n + u];
    T through = dh[u] * (1 - z) * (1 - next * next);
    T dz = dh[u] * (before[u] - next) * z * (1 - z);
    T dreset = through * state * r * (1 - r);
    dx[u] = dz;
    dr[u] = dz;
    dx[n + u] = dreset;
    dr[n + u] = dreset;
    dx[2 * n + u] = through;
    dr[2 * n + u] = through * r;
    dh[u] *= z;
  }
}

#define KERNELS(name, attribute, T, bytes, large)                                                                     \
  namespace name {                                                                                                    \
  attribute void multiply_all(int64_t rows, int64_t inner, int64_t columns, const T* a, int64_t a_stride, const T* b, \
                              T* c, int64_t stride) {                                                                 \
    multiply<T, bytes, large>(rows, inner, columns, a, a_stride, b, c, stride);                                       \
  }                                                                                                                   \
  attribute void lstm_all(const LstmStep<T>& step) { lstm(step); }                                                    \
  attribute void lstm_grad_all(const LstmStep<T>& step) { lstm_grad(step); }                                          \
  attribute void gru_all(const GruStep<T>& step) { gru(step); }                                                       \
  attribute void gru_grad_all(const GruStep<T>& step) { gru_grad(step); }                                             \
  constexpr RecurrentKernels<T> table{4 * bytes / sizeof(T), multiply_all, lstm_all, lstm_grad_all, gru_all, gru_grad_all}; \
  }

#define V4 __attribute__((target("arch=x86-64-v4,prefer-vector-width=512")))
#define V3 __attribute__((target("arch=x86-64-v3")))
KERNELS(f32_v4, V4, float, 64, true)
KERNELS(f64_v4, V4, double, 64, true)
KERNELS(f32_v3, V3, float, 32, false)
KERNELS(f64_v3, V3, double, 32, false)
KERNELS(f32_v1, , float, 16, false)
KERNELS(f64_v1, , double, 16, false)

int level() {
  __builtin_cpu_init();
  return __builtin_cpu_supports("x86-64-v4") ? 4 : __builtin_cpu_supports("x86-64-v3") ? 3 : 1;
}

}  // namespace

const RecurrentKernels<float>& recurrent_kernels(float) {
  int is = level();
  return is == 4 ? f32_v4::table : is == 3 ? f32_v3::table : f32_v1::table;
}

const RecurrentKernels<double>& recurrent_kernels(double) {
  int is = level();
  return is == 4 ? f64_v4::table : is == 3 ? f64_v3::table : f64_v1::table;
}

}  // namespace keratin
