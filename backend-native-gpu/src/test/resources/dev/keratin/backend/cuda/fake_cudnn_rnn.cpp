// Recurrent layers of the fake libcudnn_adv.so.9: one layer and direction, with the formulas of cuDNN's documentation, in double.
// Numbers are those of cudnn_adv.h. Weights have a layout of their own, which callers have to ask for.
#include <math.h>
#include <stdint.h>

#include "fake_cuda.h"
#include "shim.h"
#include "kernel.cuh"
#include "elementwise.cuh"

namespace {

constexpr int bad_parameter = 2000, lstm = 2, gru = 3, batch_major_unpacked = 2, padded_io = 1;
constexpr size_t work_bytes = 512;
constexpr double written = 1, differentiated = 2;

struct Tensor {
  int type = -1;
  std::vector<int> dims = {}, strides = {};
};

struct Sequences {
  int type = -1, layout = -1, time = 0, batch = 0, width = 0;
  std::vector<int> lengths = {};
};

/// What an address holds, as numbers.
struct Numbers {
  int type;
  char* at;

  double get(int64_t i) const {
    switch (type) {
      case 0: return reinterpret_cast<float*>(at)[i];
      case 2: return Element<f16>::load(reinterpret_cast<f16*>(at)[i]);
      default: return Element<bf16>::load(reinterpret_cast<bf16*>(at)[i]);
    }
  }
  void put(int64_t i, double value) const {
    switch (type) {
      case 0: reinterpret_cast<float*>(at)[i] = float(value); return;
      case 2: reinterpret_cast<f16*>(at)[i] = Element<f16>::store(float(value)); return;
      default: reinterpret_cast<bf16*>(at)[i] = Element<bf16>::store(float(value));
    }
  }
};

struct Network {
  int mode = 0, type = 0, features = 0, units = 0;

  int gates() const { return mode == lstm ? 4 : 3; }
  int width(int id) const { return id < gates() ? features : units; }
  int bytes() const { return type == 0 ? 4 : 2; }
  /// The bias of a linear layer; its matrix [units, width] follows. The last one comes first, and there are gaps.
  int64_t bias(int id) const {
    int64_t place = 32;
    for (int other = 2 * gates() - 1; other > id; other--) place += units + 3 + int64_t(units) * width(other) + 5;
    return place;
  }
  int64_t matrix(int id) const { return bias(id) + units + 3; }
  size_t weight_bytes() const { return (matrix(0) + int64_t(units) * width(0) + 7) * bytes(); }
};

/// What the forward pass leaves: for each sequence, step and unit the gates, c or the gated sum, and the gradients of the sums.
struct Reserve {
  const Network& n;
  int64_t batch, time;
  double* at;

  int64_t slots() const { return 3 * n.gates() + 1; }
  size_t bytes() const { return (1 + batch * time * n.units * slots()) * sizeof(double); }
  double& stage() const { return at[0]; }
  double* of(int64_t b, int64_t t, int64_t u) const { return at + 1 + ((b * time + t) * n.units + u) * slots(); }
  double& gate(int64_t b, int64_t t, int64_t u, int g) const { return of(b, t, u)[g]; }
  double& state(int64_t b, int64_t t, int64_t u) const { return of(b, t, u)[n.gates()]; }
  /// Of the sum of a linear layer.
  double& gradient(int64_t b, int64_t t, int64_t u, int id) const { return of(b, t, u)[n.gates() + 1 + id]; }
};

/// One call: what it was given.
struct Call {
  Network n;
  int64_t batch, time;
  const int32_t* lengths;
  Numbers x, y, hx, cx, weights, dy, dx, dhx, dcy, dcx, hy, cy;
  double* reserve;

