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

/// A thread of a block. It runs until it waits at a barrier or is done.
struct Fiber {
  jmp_buf place;
  ucontext_t context;
  bool started, done;
  char* stack;
};

constexpr size_t stack_bytes = 64 * 1024;
ShimState state;
std::vector<Fiber> fibers;
Fiber* current;
jmp_buf scheduler;
void (*body)(void**);
void** body_arguments;
unsigned waiting;

void barrier() {
  waiting++;
  if (!_setjmp(current->place)) _longjmp(scheduler, 1);
}

void entry() {
  body(body_arguments);
  current->done = true;
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

/// Every thread up to its next barrier, again and again; some at a barrier while others are done is an error of the kernel.
void threads(void (*kernel)(void**), void** arguments) {
  unsigned width = state.block_dim.x, count = width * state.block_dim.y;
  body = kernel;
  body_arguments = arguments;
  while (fibers.size() < count) fibers.push_back(Fiber{{}, {}, false, false, static_cast<char*>(malloc(stack_bytes))});
  for (unsigned i = 0; i < count; i++) fibers[i].started = fibers[i].done = false;
  for (unsigned left = count; left > 0;) {
    waiting = 0;
    unsigned done = 0;
    for (unsigned i = 0; i < count; i++) {
      current = &fibers[i];
      state.thread = {i % width, i / width, 0};
      if (!_setjmp(scheduler)) {
        if (current->started) _longjmp(current->place, 1);
        start(*current);
      }
      done += current->done;
    }
    if (done > 0 && waiting > 0) {
      fprintf(stderr, "shim: %u threads wait at a barrier that %u others never reach\n", waiting, done);
      abort();
    }
    left = count - done;
  }
}

const ShimRuntime runtime{&state, barrier, threads};

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
  state = {{0, 0, 0}, {0, 0, 0}, {unsigned(threads), unsigned(threads_y), 1}, {unsigned(blocks), unsigned(blocks_y), 1}};
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
