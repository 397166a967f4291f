// Calls of oneDNN: one engine and one stream for all, arguments prepared once, addresses filled in by each run.
#pragma once
#include <oneapi/dnnl/dnnl.hpp>
#include <vector>

#include "frame.h"

namespace keratin {

/// The processor as oneDNN sees it. Never destroyed.
const dnnl::engine& dnnl_engine();

/// Element types that oneDNN computes with. f64 is none of them.
dnnl::memory::data_type dnnl_type(DType type);

/// A dense, row-major description.
dnnl::memory::desc dnnl_dense(const Tensor& tensor);
dnnl::memory::desc dnnl_dense(const std::vector<int64_t>& dims, DType type);

/// Attributes that leave the scratchpad to the caller.
dnnl::primitive_attr dnnl_attributes();

/// One primitive and where its arguments lie.
class DnnlCall {
 public:
  DnnlCall() = default;
  explicit DnnlCall(const dnnl::primitive& primitive) : primitive_(primitive) {}

  /// Binds an argument to a value of the program.
  void bind(int argument, const dnnl::memory::desc& desc, const Slot& slot) { bind(argument, desc, slot, false); }
  /// Binds an argument to scratch memory, at an offset that a Planner gave.
  void bind_scratch(int argument, const dnnl::memory::desc& desc, int64_t offset) { bind(argument, desc, {0, offset}, true); }
  /// Asks for the scratchpad that a primitive wants.
  void bind_scratchpad(const dnnl::memory::desc& desc, Planner& planner);
  /// Binds an argument to memory that stays where it is.
  void bind_address(int argument, const dnnl::memory::desc& desc, char* address);

  void run(const Frame& frame);

 private:
  struct Place {
    Slot slot;
    bool scratch;
  };

  void bind(int argument, const dnnl::memory::desc& desc, const Slot& slot, bool scratch);

  dnnl::primitive primitive_;
  std::vector<dnnl::memory> memories_;
  std::vector<Place> places_;
  std::vector<dnnl_exec_arg_t> arguments_;
};

}  // namespace keratin
