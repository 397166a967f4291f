// Descriptors of cuDNN's graphs, and what a run of one has computed so far. Numbers are those of cudnn_graph.h.
#pragma once
#include <stdint.h>
#include <string.h>

#include "fake_cuda.h"
#include "shim.h"
#include "kernel.cuh"
#include "elementwise.cuh"

constexpr int bad_parameter = 2000, not_supported = 3000, execution_failed = 5000, misaligned = 716;
enum Type { pointwise = 0, geometry = 1, engine = 2, configuration = 3, heuristics = 4, plan = 5, forward = 10, backward_filter = 11,
            backward_data = 12, pointwise_operation = 13, graph = 15, places = 16, tensor = 17, product_operation = 19,
            reduction_operation = 22, reshape_operation = 31 };

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
  /// The element of a place in a tensor that this one stretches to.
  double& stretched(const Numbers& place) {
    int64_t offset = 0;
    for (size_t axis = 0; axis < dims.size(); axis++) offset += place[axis] % dims[axis] * strides[axis];
    return at.at(offset);
  }
  double& of(int64_t first, int64_t second, const Numbers& place) {
    int64_t offset = first * strides[0] + second * strides[1];
    for (size_t axis = 0; axis < place.size(); axis++) offset += place[axis] * strides[axis + 2];
    return at.at(offset);
  }
};

template <class S>
inline void load(const void* from, std::vector<double>& to) {
  for (size_t i = 0; i < to.size(); i++) to[i] = Element<S>::load(static_cast<const S*>(from)[i]);
}
template <class S>
inline void store(const std::vector<double>& from, void* to) {
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
    if (d.one<char>(907)) return round(d);
    check(d);
    int64_t id = d.one<int64_t>(906);
    const std::vector<double>& values = tensors.at(id).at;
    switch (d.one<int>(901)) {
      case 0: return store<float>(values, memory.at(id));
      case 2: return store<f16>(values, memory.at(id));
      default: return store<bf16>(values, memory.at(id));
    }
  }
  /// What is never stored has its type all the same.
  void round(const Descriptor& d) {
    int type = d.one<int>(901);
    for (double& value : tensors.at(d.one<int64_t>(906)).at) {
      if (type == 2) value = Element<f16>::load(Element<f16>::store(float(value)));
      if (type == 9) value = Element<bf16>::load(Element<bf16>::store(float(value)));
    }
  }
};

/// Computes an operation of any kind but convolutions.
void fake_operation(const Descriptor& op, Run& run);
/// Whether the operands of such an operation fit.
bool fake_fits(const Descriptor& op);
/// Whether a graph is attention that this library has: of 16-bit types forward and backward, of float32 forward, in units of 8 up to 128.
bool fake_attends(const Descriptor& graph);
/// Bytes of working memory of a graph.
int64_t fake_scratch(const Descriptor& graph);