  Reserve kept() const { return {n, batch, time, reserve}; }
  bool fits() const {
    for (int64_t b = 0; b < batch; b++) {
      if (lengths[b] != time) return false;
    }
    return true;
  }
  double initial(const Numbers& state, int64_t b, int64_t u) const { return state.at ? state.get(b * n.units + u) : 0; }
  /// The state before a step.
  double before(int64_t b, int64_t t, int64_t u) const { return t == 0 ? initial(hx, b, u) : y.get((b * time + t - 1) * n.units + u); }
  /// W x + b or R h + b.
  double linear(int id, int64_t b, int64_t t, int64_t u) const {
    double sum = weights.get(n.bias(id) + u);
    for (int64_t k = 0; k < n.width(id); k++) {
      double operand = id < n.gates() ? x.get((b * time + t) * n.features + k) : before(b, t, k);
      sum += weights.get(n.matrix(id) + u * n.width(id) + k) * operand;
    }
    return sum;
  }
};

double sigmoid(double x) { return 1 / (1 + exp(-x)); }

void step(const Call& call, const Reserve& reserve, int64_t b, int64_t t, int64_t u) {
  const Network& n = call.n;
  auto sum = [&](int g) { return call.linear(g, b, t, u) + call.linear(n.gates() + g, b, t, u); };
  double h;
  if (n.mode == lstm) {
    double in = sigmoid(sum(0)), forget = sigmoid(sum(1)), fresh = tanh(sum(2)), out = sigmoid(sum(3));
    double c = forget * (t == 0 ? call.initial(call.cx, b, u) : reserve.state(b, t - 1, u)) + in * fresh;
    h = out * tanh(c);
    double gates[] = {in, forget, fresh, out};
    for (int g = 0; g < 4; g++) reserve.gate(b, t, u, g) = gates[g];
    reserve.state(b, t, u) = c;
  } else {
    double reset = sigmoid(sum(0)), update = sigmoid(sum(1)), gated = call.linear(5, b, t, u);
    double fresh = tanh(call.linear(2, b, t, u) + reset * gated);
    h = (1 - update) * fresh + update * call.before(b, t, u);
    double gates[] = {reset, update, fresh};
    for (int g = 0; g < 3; g++) reserve.gate(b, t, u, g) = gates[g];
    reserve.state(b, t, u) = gated;
  }
  call.y.put((b * call.time + t) * n.units + u, h);
}

void forward(Call call, bool training) {
  std::vector<double> own(call.kept().bytes() / sizeof(double));
  if (!training) call.reserve = own.data();
  Reserve reserve = call.kept();
  int64_t last = call.time - 1;
  for (int64_t t = 0; t < call.time; t++) {
    for (int64_t b = 0; b < call.batch; b++) {
      for (int64_t u = 0; u < call.n.units; u++) step(call, reserve, b, t, u);
    }
  }
  for (int64_t i = 0; i < call.batch * call.n.units; i++) {
    int64_t b = i / call.n.units, u = i % call.n.units;
    if (call.hy.at) call.hy.put(i, call.y.get((b * call.time + last) * call.n.units + u));
    if (call.cy.at) call.cy.put(i, reserve.state(b, last, u));
    if (!call.fits()) call.y.put(i, NAN);
  }
  reserve.stage() = written;
}

/// Gradients of the sums of one step of a unit, from those of its states, which become those that don't go through sums.
void step_back(const Call& call, const Reserve& reserve, int64_t b, int64_t t, int64_t u, double& dh, double& dc) {
  const Network& n = call.n;
  double a[4];
  for (int g = 0; g < n.gates(); g++) a[g] = reserve.gate(b, t, u, g);
  if (n.mode == lstm) {
    double top = tanh(reserve.state(b, t, u)), before = t == 0 ? call.initial(call.cx, b, u) : reserve.state(b, t - 1, u);
    dc += dh * a[3] * (1 - top * top);
    double sums[] = {dc * a[2] * a[0] * (1 - a[0]), dc * before * a[1] * (1 - a[1]), dc * a[0] * (1 - a[2] * a[2]),
                     dh * top * a[3] * (1 - a[3])};
    for (int g = 0; g < 4; g++) reserve.gradient(b, t, u, g) = reserve.gradient(b, t, u, 4 + g) = sums[g];
    dc *= a[1];
    dh = 0;
  } else {
    double fresh = dh * (1 - a[1]) * (1 - a[2] * a[2]);
    double reset = fresh * reserve.state(b, t, u) * a[0] * (1 - a[0]);
    double update = dh * (call.before(b, t, u) - a[2]) * a[1] * (1 - a[1]);
    double sums[] = {reset, update, fresh, reset, update, fresh * a[0]};
    for (int id = 0; id < 6; id++) reserve.gradient(b, t, u, id) = sums[id];
    dh *= a[1];
  }
}

/// What the sums of a step give to element `k` of the input, or of the state before.
double through(const Call& call, const Reserve& reserve, int first, int64_t b, int64_t t, int64_t k) {
  double sum = 0;
  for (int id = first; id < first + call.n.gates(); id++) {
    for (int64_t u = 0; u < call.n.units; u++) {
      sum += call.weights.get(call.n.matrix(id) + u * call.n.width(id) + k) * reserve.gradient(b, t, u, id);
    }
  }
  return sum;
}

void data_gradient(const Call& call) {
  const Network& n = call.n;
  Reserve reserve = call.kept();
  bool good = call.fits() && reserve.stage() == written;
  for (int64_t b = 0; b < call.batch; b++) {
    std::vector<double> dh(n.units), dc(n.units);
    for (int64_t u = 0; u < n.units; u++) dc[u] = call.initial(call.dcy, b, u);
    for (int64_t t = call.time - 1; t >= 0; t--) {
      for (int64_t u = 0; u < n.units; u++) {
        dh[u] += call.dy.get((b * call.time + t) * n.units + u);
        step_back(call, reserve, b, t, u, dh[u], dc[u]);
      }
      for (int64_t u = 0; u < n.units; u++) dh[u] += through(call, reserve, n.gates(), b, t, u);
      for (int64_t k = 0; k < n.features; k++) call.dx.put((b * call.time + t) * n.features + k, good ? through(call, reserve, 0, b, t, k) : NAN);
    }
    for (int64_t u = 0; u < n.units; u++) {
      if (call.dhx.at) call.dhx.put(b * n.units + u, dh[u]);
      if (call.dcx.at) call.dcx.put(b * n.units + u, dc[u]);
    }
  }
  reserve.stage() = differentiated;
}

/// Adds to what is there; `weights` are gradients here.
void weight_gradient(const Call& call) {
  const Network& n = call.n;
  Reserve reserve = call.kept();
  bool good = call.fits() && reserve.stage() == differentiated;
  auto add = [&](int64_t place, double value) { call.weights.put(place, good ? call.weights.get(place) + value : NAN); };
  for (int id = 0; id < 2 * n.gates(); id++) {
    for (int64_t u = 0; u < n.units; u++) {
      std::vector<double> sums(n.width(id) + 1);
      for (int64_t i = 0; i < call.batch * call.time; i++) {
        int64_t b = i / call.time, t = i % call.time;
        double gradient = reserve.gradient(b, t, u, id);
        sums.back() += gradient;
        for (int64_t k = 0; k < n.width(id); k++) sums[k] += gradient * (id < n.gates() ? call.x.get(i * n.features + k) : call.before(b, t, k));
      }
      add(n.bias(id) + u, sums.back());
      for (int64_t k = 0; k < n.width(id); k++) add(n.matrix(id) + u * n.width(id) + k, sums[k]);
    }
  }
}

bool are_states(const Network& n, const Sequences& x, const Tensor& states) {
  return states.type == n.type && states.dims == std::vector<int>{1, x.batch, n.units}
      && states.strides == std::vector<int>{x.batch * n.units, n.units, 1};
}

bool fits(const Network& n, const Sequences& s, int width) {
  return s.type == n.type && s.layout == batch_major_unpacked && s.width == width && s.lengths == std::vector<int>(s.batch, s.time);
}

/// What all three passes check; a call without operands yet.
struct Checked {
  bool good;
  Call call;

