// Copies of whole values.
#include <cstring>

#include "frame.h"
#include "threads.h"

namespace keratin {
namespace {

struct Copy final : Step {
  Slot from, to;
  int64_t bytes = 0;

  void run(const Frame& frame) override {
    const char* source = frame.at(from);
    char* target = frame.at(to);
    if (source == target) return;
    parallel_for(bytes, parallel_bytes / 2, [&](int64_t begin, int64_t end) { memcpy(target + begin, source + begin, end - begin); });
  }
};

}  // namespace

/// COPY := from:slot to:slot bytes
StepPtr decode_copy(Reader& in, Planner&) {
  auto step = std::make_unique<Copy>();
  step->from = in.slot();
  step->to = in.slot();
  step->bytes = in.word();
  return step;
}

}  // namespace keratin
