// Decodes programs and runs them.
#include <chrono>
#include <cstring>

#include "frame.h"
#include "keratin_cpu.h"
#include "lending.h"
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
  borrowed_ = planner.borrowed();
}

Frame Program::frame(char** bases, char* memory, const int64_t* versions) const {
  bases[0] = nullptr;
  bases[1] = memory;
  return {bases, memory + arena_bytes_, versions, this->bases()};
}

void Program::take_back(char* const* bases) const {
  if (!may_be_lent()) return;
  for (int64_t base = 2; base < this->bases(); base++) {
    if (borrowed_.count(base) == 0) keratin::take_back(bases[base]);
  }
}

void Program::run(char** bases, char* memory, const int64_t* versions) {
  Frame here = frame(bases, memory, versions);
  for (const StepPtr& step : steps_) step->run(here);
}

void Program::measure(char** bases, char* memory, const int64_t* versions, int64_t* ends) {
  Frame here = frame(bases, memory, versions);
  int64_t start = now();
  for (const StepPtr& step : steps_) {
    step->run(here);
    *ends++ = now() - start;
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

template <class Body>
int32_t run_with(int64_t handle, int64_t table, Body body) {
  Loaded* it = loaded(handle);
  return guarded([&] {
    RunScope scope;
    // The count is kept per calling thread, and oneDNN goes by it.
    if (omp_get_max_threads() != threads()) omp_set_num_threads(threads());
    char* memory = arena(it->program.memory_bytes());
    size_t places = it->bases.size() - 2;
    memcpy(it->bases.data() + 2, reinterpret_cast<void*>(table), places * sizeof(char*));
    it->program.take_back(it->bases.data());
    body(it->program, it->bases.data(), memory, reinterpret_cast<int64_t*>(table) + places);
  });
}

}  // namespace
}  // namespace keratin

using namespace keratin;

int32_t kr_hold(int64_t address) {
  return guarded([&] { hold(reinterpret_cast<char*>(address)); });
}

void kr_let_go(int64_t address) { let_go(reinterpret_cast<char*>(address)); }

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
  return run_with(handle, table, [](Program& program, char** bases, char* memory, const int64_t* versions) {
    program.run(bases, memory, versions);
  });
}

int32_t kr_program_measure(int64_t handle, int64_t table, int64_t* ends) {
  return run_with(handle, table, [=](Program& program, char** bases, char* memory, const int64_t* versions) {
    program.measure(bases, memory, versions, ends);
  });
}

void kr_program_free(int64_t handle) { delete loaded(handle); }

void kr_program_memory(int64_t handle, int64_t* bytes) {
  bytes[0] = loaded(handle)->program.arena_bytes();
  bytes[1] = loaded(handle)->program.scratch_bytes();
}

int32_t kr_last_status() { return last_status; }

const char* kr_last_error() { return last_error.c_str(); }
