// The CPU side of ShimDriver: memory, kernels compiled by g++, matrix products and convolutions.
#include <dlfcn.h>
#include <jni.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <ucontext.h>

#include <vector>

#include "shim.h"
#include "kernel.cuh"
#include "elementwise.cuh"
#include "shim_convolution.h"

namespace {

/// What a thread of a block does next.
enum Stage { RUNS, WAITS_FOR_WARP, WAITS_FOR_BLOCK, IS_DONE };
/// A thread of a block. It runs until it waits at a barrier or is done.
struct Fiber {
  jmp_buf place;
  ucontext_t context;
  bool started;
  Stage stage;
  char* stack;
};

constexpr size_t stack_bytes = 64 * 1024;
constexpr unsigned lanes = 32;
ShimState state;
std::vector<Fiber> fibers;
Fiber* current;
jmp_buf scheduler;
void (*body)(void**);
void** body_arguments;

void wait(Stage stage) {
  current->stage = stage;
  if (!_setjmp(current->place)) _longjmp(scheduler, 1);
}
void warp_barrier() { wait(WAITS_FOR_WARP); }
void block_barrier() { wait(WAITS_FOR_BLOCK); }

void entry() {
  body(body_arguments);
  current->stage = IS_DONE;
  _longjmp(scheduler, 1);
}

void start(Fiber& fiber) {
  fiber.started = true;
  getcontext(&fiber.context);
  fiber.context.uc_stack.ss_sp = fiber.stack;
  fiber.context.uc_stack.ss_size = stack_bytes;
  fiber.context.uc_link = nullptr;
  makecontext(&fiber.context, entry, 0);
  setcontext(&fiber.context);
}

/// Lets a thread run up to its next barrier.
void resume(unsigned i) {
  current = &fibers[i];
  state.thread = {i % state.block_dim.x, i / state.block_dim.x, 0};
  current->stage = RUNS;
  if (_setjmp(scheduler)) return;
  if (current->started) _longjmp(current->place, 1);
  start(*current);
}

/// The threads from `first` on, which have to come to the same barrier; says where they are.
Stage together(unsigned first, unsigned count, const char* what) {
  for (unsigned i = first; i < first + count; i++) {
    if (fibers[i].stage == fibers[first].stage) continue;
    fprintf(stderr, "shim: thread %u waits at a barrier that thread %u of its %s does not come to\n", i, first, what);
    abort();
  }
  return fibers[first].stage;
}

/// Every warp up to its next barrier of the block, again and again, and every thread of it up to its next one of the warp.
void threads(void (*kernel)(void**), void** arguments) {
  const unsigned count = state.block_dim.x * state.block_dim.y, warps = (count + lanes - 1) / lanes;
  body = kernel;
  body_arguments = arguments;
  while (fibers.size() < count) fibers.push_back(Fiber{{}, {}, false, RUNS, static_cast<char*>(malloc(stack_bytes))});
  for (unsigned i = 0; i < count; i++) fibers[i].started = false;
  unsigned salt = state.block.x + state.block.y;
  do {
    ShimOrder order(warps, salt++);
    for (unsigned turn = 0; turn < warps; turn++) {
      const unsigned first = order.next() * lanes, width = count - first < lanes ? count - first : lanes;
      do {
        ShimOrder within(width, salt++);
        for (unsigned lane = 0; lane < width; lane++) resume(first + within.next());
      } while (together(first, width, "warp") == WAITS_FOR_WARP);
    }
  } while (together(0, count, "block") == WAITS_FOR_BLOCK);
}

const ShimRuntime runtime{&state, warp_barrier, block_barrier, threads};

/// `operands`: both factors, the residual and the bias if there are any, then the result.
template <class S, class R>
void multiply(const jlong* p, const jlong* operands) {
  const S *a = reinterpret_cast<const S*>(operands[0]), *b = reinterpret_cast<const S*>(operands[1]);
  const R *residual = reinterpret_cast<const R*>(operands[2]), *bias = reinterpret_cast<const R*>(operands[2 + p[9]]);
  R* c = reinterpret_cast<R*>(operands[2 + p[9] + p[10]]);
  bool ta = p[0], tb = p[1];
  jlong m = p[2], n = p[3], k = p[4];
  for (jlong which = 0; which < p[5]; which++, a += p[6], b += p[7], c += m * n) {
    for (jlong i = 0; i < m; i++) {
      for (jlong j = 0; j < n; j++) {
        typename Element<S>::compute sum = 0;
        for (jlong l = 0; l < k; l++) {
          sum += Element<S>::load(a[ta ? l * m + i : i * k + l]) * Element<S>::load(b[tb ? j * k + l : l * n + j]);
        }
        if (p[9]) sum += Element<R>::load(residual[which * m * n + i * n + j]);
        if (p[10]) sum += Element<R>::load(bias[j]);
        c[i * n + j] = Element<R>::store(p[11] && sum < 0 ? 0 : sum);
      }
    }
  }
}

template <class S>
void multiply(const jlong* p, const jlong* operands) {
  if (p[8] == 2) return multiply<S, float>(p, operands);
  multiply<S, S>(p, operands);
}

}  // namespace

