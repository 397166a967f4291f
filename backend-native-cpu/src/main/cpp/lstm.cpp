// LSTM over whole sequences, and its gradient.
#include "recurrent.h"

namespace keratin {
namespace {

/// The operands and results of both directions; those of one that it lacks stay empty.
struct LstmTensors {
  Tensor projected, h0, c0, recurrent, h, c, gates, dh, dc, dprojected, dh0, dc0, mask;
};

template <class T>
struct Lstm final : Recurrence<T, LstmTensors> {
  using Recurrence<T, LstmTensors>::x;
  using Recurrence<T, LstmTensors>::s;
  using Recurrence<T, LstmTensors>::scratch;
  int64_t cell;  // offset of scratch

  Lstm(const LstmTensors& tensors, Planner& planner)
      : Recurrence<T, LstmTensors>(tensors, tensors.projected, 4, false, planner), cell(planner.scratch(s.state_bytes(s.units))) {}

  void sequences(const Frame& frame, int64_t begin, int64_t end) const override {
    const int64_t n = s.units, pitch = s.padded(n), wide = s.padded(4 * n);
    T *h = scratch(frame, this->state), *c = scratch(frame, cell);
    T *z = scratch(frame, this->sums), *matrix = scratch(frame, this->packed);
    T *all_h = frame.at<T>(x.h), *all_c = frame.at<T>(x.c), *gates = frame.at<T>(x.gates);
    const T* projected = frame.at<T>(x.projected);
    s.load(frame.at<T>(x.h0), h, begin, end);
    s.load(frame.at<T>(x.c0), c, begin, end);
    for (int64_t t = 0; t < s.time; t++) {
      for (int64_t i = begin; i < end; i++) {
        const T* own = projected + (i * s.time + t) * 4 * n;
        memcpy(z + i * wide, own, 4 * n * sizeof(T));
        if (t + 1 < s.time) s.fetch(own + 4 * n, 4 * n);
      }
      s.multiply(begin, end, n, 4 * n, h, matrix, z);
      for (int64_t i = begin; i < end; i++) {
        int64_t at = i * s.time + t;
        T *own_h = h + i * pitch, *own_c = c + i * pitch, *own_z = z + i * wide;
        bool skips = s.skips(frame, i, t);
        if (skips) {
          T* spare = gates + at * 4 * n;  // written below
          LstmStep<T> step{n, own_z, spare, spare + n, nullptr, nullptr, nullptr};
          memset(spare, 0, 2 * n * sizeof(T));
          s.kernels.lstm(step);
        } else {
          s.kernels.lstm({n, own_z, own_h, own_c, nullptr, nullptr, nullptr});
        }
        memcpy(gates + at * 4 * n, own_z, 4 * n * sizeof(T));
        memcpy(all_h + at * n, own_h, n * sizeof(T));
        memcpy(all_c + at * n, own_c, n * sizeof(T));
      }
    }
  }
};

template <class T>
struct LstmGrad final : Recurrence<T, LstmTensors> {
  using Recurrence<T, LstmTensors>::x;
  using Recurrence<T, LstmTensors>::s;
  using Recurrence<T, LstmTensors>::scratch;
  int64_t cell;  // offset of scratch

  LstmGrad(const LstmTensors& tensors, Planner& planner)
      : Recurrence<T, LstmTensors>(tensors, tensors.gates, 4, true, planner), cell(planner.scratch(s.state_bytes(s.units))) {}

  void sequences(const Frame& frame, int64_t begin, int64_t end) const override {
    const int64_t n = s.units, pitch = s.padded(n), wide = s.padded(4 * n);
    T *dh = scratch(frame, this->state), *dc = scratch(frame, cell);
    T *dz = scratch(frame, this->sums), *matrix = scratch(frame, this->packed);
    std::fill(dh + begin * pitch, dh + end * pitch, T{0});
    std::fill(dc + begin * pitch, dc + end * pitch, T{0});
    for (int64_t t = s.time - 1; t >= 0; t--) {
      for (int64_t i = begin; i < end; i++) {
        step(frame, i, t, dh + i * pitch, dc + i * pitch, dz + i * wide);
        memcpy(frame.at<T>(x.dprojected) + (i * s.time + t) * 4 * n, dz + i * wide, 4 * n * sizeof(T));
      }
      s.multiply(begin, end, 4 * n, n, dz, matrix, dh);
    }
    s.store(dh, frame.at<T>(x.dh0), begin, end);
    s.store(dc, frame.at<T>(x.dc0), begin, end);
  }

  void step(const Frame& frame, int64_t i, int64_t t, T* dh, T* dc, T* dz) const {
    const int64_t n = s.units, at = i * s.time + t;
    const T *add_h = frame.at<T>(x.dh) + at * n, *add_c = frame.at<T>(x.dc) + at * n;
    if (t > 0) {
      s.fetch(add_h - n, n);
      s.fetch(add_c - n, n);
      s.fetch(frame.at<T>(x.gates) + (at - 1) * 4 * n, 4 * n);
    }
    if (t > 1) s.fetch(frame.at<T>(x.c) + (at - 2) * n, n);
    for (int64_t u = 0; u < n; u++) {
      dh[u] += add_h[u];
      dc[u] += add_c[u];
    }
    if (s.skips(frame, i, t)) {
      std::fill(dz, dz + 4 * n, T{0});
      return;
    }
    const T* all_c = frame.at<T>(x.c);
    const T* before = t == 0 ? frame.at<T>(x.c0) + i * n : all_c + (at - 1) * n;
    s.kernels.lstm_grad({n, frame.at<T>(x.gates) + at * 4 * n, dh, dc, before, all_c + at * n, dz});
  }
};

}  // namespace

/// LSTM := projected h0 c0 recurrent h c gates (each a tensor) masked mask:tensor{masked}
StepPtr decode_lstm(Reader& in, Planner& planner) {
  LstmTensors x;
  for (Tensor* it : {&x.projected, &x.h0, &x.c0, &x.recurrent, &x.h, &x.c, &x.gates}) *it = in.tensor();
  return decode_recurrence<Lstm>(in, x, {&x.projected, &x.h0, &x.c0, &x.recurrent}, {&x.h, &x.c, &x.gates}, planner);
}

/// LSTM_GRAD := h0 c0 recurrent h c gates dh dc dprojected dh0 dc0 (each a tensor) masked mask:tensor{masked}
StepPtr decode_lstm_grad(Reader& in, Planner& planner) {
  LstmTensors x;
  for (Tensor* it : {&x.h0, &x.c0, &x.recurrent, &x.h, &x.c, &x.gates, &x.dh, &x.dc, &x.dprojected, &x.dh0, &x.dc0}) {
    *it = in.tensor();
  }
  return decode_recurrence<LstmGrad>(in, x, {&x.c0, &x.recurrent, &x.c, &x.gates, &x.dh, &x.dc}, {&x.dprojected, &x.dh0, &x.dc0}, planner);
}

}  // namespace keratin
