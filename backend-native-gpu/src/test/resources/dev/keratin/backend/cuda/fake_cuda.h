// A device that is the CPU, behind the functions of CUDA's libraries that the backend calls: for tests of everything above
// them. Work on a stream is done only when somebody waits for it, so that what is used before it is there shows up.
#pragma once
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#define FAKE extern "C" __attribute__((visibility("default")))

/// Work that waits to be done.
typedef std::function<void()> FakeWork;

/// A launched graph can be destroyed before its work is done.
struct FakeGraph {
  std::shared_ptr<std::vector<FakeWork>> nodes = std::make_shared<std::vector<FakeWork>>();
};

struct FakeStream {
  std::deque<FakeWork> work;
  FakeGraph* capture = nullptr;
};

/// A place in a stream: done once all that was asked before is done. Recorded again, it is another place.
struct FakeEvent {
  FakeStream* stream = nullptr;
  std::shared_ptr<bool> done = std::make_shared<bool>(true);
};

/// A handle of cuDNN.
struct FakeHandle {
  FakeStream* stream;
};

/// Notes a call; what it has to return: 0 unless a test asked for an error, the thread has no context or work that is being
/// recorded may not ask for it.
int fake_call(const char* function);
/// Counts things of a kind that were made and not yet destroyed.
void fake_live(const char* kind, int change);
/// From now on every call answers with this status.
void fake_break(int status);
/// Adds work, or records it while the stream is captured; 0.
int fake_ask(FakeStream* stream, FakeWork work);
/// Does the work of a stream, all of it or until a place is reached; the error that it met.
int fake_drain(FakeStream* stream, std::shared_ptr<bool> done = nullptr);
/// A path for a file or folder that nobody else uses.
std::string fake_path(const char* what);
