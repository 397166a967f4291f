// libcudnn.so.9 of the fake device: graphs of a convolution and functions of its result, computed by the definition. Numbers
// are those of cudnn_graph.h.
#include <stdint.h>
#include <string.h>

#include "fake_cuda.h"
#include "shim.h"
#include "kernel.cuh"
#include "elementwise.cuh"

namespace {

constexpr int bad_parameter = 2000, not_supported = 3000, execution_failed = 5000, misaligned = 716;
enum Type { pointwise = 0, geometry = 1, engine = 2, configuration = 3, heuristics = 4, plan = 5, backward_filter = 11,
            backward_data = 12, pointwise_operation = 13, graph = 15, pack = 16, tensor = 17, forward = 10 };

/// What others were made of lives as long as they do, whoever destroys it.
struct Descriptor {
  int type;
  bool finished = false;
  std::map<int, std::string> attributes = {};
  std::vector<Descriptor*> kept = {};
  int uses = 1;

  Descriptor* keep(Descriptor* other) {
    other->uses++;
    kept.push_back(other);
    return other;
  }
  void release() {
    if (--uses > 0) return;
    for (Descriptor* each : kept) each->release();
    delete this;
  }

  template <class T>
  std::vector<T> all(int attribute) const {
    auto found = attributes.find(attribute);
    if (found == attributes.end()) return {};
    std::vector<T> values(found->second.size() / sizeof(T));
    memcpy(values.data(), found->second.data(), found->second.size());
    return values;
  }
  template <class T>
  T one(int attribute, T otherwise = T()) const {
    std::vector<T> values = all<T>(attribute);
    return values.empty() ? otherwise : values[0];
  }
  const Descriptor& part(int attribute) const { return *one<Descriptor*>(attribute); }
  template <class T>
  void set(int attribute, T value) { attributes[attribute] = std::string(reinterpret_cast<char*>(&value), sizeof value); }
};

typedef std::vector<int64_t> Numbers;

/// Elements of a tensor [first, second, spatial...], as they lie in memory.
struct Elements {
  Numbers dims, strides;
  std::vector<double> at;

  explicit Elements(const Descriptor& d) : dims(d.all<int64_t>(902)), strides(d.all<int64_t>(903)) {
    int64_t count = 1;
    for (int64_t dim : dims) count *= dim;
    at.resize(count);
  }
  int64_t places() const {
    int64_t count = 1;
    for (size_t axis = 2; axis < dims.size(); axis++) count *= dims[axis];
    return count;
  }
  /// The parts of a row-major number of a place.
  Numbers place(int64_t i) const {
    Numbers parts(dims.size() - 2);
    for (size_t axis = dims.size(); axis-- > 2; i /= dims[axis]) parts[axis - 2] = i % dims[axis];
    return parts;
  }
  double& of(int64_t first, int64_t second, const Numbers& place) {
    int64_t offset = first * strides[0] + second * strides[1];
    for (size_t axis = 0; axis < place.size(); axis++) offset += place[axis] * strides[axis + 2];
    return at.at(offset);
  }
};

template <class S>
void load(const void* from, std::vector<double>& to) {
  for (size_t i = 0; i < to.size(); i++) to[i] = Element<S>::load(static_cast<const S*>(from)[i]);
}
template <class S>
void store(const std::vector<double>& from, void* to) {
  for (size_t i = 0; i < from.size(); i++) static_cast<S*>(to)[i] = Element<S>::store(float(from[i]));
}

/// One run of a graph: the tensors that have been read or computed so far, by their number.
struct Run {
  std::map<int64_t, void*> memory;
  std::map<int64_t, Elements> tensors;

  Elements& read(const Descriptor& d) {
    int64_t id = d.one<int64_t>(906);
    auto known = tensors.find(id);
    if (known != tensors.end()) return known->second;
    check(d);
    Elements& elements = tensors.emplace(id, Elements(d)).first->second;
    switch (d.one<int>(901)) {
      case 0: load<float>(memory.at(id), elements.at); break;
      case 2: load<f16>(memory.at(id), elements.at); break;
      default: load<bf16>(memory.at(id), elements.at);
    }
    return elements;
  }
  /// A tensor has to lie as it was said to.
  void check(const Descriptor& d) {
    if (reinterpret_cast<uint64_t>(memory.at(d.one<int64_t>(906))) % d.one<int64_t>(900) != 0) fake_break(misaligned);
  }
  Elements& make(const Descriptor& d) { return tensors.emplace(d.one<int64_t>(906), Elements(d)).first->second; }
  void write(const Descriptor& d) {
    if (d.one<char>(907)) return;
    check(d);
    int64_t id = d.one<int64_t>(906);
    const std::vector<double>& values = tensors.at(id).at;
    switch (d.one<int>(901)) {
      case 0: return store<float>(values, memory.at(id));
      case 2: return store<f16>(values, memory.at(id));
      default: return store<bf16>(values, memory.at(id));
    }
  }
};

/// The descriptors of an operation's geometry, kernel, input and output.
struct Operands {
  const Descriptor &shape, &w, &x, &y;

