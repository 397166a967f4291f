// Every function that Java calls. NativeLibrary.java declares the same ones.
// Addresses and handles are int64_t, so that a call makes no Java object. See frame.h for how a program is laid out.
#pragma once
#include <cstdint>

/// The version of the oneDNN library in use, as 10000 * major + 100 * minor + patch.
int64_t kr_dnnl_version();

/// How many threads a parallel region gets.
int32_t kr_threads();

/// Sets how many threads a parallel region gets, 1 to the number of processors.
void kr_set_threads(int32_t threads);

/// The instruction set that the own kernels use here: "x86-64-v4", "x86-64-v3" or "x86-64".
const char* kr_instruction_set();

/// The name in opcodes.def of an opcode, or null.
const char* kr_opcode_name(int32_t opcode);



/// Memory aligned to 64 bytes, its contents undefined; 0 if it can't be had.
int64_t kr_alloc(int64_t bytes);

/// Gives memory of kr_alloc back; 0 is allowed.
void kr_free(int64_t address);

/// The bytes asked for by kr_alloc that have not been given back, and those of the arena.
int64_t kr_live_bytes();

/// The bytes that have been taken from the system and not given back, cached ones included.
int64_t kr_held_bytes();

/// The bytes of kr_live_bytes that take no memory at present, since their buffers are lent; see lending.h.
int64_t kr_lent_bytes();

/// How often memory has been taken from the system so far.
int64_t kr_system_allocations();

/// kr_alloc fails rather than let kr_live_bytes go beyond this; 0 for no limit.
void kr_set_memory_limit(int64_t bytes);

/// Gives all cached memory back to the system.
void kr_trim();

/// A number that no call has given before, above 0: the version of elements that have just changed.
int64_t kr_next_version();

/// Puts the elements of a buffer where they belong, should a program have borrowed them, and has them stay there until
/// kr_let_go. Gives the status as kr_program_run does.
int32_t kr_hold(int64_t address);

/// Ends one kr_hold.
void kr_let_go(int64_t address);

/// Prepares a program and grows the shared arena to what it needs; 0 on failure, and kr_last_status and kr_last_error
/// tell why. Not while a program runs.
int64_t kr_program_create(const int64_t* code, int64_t length);

/// Runs a program once. `table` is the address of one address for each parameter, then one for each result, then the
/// version of each parameter's elements.
/// Gives the status: 0: done, 1: an index was out of range, 2: out of memory, 3: anything else; kr_last_error tells more.
/// Programs share one arena: one run at a time.
int32_t kr_program_run(int64_t program, int64_t table);

/// Does the same and notes in `ends`, one for each step, how many nanoseconds after the first one began each ended.
int32_t kr_program_measure(int64_t program, int64_t table, int64_t* ends);

/// Forgets a program; not while it runs.
void kr_program_free(int64_t program);

/// Bytes of the shared arena that a program needs: [0] planned values, [1] scratch.
void kr_program_memory(int64_t program, int64_t* bytes);

/// The status of the last call of this thread that failed.
int32_t kr_last_status();

/// What went wrong in the last call of this thread that failed.
const char* kr_last_error();

/// The name of kind `kind` of family 0: unary, 1: binary, 2: compare in elementwise.def, or null behind the last one.
const char* kr_kind_name(int32_t family, int32_t kind);
