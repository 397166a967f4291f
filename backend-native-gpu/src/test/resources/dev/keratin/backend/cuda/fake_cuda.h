// A device that is the CPU, behind the functions of CUDA's libraries that the backend calls: for tests of everything above
// them. Work on a stream is done only when somebody waits for it, so that what is used before it is there shows up.
#pragma once
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#define FAKE extern "C" __attribute__((visibility("default")))

/// Work that waits to be done.
typedef std::function<void()> FakeWork;

struct FakeGraph {
  std::vector<FakeWork> nodes;
};

struct FakeStream {
  std::deque<FakeWork> work;
  FakeGraph* capture = nullptr;
};

/// A place in a stream: done once all that was asked before is done.
struct FakeEvent {
  FakeStream* stream = nullptr;
  bool done = true;
};

/// Notes a call; what it has to return, 0 unless a test asked for an error.
int fake_call(const char* function);
/// Adds work, or records it while the stream is captured; 0.
int fake_ask(FakeStream* stream, FakeWork work);
/// Does all work of a stream; the error that it met.
int fake_drain(FakeStream* stream);
