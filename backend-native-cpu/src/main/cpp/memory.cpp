// Counted, cached memory. Fresh pages from the system cost more than most kernels, so freed blocks are kept, by size.
#include "memory.h"

#include <sys/mman.h>

#include <cstdlib>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "frame.h"
#include "keratin_cpu.h"
#include "lending.h"

namespace keratin {
namespace {

constexpr int64_t alignment = 64;
constexpr int64_t huge_page = 2 << 20;
constexpr int64_t cache_cap = int64_t{1} << 30;

struct Block {
  int64_t asked;
  int64_t held;
};

struct Pool {
  std::mutex mutex;
  std::unordered_map<char*, Block> live;
  std::map<int64_t, std::vector<char*>> cached;  // by held size
  int64_t live_bytes = 0;
  int64_t cached_bytes = 0;
  int64_t held_bytes = 0;
  int64_t system_allocations = 0;
  int64_t limit = 0;
  int running = 0;
  char* arena = nullptr;
  int64_t arena_bytes = 0;
  int64_t programs = 0;
};

Pool& pool() {
  static Pool* the_pool = new Pool;  // never destroyed: cleaners may run while the process ends
  return *the_pool;
}

// Sizes are rounded up to eighths of a power of two, so that blocks are found again and at most an eighth is lost.
int64_t bucket(int64_t bytes) {
  if (bytes <= 256) return (bytes + alignment - 1) / alignment * alignment + (bytes == 0 ? alignment : 0);
  int64_t power = int64_t{1} << (63 - __builtin_clzll(bytes - 1));
  int64_t step = power / 8 > alignment ? power / 8 : alignment;
  return (bytes + step - 1) / step * step;
}

void to_system(Pool& p, char* memory, int64_t held) {
  p.held_bytes -= held;
  free(memory);
}

void trim(Pool& p, int64_t cap) {
  if (p.running > 0) return;
  while (p.cached_bytes > cap && !p.cached.empty()) {
    auto largest = std::prev(p.cached.end());
    char* memory = largest->second.back();
    int64_t held = largest->first;
    largest->second.pop_back();
    if (largest->second.empty()) p.cached.erase(largest);
    p.cached_bytes -= held;
    to_system(p, memory, held);
  }
}

char* from_system(Pool& p, int64_t held) {
  char* memory = static_cast<char*>(std::aligned_alloc(held >= huge_page ? huge_page : alignment, held));
  if (memory == nullptr) return nullptr;
  if (held >= 2 * huge_page) madvise(memory, held / huge_page * huge_page, MADV_HUGEPAGE);
  p.held_bytes += held;
  p.system_allocations++;
  return memory;
}

char* from_cache(Pool& p, int64_t held) {
  auto found = p.cached.find(held);
  if (found == p.cached.end()) return nullptr;
  char* memory = found->second.back();
  found->second.pop_back();
  if (found->second.empty()) p.cached.erase(found);
  p.cached_bytes -= held;
  return memory;
}

bool exceeds_limit(const Pool& p, int64_t bytes) { return p.limit > 0 && p.live_bytes + bytes > p.limit; }

char* allocate_locked(Pool& p, int64_t bytes) {
  if (bytes < 0 || bytes > (int64_t{1} << 46) || exceeds_limit(p, bytes)) return nullptr;
  int64_t held = bucket(bytes);
  char* memory = from_cache(p, held);
  if (memory == nullptr) memory = from_system(p, held);
  if (memory == nullptr) {
    trim(p, 0);
    memory = from_system(p, held);
  }
  if (memory == nullptr) return nullptr;
  p.live[memory] = {bytes, held};
  p.live_bytes += bytes;
  return memory;
}

void release_locked(Pool& p, char* memory) {
  auto found = p.live.find(memory);
  if (found == p.live.end()) return;
  Block block = found->second;
  p.live.erase(found);
  p.live_bytes -= block.asked;
  p.cached[block.held].push_back(memory);
  p.cached_bytes += block.held;
  trim(p, cache_cap);
}

}  // namespace

char* allocate(int64_t bytes) {
  Pool& p = pool();
  std::lock_guard<std::mutex> lock(p.mutex);
  return allocate_locked(p, bytes);
}

void release(char* memory) {
  Pool& p = pool();
  std::lock_guard<std::mutex> lock(p.mutex);
  release_locked(p, memory);
}

char* arena(int64_t bytes) {
  Pool& p = pool();
  if (bytes <= p.arena_bytes) return p.arena;
  std::lock_guard<std::mutex> lock(p.mutex);
  char* larger = allocate_locked(p, bytes);
  if (larger == nullptr) {
    throw OutOfMemory("a program needs " + std::to_string(bytes) + " bytes of working memory while " +
                      std::to_string(p.live_bytes) + " are in use");
  }
  if (p.arena != nullptr) release_locked(p, p.arena);
  p.arena = larger;
  p.arena_bytes = bytes;
  return larger;
}

void arena_retain() {
  Pool& p = pool();
  std::lock_guard<std::mutex> lock(p.mutex);
  p.programs++;
}

void arena_release() {
  Pool& p = pool();
  std::lock_guard<std::mutex> lock(p.mutex);
  if (--p.programs > 0 || p.arena == nullptr) return;
  release_locked(p, p.arena);
  p.arena = nullptr;
  p.arena_bytes = 0;
}

RunScope::RunScope() { __atomic_add_fetch(&pool().running, 1, __ATOMIC_RELAXED); }
RunScope::~RunScope() { __atomic_sub_fetch(&pool().running, 1, __ATOMIC_RELAXED); }

}  // namespace keratin

using namespace keratin;

int64_t kr_alloc(int64_t bytes) { return reinterpret_cast<int64_t>(allocate(bytes)); }

void kr_free(int64_t address) {
  if (address == 0) return;
  forget(reinterpret_cast<char*>(address));
  release(reinterpret_cast<char*>(address));
}

int64_t kr_live_bytes() {
  Pool& p = pool();
  std::lock_guard<std::mutex> lock(p.mutex);
  return p.live_bytes;
}

int64_t kr_held_bytes() {
  Pool& p = pool();
  std::lock_guard<std::mutex> lock(p.mutex);
  return p.held_bytes;
}

int64_t kr_system_allocations() {
  Pool& p = pool();
  std::lock_guard<std::mutex> lock(p.mutex);
  return p.system_allocations;
}

void kr_set_memory_limit(int64_t bytes) {
  Pool& p = pool();
  std::lock_guard<std::mutex> lock(p.mutex);
  p.limit = bytes;
}

void kr_trim() {
  Pool& p = pool();
  std::lock_guard<std::mutex> lock(p.mutex);
  trim(p, 0);
}
