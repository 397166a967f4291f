// Calls of oneDNN.
#include "onednn.h"

namespace keratin {
namespace {

const dnnl::stream& the_stream() {
  static const dnnl::stream* stream = new dnnl::stream(dnnl_engine());
  return *stream;
}

}  // namespace

const dnnl::engine& dnnl_engine() {
  static const dnnl::engine* engine = new dnnl::engine(dnnl::engine::kind::cpu, 0);
  return *engine;
}

dnnl::memory::data_type dnnl_type(DType type) {
  using T = dnnl::memory::data_type;
  switch (type) {
    case DType::f16:
      return T::f16;
    case DType::bf16:
      return T::bf16;
    case DType::f32:
      return T::f32;
    case DType::i8:
      return T::s8;
    case DType::u8:
      return T::u8;
    case DType::i32:
      return T::s32;
    default:
      throw std::invalid_argument("oneDNN has no such element type");
  }
}

dnnl::memory::desc dnnl_dense(const std::vector<int64_t>& dims, DType type) {
  std::vector<int64_t> strides(dims.size(), 1);
  for (size_t axis = dims.size(); axis-- > 1;) strides[axis - 1] = strides[axis] * dims[axis];
  return dnnl::memory::desc(dims, dnnl_type(type), strides);
}

dnnl::memory::desc dnnl_dense(const Tensor& tensor) { return dnnl_dense(tensor.dims, tensor.dtype); }

dnnl::primitive_attr dnnl_attributes() {
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  return attributes;
}

void DnnlCall::bind(int argument, const dnnl::memory::desc& desc, const Slot& slot, bool scratch) {
  bind_address(argument, desc, nullptr);
  places_.back() = {slot, scratch};
}

void DnnlCall::bind_address(int argument, const dnnl::memory::desc& desc, char* address) {
  memories_.emplace_back(desc, dnnl_engine(), address);
  places_.push_back({{-1, 0}, false});
  arguments_.push_back({argument, memories_.back().get()});
}

void DnnlCall::bind_scratchpad(const dnnl::memory::desc& desc, Planner& planner) {
  if (desc.get_size() == 0) return;
  bind_scratch(DNNL_ARG_SCRATCHPAD, desc, planner.scratch(static_cast<int64_t>(desc.get_size())));
}

void DnnlCall::run(const Frame& frame) {
  for (size_t i = 0; i < places_.size(); i++) {
    const Place& place = places_[i];
    if (place.slot.base < 0) continue;
    char* address = place.scratch ? frame.scratch + place.slot.offset : frame.at(place.slot);
    dnnl_memory_set_data_handle(arguments_[i].memory, address);
  }
  // The C function: the C++ one makes a map and a vector for each call.
  dnnl_status_t status =
      dnnl_primitive_execute(primitive_.get(), the_stream().get(), static_cast<int>(arguments_.size()), arguments_.data());
  if (status == dnnl_out_of_memory) throw OutOfMemory("oneDNN got no memory");
  if (status != dnnl_success) throw std::runtime_error("oneDNN failed with status " + std::to_string(status));
}

}  // namespace keratin
