// Control flow: steps that run programs. A body's values lie in the scratch of the step.
#include <algorithm>
#include <cstring>

#include "frame.h"

namespace keratin {
namespace {

/// A program that a step runs, and its table of bases.
struct Body {
  Program program;
  std::vector<char*> bases;

  explicit Body(Reader in) : program(in), bases(program.bases()) {}

  char*& argument(size_t i) { return bases[2 + i]; }
  char*& result(size_t i) { return bases[2 + program.parameters() + i]; }
  void run(char* memory) { program.run(bases.data(), memory); }
};

struct Cond final : Step {
  Slot predicate;
  std::vector<Slot> arguments, results;
  Body yes, no;
  int64_t memory;

  Cond(Slot predicate, std::vector<Slot> arguments, std::vector<Slot> results, Body yes, Body no, Planner& planner)
      : predicate(predicate),
        arguments(std::move(arguments)),
        results(std::move(results)),
        yes(std::move(yes)),
        no(std::move(no)),
        memory(planner.scratch(std::max(this->yes.program.memory_bytes(), this->no.program.memory_bytes()))) {}

  void run(const Frame& frame) override {
    Body& body = *frame.at<uint8_t>(predicate) != 0 ? yes : no;
    for (size_t i = 0; i < arguments.size(); i++) body.argument(i) = frame.at(arguments[i]);
    for (size_t i = 0; i < results.size(); i++) body.result(i) = frame.at(results[i]);
    body.run(frame.scratch + memory);
  }
};

/// A value that changes from one run of a body to the next: it alternates between its result and scratch.
struct State {
  Slot from, to;
  int64_t bytes = 0;
  int64_t other = 0;  // in the scratch
  char* now = nullptr;

  char* next(const Frame& frame) const {
    char* result = frame.at(to);
    return now == result ? frame.scratch + other : result;
  }
  void finish(const Frame& frame) const {
    char* result = frame.at(to);
    if (now != result) memcpy(result, now, bytes);
  }
};

std::vector<State> read_states(Reader& in, Planner& planner) {
  std::vector<State> states(in.word());
  for (State& state : states) {
    state.from = in.slot();
    state.to = in.slot();
    state.bytes = in.word();
    state.other = planner.scratch(state.bytes);
  }
  return states;
}

struct While final : Step {
  std::vector<State> states;
  Body condition, body;
  int64_t predicate, memory;

  While(std::vector<State> states, Body condition, Body body, Planner& planner)
      : states(std::move(states)),
        condition(std::move(condition)),
        body(std::move(body)),
        predicate(planner.scratch(1)),
        memory(planner.scratch(std::max(this->condition.program.memory_bytes(), this->body.program.memory_bytes()))) {}

  bool holds(const Frame& frame) {
    for (size_t i = 0; i < states.size(); i++) condition.argument(i) = states[i].now;
    condition.result(0) = frame.scratch + predicate;
    condition.run(frame.scratch + memory);
    return frame.scratch[predicate] != 0;
  }

  void run(const Frame& frame) override {
    for (State& state : states) state.now = frame.at(state.from);
    while (holds(frame)) {
      for (size_t i = 0; i < states.size(); i++) {
        body.argument(i) = states[i].now;
        body.result(i) = states[i].next(frame);
      }
      body.run(frame.scratch + memory);
      for (size_t i = 0; i < states.size(); i++) states[i].now = body.result(i);
    }
    for (const State& state : states) state.finish(frame);
  }
};

/// A value of which each step has one part.
struct Stacked {
  Slot slot;
  int64_t bytes = 0;  // of one part

  char* part(const Frame& frame, int64_t index) const { return frame.at(slot) + index * bytes; }
};

std::vector<Stacked> read_stacked(Reader& in) {
  std::vector<Stacked> list(in.word());
  for (Stacked& each : list) {
    each.slot = in.slot();
    each.bytes = in.word();
  }
  return list;
}

struct Scan final : Step {
  int64_t length;
  bool reverse;
  std::vector<State> carries;
  std::vector<Stacked> sequences, constants, outputs, carries_in;
  Body body;
  int64_t memory;

  Scan(int64_t length, bool reverse, Reader& in, Planner& planner)
      : length(length),
        reverse(reverse),
        carries(read_states(in, planner)),
        sequences(read_stacked(in)),
        constants(read_stacked(in)),
        outputs(read_stacked(in)),
        carries_in(read_stacked(in)),
        body(in.part()),
        memory(planner.scratch(body.program.memory_bytes())) {}

  // Where step `next` keeps what it begins with: in the stack of carries if that is wanted.
  char* target(const Frame& frame, size_t i, int64_t next) const {
    bool last = next < 0 || next >= length;
    return carries_in.empty() || last ? carries[i].next(frame) : carries_in[i].part(frame, next);
  }

  void begin(const Frame& frame) {
    for (size_t i = 0; i < carries.size(); i++) {
      carries[i].now = frame.at(carries[i].from);
      if (carries_in.empty() || length == 0) continue;
      char* first = carries_in[i].part(frame, reverse ? length - 1 : 0);
      memcpy(first, carries[i].now, carries[i].bytes);
      carries[i].now = first;
    }
    for (size_t i = 0; i < constants.size(); i++) body.argument(carries.size() + sequences.size() + i) = frame.at(constants[i].slot);
  }

  void run(const Frame& frame) override {
    begin(frame);
    for (int64_t step = 0; step < length; step++) {
      int64_t t = reverse ? length - 1 - step : step;
      for (size_t i = 0; i < carries.size(); i++) {
        body.argument(i) = carries[i].now;
        body.result(i) = target(frame, i, reverse ? t - 1 : t + 1);
      }
      for (size_t i = 0; i < sequences.size(); i++) body.argument(carries.size() + i) = sequences[i].part(frame, t);
      for (size_t i = 0; i < outputs.size(); i++) body.result(carries.size() + i) = outputs[i].part(frame, t);
      body.run(frame.scratch + memory);
      for (size_t i = 0; i < carries.size(); i++) carries[i].now = body.result(i);
    }
    for (const State& carry : carries) carry.finish(frame);
  }
};

std::vector<Slot> read_slots(Reader& in) {
  std::vector<Slot> slots(in.word());
  for (Slot& slot : slots) slot = in.slot();
  return slots;
}

}  // namespace

/// COND := predicate:slot argument_count slot* result_count slot* then:program else:program
StepPtr decode_cond(Reader& in, Planner& planner) {
  Slot predicate = in.slot();
  std::vector<Slot> arguments = read_slots(in), results = read_slots(in);
  Body yes(in.part()), no(in.part());
  return std::make_unique<Cond>(predicate, std::move(arguments), std::move(results), std::move(yes), std::move(no), planner);
}

/// WHILE := state_count (from:slot to:slot bytes)* condition:program body:program
StepPtr decode_while(Reader& in, Planner& planner) {
  std::vector<State> states = read_states(in, planner);
  Body condition(in.part()), body(in.part());
  return std::make_unique<While>(std::move(states), std::move(condition), std::move(body), planner);
}

/// SCAN := length reverse carry_count (from:slot to:slot bytes)* sequence_count (slot bytes)* constant_count (slot bytes)*
///         output_count (slot bytes)* carries_in_count (slot bytes)* body:program       bytes of one step
StepPtr decode_scan(Reader& in, Planner& planner) {
  int64_t length = in.word();
  bool reverse = in.flag();
  return std::make_unique<Scan>(length, reverse, in, planner);
}

}  // namespace keratin
