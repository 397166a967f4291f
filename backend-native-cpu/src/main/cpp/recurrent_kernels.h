// The inner loops of recurrent layers, for the processor's instruction set.
#pragma once
#include <cstdint>

namespace keratin {

/// One step of one sequence of an LSTM; `units` elements each, gates four times as many.
template <class T>
struct LstmStep {
  int64_t units;
  T* gates;  ///< forward: sums in, i f g o out; backward: i f g o
  T* h;      ///< forward: out; backward: gradient in, 0 out
  T* c;      ///< forward: before in, after out; backward: gradient after in, before out
  const T* before;  ///< backward: c before the step
  const T* after;   ///< backward: c after the step
  T* dz;            ///< backward: gradients of the sums
};

/// One step of one sequence of a GRU.
template <class T>
struct GruStep {
  int64_t units;
  const T* x;        ///< forward: the input's sums
  const T* product;  ///< forward: the state's sums
  T* gates;          ///< forward: z r n r_n out; backward: in
  T* h;              ///< forward: before in, after out; backward: gradient after in, that of the direct way out
  const T* before;   ///< backward: h before the step
  T* dx;             ///< backward: gradients of the input's sums
  T* dr;             ///< backward: gradients of the state's sums
};

template <class T>
struct RecurrentKernels {
  int64_t panel;  ///< how many columns lie side by side in a packed matrix
  /// c[rows, columns] += a[rows, inner] * b, where b is packed: for each panel of columns its rows. `columns` is a
  /// multiple of `panel`; `stride` is that of c.
  void (*multiply)(int64_t rows, int64_t inner, int64_t columns, const T* a, int64_t a_stride, const T* b, T* c, int64_t stride);
  void (*lstm)(const LstmStep<T>& step);
  void (*lstm_grad)(const LstmStep<T>& step);
  void (*gru)(const GruStep<T>& step);
  void (*gru_grad)(const GruStep<T>& step);
};

const RecurrentKernels<float>& recurrent_kernels(float);
const RecurrentKernels<double>& recurrent_kernels(double);

}  // namespace keratin
