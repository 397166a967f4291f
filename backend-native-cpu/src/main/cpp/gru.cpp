// GRU over whole sequences, and its gradient.
#include "recurrent.h"

namespace keratin {
namespace {

struct GruTensors {
  Tensor projected, h0, recurrent, bias, h, gates, dh, dprojected, dproduct, dh0, mask;
};

template <class T>
struct Gru final : Recurrence<T, GruTensors> {
  using Recurrence<T, GruTensors>::x;
  using Recurrence<T, GruTensors>::s;
  using Recurrence<T, GruTensors>::scratch;
  int64_t spare;  // offset of scratch

  Gru(const GruTensors& tensors, Planner& planner)
      : Recurrence<T, GruTensors>(tensors, tensors.projected, 3, false, planner), spare(planner.scratch(s.state_bytes(s.units))) {}

  void sequences(const Frame& frame, int64_t begin, int64_t end) const override {
    const int64_t n = s.units, pitch = s.padded(n), wide = s.padded(3 * n);
    T *h = scratch(frame, this->state), *product = scratch(frame, this->sums);
    T *other = scratch(frame, spare), *matrix = scratch(frame, this->packed);
    T *all = frame.at<T>(x.h), *gates = frame.at<T>(x.gates);
    const T *projected = frame.at<T>(x.projected), *bias = frame.at<T>(x.bias);
    s.load(frame.at<T>(x.h0), h, begin, end);
    for (int64_t t = 0; t < s.time; t++) {
      for (int64_t i = begin; i < end; i++) {
        memcpy(product + i * wide, bias, 3 * n * sizeof(T));
        s.fetch(projected + (i * s.time + t) * 3 * n, 3 * n);
      }
      s.multiply(begin, end, n, 3 * n, h, matrix, product);
      for (int64_t i = begin; i < end; i++) {
        int64_t at = i * s.time + t;
        T* own = h + i * pitch;
        T* target = own;
        if (s.skips(frame, i, t)) {
          target = other + i * pitch;
          memcpy(target, own, n * sizeof(T));
        }
        s.kernels.gru({n, projected + at * 3 * n, product + i * wide, gates + at * 4 * n, target, nullptr, nullptr, nullptr});
        memcpy(all + at * n, own, n * sizeof(T));
      }
    }
  }
};

template <class T>
struct GruGrad final : Recurrence<T, GruTensors> {
  using Recurrence<T, GruTensors>::x;
  using Recurrence<T, GruTensors>::s;
  using Recurrence<T, GruTensors>::scratch;

  GruGrad(const GruTensors& tensors, Planner& planner)
      : Recurrence<T, GruTensors>(tensors, tensors.dprojected, 3, true, planner) {}

  void sequences(const Frame& frame, int64_t begin, int64_t end) const override {
    const int64_t n = s.units, pitch = s.padded(n), wide = s.padded(3 * n);
    T *dh = scratch(frame, this->state), *dr = scratch(frame, this->sums);
    T* matrix = scratch(frame, this->packed);
    std::fill(dh + begin * pitch, dh + end * pitch, T{0});
    for (int64_t t = s.time - 1; t >= 0; t--) {
      for (int64_t i = begin; i < end; i++) {
        step(frame, i, t, dh + i * pitch, dr + i * wide);
        memcpy(frame.at<T>(x.dproduct) + (i * s.time + t) * 3 * n, dr + i * wide, 3 * n * sizeof(T));
      }
      s.multiply(begin, end, 3 * n, n, dr, matrix, dh);
    }
    s.store(dh, frame.at<T>(x.dh0), begin, end);
  }

  void step(const Frame& frame, int64_t i, int64_t t, T* dh, T* dr) const {
    const int64_t n = s.units, at = i * s.time + t;
    const T* add = frame.at<T>(x.dh) + at * n;
    T* dx = frame.at<T>(x.dprojected) + at * 3 * n;
    if (t > 0) {
      s.fetch(add - n, n);
      s.fetch(frame.at<T>(x.gates) + (at - 1) * 4 * n, 4 * n);
    }
    if (t > 1) s.fetch(frame.at<T>(x.h) + (at - 2) * n, n);
    for (int64_t u = 0; u < n; u++) dh[u] += add[u];
    if (s.skips(frame, i, t)) {
      std::fill(dx, dx + 3 * n, T{0});
      std::fill(dr, dr + 3 * n, T{0});
      return;
    }
    const T* before = t == 0 ? frame.at<T>(x.h0) + i * n : frame.at<T>(x.h) + (at - 1) * n;
    s.kernels.gru_grad({n, nullptr, nullptr, frame.at<T>(x.gates) + at * 4 * n, dh, before, dx, dr});
  }
};

}  // namespace

/// GRU := projected h0 recurrent bias h gates (each a tensor) masked mask:tensor{masked}
StepPtr decode_gru(Reader& in, Planner& planner) {
  GruTensors x;
  for (Tensor* it : {&x.projected, &x.h0, &x.recurrent, &x.bias, &x.h, &x.gates}) *it = in.tensor();
  return decode_recurrence<Gru>(in, x, {&x.projected, &x.h0, &x.recurrent, &x.bias}, {&x.h, &x.gates}, planner);
}

/// GRU_GRAD := h0 recurrent h gates dh dprojected dproduct dh0 (each a tensor) masked mask:tensor{masked}
StepPtr decode_gru_grad(Reader& in, Planner& planner) {
  GruTensors x;
  for (Tensor* it : {&x.h0, &x.recurrent, &x.h, &x.gates, &x.dh, &x.dprojected, &x.dproduct, &x.dh0}) *it = in.tensor();
  return decode_recurrence<GruGrad>(in, x, {&x.h0, &x.recurrent, &x.h, &x.gates, &x.dh}, {&x.dprojected, &x.dproduct, &x.dh0}, planner);
}

}  // namespace keratin
