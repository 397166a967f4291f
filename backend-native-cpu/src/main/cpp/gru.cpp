// GRU over whole sequences, and its gradient.
#include "halves.h"
#include "recurrent.h"

namespace keratin {
namespace {

struct GruTensors {
  Tensor projected, h0, recurrent, bias, h, gates, dh, dprojected, dproduct, dh0, mask;
};

template <class T>
struct Gru final : Step {
  GruTensors x;
  Sequences<T> s;
  int64_t packed, state, sums, spare;  // offsets of scratch

  Gru(const GruTensors& tensors, Planner& planner) : x(tensors), s(x.projected, 3) {
    s.mask = x.mask;
    packed = planner.scratch(s.packed_bytes(s.units, 3 * s.units));
    state = planner.scratch(s.state_bytes(s.units));
    sums = planner.scratch(s.state_bytes(3 * s.units));
    spare = planner.scratch(s.state_bytes(s.units));
  }

  void run(const Frame& frame) override {
    s.pack(frame.at<T>(x.recurrent), false, reinterpret_cast<T*>(frame.scratch + packed));
    s.split([&](int64_t begin, int64_t end) { sequences(frame, begin, end); });
  }

  void sequences(const Frame& frame, int64_t begin, int64_t end) const {
    const int64_t n = s.units, pitch = s.padded(n), wide = s.padded(3 * n);
    T *h = reinterpret_cast<T*>(frame.scratch + state), *product = reinterpret_cast<T*>(frame.scratch + sums);
    T *other = reinterpret_cast<T*>(frame.scratch + spare), *matrix = reinterpret_cast<T*>(frame.scratch + packed);
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
struct GruGrad final : Step {
  GruTensors x;
  Sequences<T> s;
  int64_t packed, state, sums;

  GruGrad(const GruTensors& tensors, Planner& planner) : x(tensors), s(x.dprojected, 3) {
    s.mask = x.mask;
    packed = planner.scratch(s.packed_bytes(3 * s.units, s.units));
    state = planner.scratch(s.state_bytes(s.units));
    sums = planner.scratch(s.state_bytes(3 * s.units));
  }

  void run(const Frame& frame) override {
    s.pack(frame.at<T>(x.recurrent), true, reinterpret_cast<T*>(frame.scratch + packed));
    s.split([&](int64_t begin, int64_t end) { sequences(frame, begin, end); });
  }

  void sequences(const Frame& frame, int64_t begin, int64_t end) const {
    const int64_t n = s.units, pitch = s.padded(n), wide = s.padded(3 * n);
    T *dh = reinterpret_cast<T*>(frame.scratch + state), *dr = reinterpret_cast<T*>(frame.scratch + sums);
    T* matrix = reinterpret_cast<T*>(frame.scratch + packed);
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

template <template <class> class Kind>
StepPtr make(GruTensors& x, Planner& planner) {
  switch (x.gates.dtype) {
    case DType::f32:
      return std::make_unique<Kind<float>>(x, planner);
    case DType::f64:
      return std::make_unique<Kind<double>>(x, planner);
    default:
      throw std::invalid_argument("no GRU for this element type");
  }
}

std::vector<Tensor*> masks(GruTensors& x) {
  return x.mask.dims.empty() ? std::vector<Tensor*>{} : std::vector<Tensor*>{&x.mask};
}

}  // namespace

/// GRU := projected h0 recurrent bias h gates (each a tensor) masked mask:tensor{masked}
StepPtr decode_gru(Reader& in, Planner& planner) {
  GruTensors x;
  for (Tensor* it : {&x.projected, &x.h0, &x.recurrent, &x.bias, &x.h, &x.gates}) *it = in.tensor();
  if (in.flag()) x.mask = in.tensor();
  if (!is_half(x.gates.dtype)) return make<Gru>(x, planner);
  return widened({&x.projected, &x.h0, &x.recurrent, &x.bias}, {&x.h, &x.gates}, masks(x), planner,
                 [&](Planner& inner) { return make<Gru>(x, inner); });
}

/// GRU_GRAD := h0 recurrent h gates dh dprojected dproduct dh0 (each a tensor) masked mask:tensor{masked}
StepPtr decode_gru_grad(Reader& in, Planner& planner) {
  GruTensors x;
  for (Tensor* it : {&x.h0, &x.recurrent, &x.h, &x.gates, &x.dh, &x.dprojected, &x.dproduct, &x.dh0}) *it = in.tensor();
  if (in.flag()) x.mask = in.tensor();
  if (!is_half(x.gates.dtype)) return make<GruGrad>(x, planner);
  return widened({&x.h0, &x.recurrent, &x.h, &x.gates, &x.dh}, {&x.dprojected, &x.dproduct, &x.dh0}, masks(x), planner,
                 [&](Planner& inner) { return make<GruGrad>(x, inner); });
}

}  // namespace keratin