/// The runtime for others.
extern const ShimRuntime shim_host;
const ShimRuntime shim_host = runtime;

#define SHIM(type, name) extern "C" JNIEXPORT type JNICALL Java_dev_keratin_backend_cuda_Shim_##name

SHIM(jlong, allocate)(JNIEnv*, jclass, jlong bytes) { return reinterpret_cast<jlong>(aligned_alloc(256, (bytes + 255) / 256 * 256)); }
SHIM(void, free)(JNIEnv*, jclass, jlong address) { free(reinterpret_cast<void*>(address)); }
SHIM(void, copy)(JNIEnv*, jclass, jlong from, jlong to, jlong bytes) {
  memmove(reinterpret_cast<void*>(to), reinterpret_cast<void*>(from), bytes);
}
SHIM(jlong, addressOf)(JNIEnv* env, jclass, jobject buffer) { return reinterpret_cast<jlong>(env->GetDirectBufferAddress(buffer)); }
SHIM(jlong, open)(JNIEnv* env, jclass, jstring path) {
  const char* name = env->GetStringUTFChars(path, nullptr);
  void* library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  env->ReleaseStringUTFChars(path, name);
  return reinterpret_cast<jlong>(library);
}
SHIM(jlong, find)(JNIEnv* env, jclass, jlong library, jstring function) {
  const char* name = env->GetStringUTFChars(function, nullptr);
  void* address = dlsym(reinterpret_cast<void*>(library), name);
  env->ReleaseStringUTFChars(function, name);
  return reinterpret_cast<jlong>(address);
}
SHIM(void, launch)(JNIEnv*, jclass, jlong function, jint blocks, jint blocks_y, jint threads, jint threads_y, jlong parameters) {
  state = shim_state(blocks, blocks_y, threads, threads_y);
  reinterpret_cast<void (*)(const ShimRuntime*, void**)>(function)(&runtime, reinterpret_cast<void**>(parameters));
}
SHIM(void, product)(JNIEnv* env, jclass, jint dtype, jlongArray sizes, jlongArray operands) {
  jlong p[12], addresses[5];
  env->GetLongArrayRegion(sizes, 0, 12, p);
  env->GetLongArrayRegion(operands, 0, env->GetArrayLength(operands), addresses);
  switch (dtype) {
    case 0: return multiply<f16>(p, addresses);
    case 1: return multiply<bf16>(p, addresses);
    case 2: return multiply<float>(p, addresses);
    default: return multiply<double>(p, addresses);
  }
}
SHIM(void, convolution)(JNIEnv* env, jclass, jint dtype, jint kind, jlongArray sizes, jlongArray operands) {
  ShimConvolution shape;
  env->GetLongArrayRegion(sizes, 0, sizeof shape / sizeof(jlong), reinterpret_cast<jlong*>(&shape));
  jlong addresses[5];
  int count = env->GetArrayLength(operands);
  env->GetLongArrayRegion(operands, 0, count, addresses);
  switch (dtype) {
    case 0: return convolve<f16>(shape, kind, addresses, count);
    case 1: return convolve<bf16>(shape, kind, addresses, count);
    default: return convolve<float>(shape, kind, addresses, count);
  }
}
