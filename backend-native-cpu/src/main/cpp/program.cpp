// Decodes programs and runs them.
#include <chrono>
#include <cstring>

#include "frame.h"
#include "keratin_cpu.h"
#include "memory.h"
#include "threads.h"

namespace keratin {
namespace {

thread_local std::string last_error;
thread_local int32_t last_status;

int64_t now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

int64_t aligned(int64_t bytes) { return (bytes + 63) / 64 * 64; }

}  // namespace

Program::Program(Reader& in) {
  parameters_ = in.word();
  results_ = in.word();
  arena_bytes_ = aligned(in.word());
  Planner planner;
  for (int64_t n = in.word(); n > 0; n--) {
    int64_t opcode = in.word();
    Reader part = in.part();
    Decoder decoder = find_decoder(opcode);
    if (decoder == nullptr) throw std::invalid_argument("no kernel family decodes opcode " + std::to_string(opcode));
    planner.next_step();
    steps_.push_back(decoder(part, planner));
    if (!part.done()) throw std::invalid_argument("words are left over in a step of opcode " + std::to_string(opcode));
  }
  scratch_bytes_ = planner.most();
}

void Program::run(char** bases, char* memory) {
  bases[0] = nullptr;
  bases[1] = memory;
  Frame frame{bases, memory + arena_bytes_};
  if (measured_) {
    run_measured(frame);
    return;
  }
  for (const StepPtr& step : steps_) step->run(frame);
}

void Program::run_measured(const Frame& frame) {
  for (size_t i = 0; i < steps_.size(); i++) {
    int64_t start = now();
    steps_[i]->run(frame);
    nanoseconds_[i] += now() - start;
    starts_[i] = start;
  }
}

void Program::profile(bool enabled) {
  measured_ = enabled;
  if (!enabled) return;
  nanoseconds_.assign(steps_.size(), 0);
  starts_.assign(steps_.size(), 0);
}

void Program::times(int64_t* nanoseconds, int64_t* starts, int count) const {
  for (int i = 0; i < count && i < static_cast<int>(nanoseconds_.size()); i++) {
    nanoseconds[i] = nanoseconds_[i];
    starts[i] = starts_[i];
  }
}

namespace {

/// What a handle stands for: a program and its table of bases.
struct Loaded {
  Program program;
  std::vector<char*> bases;

  explicit Loaded(Reader& in) : program(in), bases(program.bases()) { arena_retain(); }
  ~Loaded() { arena_release(); }
};

Loaded* loaded(int64_t handle) { return reinterpret_cast<Loaded*>(handle); }

int32_t fail(int32_t status, const char* message) {
  last_error = message;
  last_status = status;
  return status;
}

template <class Body>
int32_t guarded(Body body) {
  try {
    body();
    return 0;
  } catch (const IndexError& e) {
    return fail(1, e.what());
  } catch (const OutOfMemory& e) {
    return fail(2, e.what());
  } catch (const std::bad_alloc&) {
    return fail(2, "the system has no memory left");
  } catch (const std::exception& e) {
    return fail(3, e.what());
  }
}

}  // namespace
}  // namespace keratin

using namespace keratin;

int64_t kr_program_create(const int64_t* code, int64_t length) {
  int64_t handle = 0;
  guarded([&] {
    Reader in(code, length);
    auto made = std::make_unique<Loaded>(in);
    if (!in.done()) throw std::invalid_argument("words are left over after the program");
    arena(made->program.memory_bytes());
    handle = reinterpret_cast<int64_t>(made.release());
  });
  return handle;
}

int32_t kr_program_run(int64_t handle, int64_t table) {
  Loaded* it = loaded(handle);
  return guarded([&] {
    RunScope scope;
    // The count is kept per calling thread, and oneDNN goes by it.
    if (omp_get_max_threads() != threads()) omp_set_num_threads(threads());
    char* memory = arena(it->program.memory_bytes());
    memcpy(it->bases.data() + 2, reinterpret_cast<void*>(table), (it->bases.size() - 2) * sizeof(char*));
    it->program.run(it->bases.data(), memory);
  });
}

void kr_program_free(int64_t handle) { delete loaded(handle); }

void kr_program_memory(int64_t handle, int64_t* bytes) {
  bytes[0] = loaded(handle)->program.arena_bytes();
  bytes[1] = loaded(handle)->program.scratch_bytes();
}

void kr_program_profile(int64_t handle, int32_t enabled) { loaded(handle)->program.profile(enabled != 0); }

void kr_program_times(int64_t handle, int64_t* nanoseconds, int64_t* starts, int32_t count) {
  loaded(handle)->program.times(nanoseconds, starts, count);
}

int32_t kr_last_status() { return last_status; }

const char* kr_last_error() { return last_error.c_str(); }