  static Operands of(const Descriptor& op) {
    int first = op.type == forward ? 702 : op.type == backward_data ? 708 : 714;
    return {op.part(first), op.part(first + 1), op.part(first + 2), op.part(first + 3)};
  }
  const Descriptor& result(int type) const { return type == forward ? y : type == backward_data ? x : w; }
};

void convolve(const Descriptor& op, Run& run) {
  Operands operands = Operands::of(op);
  auto take = [&](const Descriptor& d) -> Elements& { return &d == &operands.result(op.type) ? run.make(d) : run.read(d); };
  Elements &w = take(operands.w), &x = take(operands.x), &y = take(operands.y);
  Numbers low = operands.shape.all<int64_t>(105), dilations = operands.shape.all<int64_t>(102), strides = operands.shape.all<int64_t>(103);
  int64_t depth = w.dims[1], group_filters = w.dims[0] / (x.dims[1] / depth);
  for (int64_t place = 0; place < y.places(); place++) {
    for (int64_t tap = 0; tap < w.places(); tap++) {
      Numbers to = y.place(place), window = w.place(tap), from(to.size());
      bool inside = true;
      for (size_t axis = 0; axis < to.size(); axis++) {
        from[axis] = to[axis] * strides[axis] - low[axis] + window[axis] * dilations[axis];
        inside &= from[axis] >= 0 && from[axis] < x.dims[axis + 2];
      }
      if (!inside) continue;
      for (int64_t n = 0; n < y.dims[0]; n++) {
        for (int64_t k = 0; k < w.dims[0]; k++) {
          for (int64_t c = 0; c < depth; c++) {
            double &a = x.of(n, k / group_filters * depth + c, from), &b = w.of(k, c, window), &sum = y.of(n, k, to);
            if (op.type == forward) sum += a * b;
            if (op.type == backward_data) a += sum * b;
            if (op.type == backward_filter) b += a * sum;
          }
        }
      }
    }
  }
  run.write(operands.result(op.type));
}

void apply(const Descriptor& op, Run& run) {
  const Descriptor& function = op.part(750);
  Elements &x = run.read(op.part(751)), &y = run.make(op.part(753));
  bool adds = function.one<int>(0) == 0;
  for (int64_t place = 0; place < y.places(); place++) {
    for (int64_t n = 0; n < y.dims[0]; n++) {
      for (int64_t k = 0; k < y.dims[1]; k++) {
        Numbers at = y.place(place);
        double value = x.of(n, k, at);
        if (adds) {
          Elements& b = run.read(op.part(752));
          for (size_t axis = 0; axis < at.size(); axis++) at[axis] %= b.dims[axis + 2];
          y.of(n, k, y.place(place)) = value + b.of(n % b.dims[0], k % b.dims[1], at);
        } else {
          y.of(n, k, at) = value > 0 || (value != value && function.one<int>(2) == 1) ? value : 0;
        }
      }
    }
  }
  run.write(op.part(753));
}

int width(int type) {
  switch (type) {
    case 0: case 3: case 5: case 6: case 15: return 8;
    case 2: case 24: return 1;
    default: return 4;
  }
}

bool fits(const Descriptor& op) {
  Operands operands = Operands::of(op);
  Elements w(operands.w), x(operands.x), y(operands.y);
  const Descriptor& shape = operands.shape;
  bool good = x.dims[0] == y.dims[0] && w.dims[0] == y.dims[1] && x.dims[1] % w.dims[1] == 0 && shape.one<int>(101) == 1;
  for (int64_t axis = 0; axis < shape.one<int64_t>(106); axis++) {
    int64_t span = shape.all<int64_t>(102)[axis] * (w.dims[axis + 2] - 1) + 1;
    int64_t length = x.dims[axis + 2] + shape.all<int64_t>(104)[axis] + shape.all<int64_t>(105)[axis];
    good &= (length - span) / shape.all<int64_t>(103)[axis] + 1 == y.dims[axis + 2];
  }
  return good;
}

/// Configurations of plans that were written as text, which here is their address.
std::map<std::string, Descriptor*> written;

/// A plan of a configuration or of a text.
int finish_plan(Descriptor& plan) {
  if (!plan.one<void*>(400)) return bad_parameter;
  if (!plan.attributes.count(405)) return 0;
  auto found = written.find(plan.attributes[405]);
  if (found == written.end()) return bad_parameter;
  plan.set(401, plan.keep(found->second));
  return 0;
}

/// Whether the library compiles a kernel for it: here where each channel has filters of its own.
bool is_compiled(const Descriptor& graph) {
  Operands operands = Operands::of(graph.part(801));
  return operands.w.all<int64_t>(902)[1] == 1 && operands.x.all<int64_t>(902)[1] > 1;
}

/// Like the library, has no convolutions of some kinds: here of 3 axes with strides.
int finish(Descriptor& d) {
  switch (d.type) {
    case tensor: return d.all<int64_t>(902).size() >= 4 && d.all<int64_t>(902).size() == d.all<int64_t>(903).size() ? 0 : bad_parameter;
    case forward: case backward_data: case backward_filter: return fits(d) ? 0 : bad_parameter;
    case graph: return d.one<void*>(800) ? 0 : bad_parameter;
    case plan: return finish_plan(d);
    case heuristics: {
      if (int status = fake_call("heuristics")) return status;
      const Descriptor& first = d.part(201).part(801);
      Numbers strides = Operands::of(first).shape.all<int64_t>(103);
      return strides.size() == 3 && strides[0] > 1 ? not_supported : 0;
    }
    default: return 0;
  }
}

}  // namespace

