// libcudnn.so.9 of the fake device: graphs, computed by their definition; here those of a convolution and functions of its result.
#include "fake_cudnn.h"

namespace {

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

/// Whether the library compiles a kernel for it: here for attention, and where each channel has filters of its own.
bool is_compiled(const Descriptor& graph) {
  if (graph.part(801).type == product_operation) return true;
  Operands operands = Operands::of(graph.part(801));
  return operands.w.all<int64_t>(902)[1] == 1 && operands.x.all<int64_t>(902)[1] > 1;
}

/// Like the library, has no convolutions of some kinds: here of 3 axes with strides.
int finish(Descriptor& d) {
  switch (d.type) {
    case tensor: return d.all<int64_t>(902).size() >= 4 && d.all<int64_t>(902).size() == d.all<int64_t>(903).size() ? 0 : bad_parameter;
    case forward: case backward_data: case backward_filter: return fits(d) ? 0 : bad_parameter;
    case pointwise_operation: case product_operation: case reduction_operation: case reshape_operation:
      return fake_fits(d) ? 0 : bad_parameter;
    case graph: return d.one<void*>(800) ? 0 : bad_parameter;
    case plan: return finish_plan(d);
    case heuristics: {
      if (int status = fake_call("heuristics")) return status;
      const Descriptor& first = d.part(201).part(801);
      if (first.type == product_operation) return fake_attends(d.part(201)) ? 0 : not_supported;
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

/// Engines that can't run: one that may give other results each time, and those that round factors or sums to fewer bits than asked
/// for; a good one comes last.
constexpr int notes[] = {4, 1, 2}, good_engine = 3;

FAKE int cudnnBackendGetAttribute(Descriptor* d, int attribute, int, int64_t, int64_t* count, void* data) {
  if (!d->finished) return bad_parameter;
  *count = 1;
  Descriptor** parts = static_cast<Descriptor**>(data);
  switch (attribute) {
    case 202:
      *count = d->one<int>(200) == 3 ? good_engine + 1 : 0;
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
      *count = d->one<int64_t>(0) != good_engine;
      if (*count == 1) *static_cast<int*>(data) = notes[d->one<int64_t>(0)];
      return 0;
    case 1305:
      *static_cast<int*>(data) = 0;
      *count = is_compiled(d->part(201));
      return 0;
    case 405: {
      if (int status = fake_call("text")) return status;
      Descriptor* configuration = d->one<Descriptor*>(401);
      std::string text = "plan " + std::to_string(reinterpret_cast<uint64_t>(configuration));
      if (written.emplace(text, configuration).second) configuration->uses++;
      *count = text.size();
      if (data != nullptr) memcpy(data, text.data(), text.size());
      return 0;
    }
    case 402:
      *static_cast<int64_t*>(data) = fake_scratch(d->part(401).part(201));
      return 0;
    default: return bad_parameter;
  }
}
FAKE int cudnnBackendExecute(FakeHandle* handle, Descriptor* plan, Descriptor* pack) {
  if (int status = fake_call(__func__)) return status;
  const Descriptor& chosen = plan->part(401);
  if (!pack->finished || !pack->one<void*>(1003) || chosen.one<int64_t>(0) != good_engine) return execution_failed;
  Run run;
  std::vector<void*> places = pack->all<void*>(1001);
  Numbers ids = pack->all<int64_t>(1000);
  for (size_t i = 0; i < ids.size(); i++) run.memory[ids[i]] = places[i];
  const Descriptor* graph = &chosen.part(201);
  return fake_ask(handle->stream, [=]() mutable {
    Run now = run;
    for (Descriptor* op : graph->all<Descriptor*>(801)) {
      bool convolution = op->type == forward || op->type == backward_data || op->type == backward_filter;
      convolution ? convolve(*op, now) : fake_operation(*op, now);
    }
  });
}