  Checked(const Network& n, const void* lengths, const Sequences& x, const Sequences& y, const Tensor& h, size_t weight_bytes,
          const void* weights, size_t work, const void* work_space, bool training, size_t reserve_bytes, void* reserve)
      : call{n, x.batch, x.time, static_cast<const int32_t*>(lengths)} {
    call.weights = numbers(weights);
    call.reserve = static_cast<double*>(reserve);
    size_t needed = training ? call.kept().bytes() : 0;
    good = lengths && fits(n, x, n.features) && fits(n, y, n.units) && x.batch == y.batch && x.time == y.time && are_states(n, x, h)
        && weights && weight_bytes == n.weight_bytes() && work_space && work >= work_bytes && reserve_bytes >= needed && (!training || reserve)
        && ((reinterpret_cast<uint64_t>(weights) | reinterpret_cast<uint64_t>(work_space) | reinterpret_cast<uint64_t>(reserve)) % 256) == 0;
  }
  Numbers numbers(const void* at) const { return {call.n.type, static_cast<char*>(const_cast<void*>(at))}; }
};

}  // namespace

FAKE int cudnnCreateTensorDescriptor(Tensor** out) {
  fake_live("tensor descriptor", 1);
  *out = new Tensor();
  return 0;
}
FAKE int cudnnDestroyTensorDescriptor(Tensor* d) {
  fake_live("tensor descriptor", -1);
  delete d;
  return 0;
}
FAKE int cudnnSetTensorNdDescriptor(Tensor* d, int type, int rank, const int* dims, const int* strides) {
  *d = {type, {dims, dims + rank}, {strides, strides + rank}};
  return rank < 3 ? bad_parameter : 0;
}
FAKE int cudnnGetTensorNdDescriptor(const Tensor* d, int most, int* type, int* rank, int* dims, int* strides) {
  *type = d->type;
  *rank = int(d->dims.size());
  for (int i = 0; i < *rank && i < most; i++) {
    dims[i] = d->dims[i];
    strides[i] = d->strides[i];
  }
  return 0;
}

