// The frame that every kernel family plugs into.
//
// Java plans a program and writes it down once as words (int64). Here the words are decoded once into steps, and a run
// calls step after step. A family is one .cpp that
//   - derives its steps from Step,
//   - decodes them from a Reader in one function,
//   - and is listed with its opcode in families.def.
//
// program := parameters results arena_bytes step_count step*
// step    := opcode length word{length}
// The words after `length` are the family's own. Common parts, each read by one call of Reader:
//   slot    := base offset                  base 0: offset is an address; 1: arena; 2..: parameters, then results
//   tensor  := slot dtype rank dim{rank}    dense, row-major
//   program := length word{length}          a body of control flow
#pragma once
#include <cstdint>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace keratin {

/// The element types in the order of DType.java.
enum class DType : int32_t { f16, bf16, f32, f64, i8, u8, i32, i64, boolean };

/// Bytes per element.
inline int64_t byte_size(DType type) {
  constexpr int64_t sizes[] = {2, 2, 4, 8, 1, 1, 4, 8, 1};
  return sizes[static_cast<int>(type)];
}

/// Where a value lies: `offset` bytes behind base number `base`.
struct Slot {
  int64_t base = 0;
  int64_t offset = 0;
};

/// A value: where it lies and what it is.
struct Tensor {
  Slot slot;
  DType dtype = DType::f32;
  std::vector<int64_t> dims;

  int rank() const { return static_cast<int>(dims.size()); }
  int64_t size() const {
    int64_t n = 1;
    for (int64_t d : dims) n *= d;
    return n;
  }
  int64_t bytes() const { return size() * byte_size(dtype); }
};

/// What a step gets when it runs.
struct Frame {
  char* const* bases;  ///< base number to address
  char* scratch;       ///< as many bytes as the step asked its Planner for, aligned to 64; undefined contents
  const int64_t* versions = nullptr;  ///< of the parameters; null in a body
  int64_t count = 0;  ///< of bases

  template <class T = char>
  T* at(const Slot& slot) const {
    return reinterpret_cast<T*>(bases[slot.base] + slot.offset);
  }
  template <class T = char>
  T* at(const Tensor& tensor) const {
    return at<T>(tensor.slot);
  }
  /// With its address, what a constant or parameter holds.
  int64_t version(const Slot& slot) const { return slot.base < 2 ? 0 : versions[slot.base - 2]; }
  /// Whether one parameter or result lies at an address, and no second one.
  bool is_once(const char* address) const {
    int64_t times = 0;
    for (int64_t base = 2; base < count; base++) times += bases[base] == address;
    return times == 1;
  }
};

/// An index out of range, found while a step runs. Throw it outside of parallel regions only.
struct IndexError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Memory that can't be had.
struct OutOfMemory : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One prepared call. Runs one at a time, so it may keep state of its own.
struct Step {
  virtual ~Step() = default;
  virtual void run(const Frame& frame) = 0;
};

using StepPtr = std::unique_ptr<Step>;

/// Collects what steps need while they run.
class Planner {
 public:
  /// Asks for scratch memory while the step runs; several requests of one step lie behind one another. Gives the
  /// offset from Frame::scratch.
  int64_t scratch(int64_t bytes) {
    int64_t offset = used_;
    used_ += (bytes + 63) / 64 * 64;
    if (used_ > most_) most_ = used_;
    return offset;
  }
  void next_step() { used_ = 0; }
  int64_t most() const { return most_; }

  /// Says that a step reads a parameter and does not need it to lie where it belongs; see lending.h.
  void borrow(const Slot& parameter) { borrowed_.insert(parameter.base); }
  const std::set<int64_t>& borrowed() const { return borrowed_; }

 private:
  std::set<int64_t> borrowed_;
  int64_t used_ = 0;
  int64_t most_ = 0;
};

class Program;

/// Reads the words of one step in order.
class Reader {
 public:
  Reader(const int64_t* words, int64_t length) : next_(words), end_(words + length) {}

  bool done() const { return next_ == end_; }
  int64_t word() {
    if (next_ == end_) throw std::invalid_argument("a step has fewer words than its decoder reads");
    return *next_++;
  }
  bool flag() { return word() != 0; }
  double real() {
    int64_t bits = word();
    double value;
    static_assert(sizeof bits == sizeof value);
    __builtin_memcpy(&value, &bits, sizeof value);
    return value;
  }
  DType dtype() { return static_cast<DType>(word()); }
  /// A count, then as many words.
  std::vector<int64_t> words() { return words(word()); }
  std::vector<int64_t> words(int64_t count) {
    std::vector<int64_t> list;
    list.reserve(count);
    for (int64_t i = 0; i < count; i++) list.push_back(word());
    return list;
  }
  Slot slot() {
    Slot slot;
    slot.base = word();
    slot.offset = word();
    return slot;
  }
  Tensor tensor() {
    Tensor tensor;
    tensor.slot = slot();
    tensor.dtype = dtype();
    tensor.dims = words();
    return tensor;
  }
  /// A count, then as many tensors.
  std::vector<Tensor> tensors() {
    std::vector<Tensor> list;
    for (int64_t n = word(); n > 0; n--) list.push_back(tensor());
    return list;
  }
  /// The words of a part that has its length before it.
  Reader part() {
    int64_t length = word();
    if (length < 0 || length > end_ - next_) throw std::invalid_argument("a part is longer than its step");
    Reader inner(next_, length);
    next_ += length;
    return inner;
  }

 private:
  const int64_t* next_;
  const int64_t* end_;
};

/// Makes one step of its words.
using Decoder = StepPtr (*)(Reader& in, Planner& planner);

/// A decoded program, or the body of a control-flow step.
class Program {
 public:
  /// Decodes `in` to its end.
  explicit Program(Reader& in);
  Program(Program&&) = default;

  int64_t parameters() const { return parameters_; }
  int64_t results() const { return results_; }
  int64_t arena_bytes() const { return arena_bytes_; }
  int64_t scratch_bytes() const { return scratch_bytes_; }
  /// The memory to hand to run(): planned values, then scratch.
  int64_t memory_bytes() const { return arena_bytes_ + scratch_bytes_; }
  /// How many bases there are: none, arena, parameters, results.
  int64_t bases() const { return 2 + parameters_ + results_; }

  /// Takes back what is lent of the parameters and results that must lie where they belong.
  void take_back(char* const* bases) const;

  /// Runs all steps. bases[2..] are the addresses of parameters and results; bases[0] and [1] are set here. `versions`:
  /// of the parameters, null for a body.
  void run(char** bases, char* memory, const int64_t* versions = nullptr);

  /// Runs all steps and notes for each how many nanoseconds after the beginning it ended.
  void measure(char** bases, char* memory, const int64_t* versions, int64_t* ends);

 private:
  Frame frame(char** bases, char* memory, const int64_t* versions) const;

  int64_t parameters_ = 0;
  int64_t results_ = 0;
  int64_t arena_bytes_ = 0;
  int64_t scratch_bytes_ = 0;
  std::set<int64_t> borrowed_;
  std::vector<StepPtr> steps_;
};

/// The decoder of an opcode, or null.
Decoder find_decoder(int64_t opcode);

}  // namespace keratin
