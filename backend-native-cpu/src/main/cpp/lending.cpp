// Buffers whose elements are for a while only in another layout, somewhere else.
#include "lending.h"

#include <sys/mman.h>
#include <unistd.h>

#include <mutex>
#include <unordered_map>

#include "keratin_cpu.h"

namespace keratin {
namespace {

/// Of smaller buffers too few whole pages could go.
constexpr int64_t least_bytes = 64 << 10;

struct State {
  Borrower* borrower = nullptr;
  int64_t bytes = 0;  // if lent
  int64_t holds = 0;
  bool stays = false;

  bool is_ordinary() const { return borrower == nullptr && holds == 0 && !stays; }
};

struct Register {
  std::mutex mutex;
  std::unordered_map<char*, State> states;  // of all buffers that are not ordinary
};

Register& the_register() {
  static Register* only = new Register;  // never destroyed: cleaners may run while the process ends
  return *only;
}

/// Gives the whole pages of a buffer back to the system; false if that is not possible.
bool drop_pages(char* address, int64_t bytes) {
  static const uintptr_t page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  uintptr_t first = (reinterpret_cast<uintptr_t>(address) + page - 1) / page * page;
  uintptr_t end = reinterpret_cast<uintptr_t>(address + bytes) / page * page;
  return first < end && madvise(reinterpret_cast<void*>(first), end - first, MADV_DONTNEED) == 0;
}

void take_back_for_good(State& state, char* address) {
  if (state.borrower == nullptr) return;
  state.borrower->put_back(address);
  state.borrower = nullptr;
  state.stays = true;
}

}  // namespace

void lend(char* address, int64_t bytes, Borrower* borrower) {
  if (bytes < least_bytes) return;
  Register& r = the_register();
  std::lock_guard<std::mutex> lock(r.mutex);
  auto [entry, is_new] = r.states.try_emplace(address);
  if (!is_new) return;
  entry->second.borrower = borrower;
  entry->second.bytes = bytes;
  if (!drop_pages(address, bytes)) r.states.erase(entry);
}

void take_back(char* address) {
  Register& r = the_register();
  std::lock_guard<std::mutex> lock(r.mutex);
  auto found = r.states.find(address);
  if (found != r.states.end()) take_back_for_good(found->second, address);
}

bool may_be_lent() {
  Register& r = the_register();
  std::lock_guard<std::mutex> lock(r.mutex);
  return !r.states.empty();
}

void return_from(Borrower* borrower, char* address) {
  Register& r = the_register();
  std::lock_guard<std::mutex> lock(r.mutex);
  auto found = r.states.find(address);
  if (found == r.states.end() || found->second.borrower != borrower) return;
  borrower->put_back(address);
  r.states.erase(found);
}

void hold(char* address) {
  Register& r = the_register();
  std::lock_guard<std::mutex> lock(r.mutex);
  State& state = r.states[address];
  take_back_for_good(state, address);
  state.holds++;
}

void let_go(char* address) {
  Register& r = the_register();
  std::lock_guard<std::mutex> lock(r.mutex);
  auto found = r.states.find(address);
  if (found == r.states.end()) return;
  if (found->second.holds > 0) found->second.holds--;
  if (found->second.is_ordinary()) r.states.erase(found);
}

void forget(char* address) {
  Register& r = the_register();
  std::lock_guard<std::mutex> lock(r.mutex);
  r.states.erase(address);
}

}  // namespace keratin

int64_t kr_lent_bytes() {
  keratin::Register& r = keratin::the_register();
  std::lock_guard<std::mutex> lock(r.mutex);
  int64_t sum = 0;
  for (auto& [address, state] : r.states) sum += state.borrower != nullptr ? state.bytes : 0;
  return sum;
}