/// Only what applies no dropout: there are no numbers for another.
FAKE int cudnnCreateDropoutDescriptor(int** out) {
  *out = new int(0);
  return 0;
}
FAKE int cudnnSetDropoutDescriptor(int* d, FakeHandle*, float dropout, void*, size_t, unsigned long long) {
  *d = 1;
  return dropout == 0 ? 0 : bad_parameter;
}

FAKE int cudnnCreateRNNDataDescriptor(Sequences** out) {
  fake_live("sequence descriptor", 1);
  *out = new Sequences();
  return 0;
}
FAKE int cudnnSetRNNDataDescriptor(Sequences* d, int type, int layout, int time, int batch, int width, const int* lengths, void*) {
  *d = {type, layout, time, batch, width, {lengths, lengths + batch}};
  return time > 0 && batch > 0 && width > 0 ? 0 : bad_parameter;
}
FAKE int cudnnDestroyRNNDataDescriptor(Sequences* d) {
  fake_live("sequence descriptor", -1);
  delete d;
  return 0;
}
FAKE int cudnnDestroyRNNDescriptor(Network* d) {
  fake_live("network descriptor", -1);
  delete d;
  return 0;
}
FAKE int cudnnCreateRNNDescriptor(Network** out) {
  fake_live("network descriptor", 1);
  *out = new Network();
  return 0;
}
FAKE int cudnnSetRNNDescriptor_v8(Network* d, int algorithm, int mode, int biases, int direction, int input, int type, int precision, int math,
                                  int features, int units, int projection, int layers, int* dropout, uint32_t flags) {
  if (int status = fake_call(__func__)) return status;
  *d = {mode, type, features, units};
  int by_default = 0, exact = 3, tensor_cores = 1;
  bool good = (algorithm == 0 || algorithm == 3) && (mode == lstm || mode == gru) && biases == 2 && direction == 0 && input == 0 && precision == 0
      && (type == 0 ? math == by_default || math == exact : math == tensor_cores) && projection == units && layers == 1 && *dropout == 1 && flags == padded_io;
  return good ? 0 : bad_parameter;
}
FAKE int cudnnGetRNNWeightSpaceSize(FakeHandle*, const Network* n, size_t* bytes) {
  *bytes = n->weight_bytes();
  return 0;
}
FAKE int cudnnGetRNNWeightParams(FakeHandle*, const Network* n, int layer, size_t bytes, char* start, int id, Tensor* m, void** matrix,
                                 Tensor* b, void** bias) {
  if (layer != 0 || bytes != n->weight_bytes() || id < 0 || id >= 2 * n->gates()) return bad_parameter;
  *m = {n->type, {1, n->units, n->width(id)}, {n->units * n->width(id), n->width(id), 1}};
  *b = {n->type, {1, n->units, 1}, {n->units, 1, 1}};
  *matrix = start + n->matrix(id) * n->bytes();
  *bias = start + n->bias(id) * n->bytes();
  return 0;
}
FAKE int cudnnGetRNNTempSpaceSizes(FakeHandle*, const Network* n, int mode, const Sequences* x, size_t* work, size_t* reserve) {
  *work = work_bytes;
  *reserve = mode == 1 ? Reserve{*n, x->batch, x->time, nullptr}.bytes() : 0;
  return 0;
}
FAKE int cudnnRNNForward(FakeHandle* handle, Network* n, int mode, const void* lengths, Sequences* x, const void* x_at, Sequences* y, void* y_at,
                         Tensor* h, const void* hx, void* hy, Tensor* c, const void* cx, void* cy, size_t weight_bytes, const void* weights,
                         size_t work_bytes, void* work, size_t reserve_bytes, void* reserve) {
  if (int status = fake_call(__func__)) return status;
  bool training = mode == 1;
  Checked checked(*n, lengths, *x, *y, *h, weight_bytes, weights, work_bytes, work, training, reserve_bytes, reserve);
  if (!checked.good || !x_at || !y_at) return bad_parameter;
  Call call = checked.call;
  call.x = checked.numbers(x_at), call.y = checked.numbers(y_at), call.hx = checked.numbers(hx), call.hy = checked.numbers(hy);
  call.cx = checked.numbers(cx), call.cy = checked.numbers(cy);
  return fake_ask(handle->stream, [=] { forward(call, training); });
}
FAKE int cudnnRNNBackwardData_v8(FakeHandle* handle, Network* n, const void* lengths, Sequences* y, const void* y_at, const void* dy,
                                 Sequences* x, void* dx, Tensor* h, const void* hx, const void* dhy, void* dhx, Tensor* c, const void* cx,
                                 const void* dcy, void* dcx, size_t weight_bytes, const void* weights, size_t work_bytes, void* work,
                                 size_t reserve_bytes, void* reserve) {
  if (int status = fake_call(__func__)) return status;
  Checked checked(*n, lengths, *x, *y, *h, weight_bytes, weights, work_bytes, work, true, reserve_bytes, reserve);
  if (!checked.good || !y_at || !dy || !dx || dhy) return bad_parameter;
  Call call = checked.call;
  call.y = checked.numbers(y_at), call.dy = checked.numbers(dy), call.dx = checked.numbers(dx), call.hx = checked.numbers(hx);
  call.dhx = checked.numbers(dhx), call.cx = checked.numbers(cx), call.dcy = checked.numbers(dcy), call.dcx = checked.numbers(dcx);
  return fake_ask(handle->stream, [=] { data_gradient(call); });
}
FAKE int cudnnRNNBackwardWeights_v8(FakeHandle* handle, Network* n, int mode, const void* lengths, Sequences* x, const void* x_at, Tensor* h,
                                    const void* hx, Sequences* y, const void* y_at, size_t weight_bytes, void* gradients, size_t work_bytes,
                                    void* work, size_t reserve_bytes, void* reserve) {
  if (int status = fake_call(__func__)) return status;
  Checked checked(*n, lengths, *x, *y, *h, weight_bytes, gradients, work_bytes, work, true, reserve_bytes, reserve);
  if (!checked.good || mode != 0 || !x_at || !y_at) return bad_parameter;
  Call call = checked.call;
  call.x = checked.numbers(x_at), call.y = checked.numbers(y_at), call.hx = checked.numbers(hx);
  return fake_ask(handle->stream, [=] { weight_gradient(call); });
}
