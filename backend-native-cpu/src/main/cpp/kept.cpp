// Operands in the layout that a primitive wants, kept from run to run.
#include "kept.h"

#include "memory.h"

namespace keratin {

KeptOperand::KeptOperand(const dnnl::memory::desc& from, const Tensor& operand, const dnnl::memory::desc& to, bool is_alone,
                         Planner& planner)
    : operand_(operand), memory_(allocate(static_cast<int64_t>(to.get_size())), release) {
  if (memory_ == nullptr) throw OutOfMemory(std::to_string(to.get_size()) + " bytes for a reordered operand can't be had");
  dnnl::reorder::primitive_desc desc(dnnl_engine(), from, dnnl_engine(), to, dnnl_attributes());
  reorder_ = DnnlCall(dnnl::reorder(desc));
  reorder_.bind_scratchpad(desc.scratchpad_desc(), planner);
  reorder_.bind(DNNL_ARG_FROM, from, operand.slot);
  reorder_.bind_address(DNNL_ARG_TO, to, address());
  if (is_alone) prepare_return(from, to, planner);
}

/// The way back is prepared beforehand, so that it takes neither memory nor anything else that can fail.
void KeptOperand::prepare_return(const dnnl::memory::desc& from, const dnnl::memory::desc& to, Planner& planner) {
  dnnl::reorder::primitive_desc desc(dnnl_engine(), to, dnnl_engine(), from, dnnl_attributes());
  if (desc.scratchpad_desc().get_size() > 0) return;
  return_ = DnnlCall(dnnl::reorder(desc));
  return_.bind_address(DNNL_ARG_FROM, to, address());
  return_.bind(DNNL_ARG_TO, from, Slot{0, 0});
  may_borrow_ = true;
  planner.borrow(operand_.slot);
}

KeptOperand::~KeptOperand() { return_from(this, source_); }

void KeptOperand::put_back(char* address) {
  char* bases[] = {address};
  return_.run({bases, nullptr});
}

void KeptOperand::refresh(const Frame& frame) {
  char* source = frame.at(operand_.slot);
  int64_t version = frame.version(operand_.slot);
  if (source == source_ && version == version_) return;
  if (source_ != nullptr && source != source_) {
    return_from(this, source_);
    may_borrow_ = false;  // one that serves several buffers would carry each to and fro
  }
  take_back(source);
  source_ = nullptr;
  reorder_.run(frame);
  source_ = source;
  version_ = version;
  if (may_borrow_ && frame.is_once(source)) lend(source, operand_.bytes(), this);
}

}  // namespace keratin
