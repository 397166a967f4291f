// Counted, cached memory for buffers and for the arena that all programs share.
#pragma once
#include <cstdint>

namespace keratin {

/// Memory aligned to 64 bytes, or null.
char* allocate(int64_t bytes);

/// Gives memory of allocate() back.
void release(char* memory);

/// The shared arena, at least this large; throws OutOfMemory. Its contents do not survive.
char* arena(int64_t bytes);

/// Counts programs: with the last one the arena goes.
void arena_retain();
void arena_release();

/// While a run is on no memory goes back to the system, so that a buffer closed too early spoils numbers at most.
struct RunScope {
  RunScope();
  ~RunScope();
};

}  // namespace keratin