FAKE long cudnnGetVersion() { return 91900; }
FAKE const char* cudnnGetErrorString(int) { return "CUDNN_STATUS"; }
FAKE void cudnnGetLastErrorString(char* text, size_t) { *text = 0; }
FAKE int cudnnCreate(FakeHandle** out) {
  *out = new FakeHandle{nullptr};
  return fake_call(__func__);
}
FAKE int cudnnSetStream(FakeHandle* handle, FakeStream* stream) {
  handle->stream = stream;
  return 0;
}
FAKE int cudnnBackendCreateDescriptor(int type, Descriptor** out) {
  *out = new Descriptor{type};
  fake_live("descriptor", 1);
  return 0;
}
FAKE int cudnnBackendDestroyDescriptor(Descriptor* d) {
  fake_live("descriptor", -1);
  d->release();
  return 0;
}
FAKE int cudnnBackendSetAttribute(Descriptor* d, int attribute, int type, int64_t count, const void* data) {
  if (d->finished) return bad_parameter;
  for (int64_t i = 0; type == 15 && i < count; i++) {
    if (!d->keep(static_cast<Descriptor* const*>(data)[i])->finished) return bad_parameter;
  }
  d->attributes[attribute] = std::string(static_cast<const char*>(data), count * width(type));
  return 0;
}
FAKE int cudnnBackendFinalize(Descriptor* d) {
  int status = finish(*d);
  d->finished = status == 0;
  return status;
}

/// Two engines: the first one, which may give other results each time, can't run.
FAKE int cudnnBackendGetAttribute(Descriptor* d, int attribute, int, int64_t, int64_t* count, void* data) {
  if (!d->finished) return bad_parameter;
  *count = 1;
  Descriptor** parts = static_cast<Descriptor**>(data);
  switch (attribute) {
    case 202:
      *count = d->one<int>(200) == 3 ? 2 : 0;
      for (int64_t i = 0; i < *count; i++) {
        parts[i]->set(0, i);
        parts[i]->set(201, parts[i]->keep(d->one<Descriptor*>(201)));
        parts[i]->finished = true;
      }
      return 0;
    case 300:
      parts[0]->set(0, d->one<int64_t>(0));
      parts[0]->set(201, parts[0]->keep(d->one<Descriptor*>(201)));
      parts[0]->finished = true;
      return 0;
    case 1303:
      *static_cast<int*>(data) = 4;
      *count = d->one<int64_t>(0) == 0;
      return 0;
    case 1305:
      *static_cast<int*>(data) = 0;
      *count = is_compiled(d->part(201));
      return 0;
    case 405: {
      Descriptor* configuration = d->one<Descriptor*>(401);
      std::string text = "plan " + std::to_string(reinterpret_cast<uint64_t>(configuration));
      if (written.emplace(text, configuration).second) configuration->uses++;
      *count = text.size();
      if (data != nullptr) memcpy(data, text.data(), text.size());
      return 0;
    }
    case 402:
      *static_cast<int64_t*>(data) = 256;
      return 0;
    default: return bad_parameter;
  }
}
FAKE int cudnnBackendExecute(FakeHandle* handle, Descriptor* plan, Descriptor* pack) {
  if (int status = fake_call(__func__)) return status;
  const Descriptor& chosen = plan->part(401);
  if (!pack->finished || !pack->one<void*>(1003) || chosen.one<int64_t>(0) != 1) return execution_failed;
  Run run;
  std::vector<void*> places = pack->all<void*>(1001);
  Numbers ids = pack->all<int64_t>(1000);
  for (size_t i = 0; i < ids.size(); i++) run.memory[ids[i]] = places[i];
  const Descriptor* graph = &chosen.part(201);
  return fake_ask(handle->stream, [=]() mutable {
    Run now = run;
    for (Descriptor* op : graph->all<Descriptor*>(801)) op->type == pointwise_operation ? apply(*op, now) : convolve(*op, now);
  });
}
