// Operands in the layout that a primitive wants, kept from run to run.
#pragma once
#include "lending.h"
#include "onednn.h"

namespace keratin {

/// An operand that seldom changes, in another layout and in memory of its own: reordered only after it has changed.
class KeptOperand final : Borrower {
 public:
  /// Of a constant, or of a parameter that the program itself does not change.
  /// @param is_alone whether it is a parameter that nothing else in the program reads: then its buffer is lent
  KeptOperand(const dnnl::memory::desc& from, const Tensor& operand, const dnnl::memory::desc& to, bool is_alone,
              Planner& planner);
  /// Ends the process rather than lose elements that can't be put back.
  ~KeptOperand() override;
  KeptOperand(const KeptOperand&) = delete;
  KeptOperand& operator=(const KeptOperand&) = delete;

  /// Where it is kept, for ever.
  char* address() const { return memory_.get(); }
  /// Brings it up to date.
  void refresh(const Frame& frame);

 private:
  void prepare_return(const dnnl::memory::desc& from, const dnnl::memory::desc& to, Planner& planner);
  void put_back(char* address) override;

  Tensor operand_;
  std::unique_ptr<char, void (*)(char*)> memory_;
  DnnlCall reorder_;
  DnnlCall return_;  // to base 0 of a frame
  bool may_borrow_ = false;
  char* source_ = nullptr;
  int64_t version_ = -1;
};

}  // namespace keratin
