// Operands in the layout that a primitive wants, kept from run to run.
#pragma once
#include "onednn.h"

namespace keratin {

/// An operand that seldom changes, in another layout and in memory of its own: reordered only after it has changed.
class KeptOperand {
 public:
  /// Of a constant, or of a parameter that the program itself does not change.
  KeptOperand(const dnnl::memory::desc& from, const Slot& slot, const dnnl::memory::desc& to, Planner& planner);
  ~KeptOperand();
  KeptOperand(const KeptOperand&) = delete;
  KeptOperand& operator=(const KeptOperand&) = delete;

  /// Where it is kept, for ever.
  char* address() const { return memory_; }
  /// Brings it up to date.
  void refresh(const Frame& frame);

 private:
  Slot slot_;
  char* memory_;
  DnnlCall reorder_;
  const char* source_ = nullptr;
  int64_t version_ = -1;
};

}  // namespace keratin
