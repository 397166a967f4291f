// Operands in the layout that a primitive wants, kept from run to run.
#include "kept.h"

#include "memory.h"

namespace keratin {

KeptOperand::KeptOperand(const dnnl::memory::desc& from, const Slot& slot, const dnnl::memory::desc& to, Planner& planner)
    : slot_(slot), memory_(nullptr) {
  dnnl::reorder::primitive_desc desc(dnnl_engine(), from, dnnl_engine(), to, dnnl_attributes());
  reorder_ = DnnlCall(dnnl::reorder(desc));
  reorder_.bind_scratchpad(desc.scratchpad_desc(), planner);
  memory_ = allocate(static_cast<int64_t>(to.get_size()));
  if (memory_ == nullptr) throw OutOfMemory(std::to_string(to.get_size()) + " bytes for a reordered operand can't be had");
  reorder_.bind(DNNL_ARG_FROM, from, slot);
  reorder_.bind_address(DNNL_ARG_TO, to, memory_);
}

KeptOperand::~KeptOperand() { release(memory_); }

void KeptOperand::refresh(const Frame& frame) {
  const char* source = frame.at(slot_);
  int64_t version = frame.version(slot_);
  if (source == source_ && version == version_) return;
  reorder_.run(frame);
  source_ = source;
  version_ = version;
}

}  // namespace keratin
