// libcuda.so.1 of the fake device, and what tests steer it with.
#include "fake_cuda.h"

#include <dlfcn.h>
#include <jni.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <set>

#include "shim.h"

extern const ShimRuntime shim_host;

namespace {

constexpr int invalid_value = 1, out_of_memory = 2, no_context = 201, not_ready = 600, not_permitted = 900, invalidated = 901, isolated = 905;
/// What a thread may call before it has a context.
const std::set<std::string> anywhere = {"cuInit", "cuDeviceGetCount", "cuDeviceGet", "cuDeviceGetName", "cuDeviceTotalMem_v2",
                                        "cuDeviceGetAttribute", "cuDevicePrimaryCtxRetain", "cuCtxSetCurrent", "nvrtcCreateProgram",
                                        "nvrtcCompileProgram"};
/// What makes a device wait or changes its memory, so isn't allowed while work is recorded.
const std::set<std::string> unrecordable = {"cuMemAlloc_v2", "cuMemFree_v2", "cuMemHostAlloc", "cuEventQuery", "cuEventSynchronize",
                                            "cuModuleLoadData", "cudnnCreate", "cublasLtCreate"};
thread_local void* context;
FakeStream* recording;
bool recording_failed;
std::map<std::string, std::pair<int, int>> failures;  // function: calls to go, status
std::vector<std::string> calls;
std::map<uint64_t, size_t> blocks;
std::map<char*, size_t> pinned;
std::map<std::string, long> live;
size_t in_use, limit = size_t(1) << 32;
int broken;

/// What a process that is told by its environment answers.
int told(const char* name, int otherwise) { return getenv(name) == nullptr ? otherwise : atoi(getenv(name)); }

bool capturing(FakeStream* stream) { return stream->capture != nullptr; }

bool is_pinned(const void* p) {
  auto after = pinned.upper_bound(static_cast<char*>(const_cast<void*>(p)));
  return after != pinned.begin() && static_cast<const char*>(p) < std::prev(after)->first + std::prev(after)->second;
}

std::string text(JNIEnv* env, jstring s) {
  const char* c = env->GetStringUTFChars(s, nullptr);
  std::string copy(c);
  env->ReleaseStringUTFChars(s, c);
  return copy;
}

struct Kernel;
std::map<void*, std::vector<Kernel*>> functions;

struct Kernel {
  void (*run)(const ShimRuntime*, void**);
  const int* sizes;
  int count;
};

}  // namespace

void fake_live(const char* kind, int change) { live[kind] += change; }

void fake_break(int status) { broken = status; }

int fake_call(const char* function) {
  calls.push_back(function);
  if (broken) return broken;
  if (context == nullptr && !anywhere.count(function)) return no_context;
  if (recording != nullptr && unrecordable.count(function)) {
    recording_failed = true;
    return not_permitted;
  }
  auto found = failures.find(function);
  if (found == failures.end() || --found->second.first > 0) return 0;
  int status = found->second.second;
  failures.erase(found);
  return status;
}

std::string fake_path(const char* what) {
  static std::atomic<int> count{0};
  std::string name = std::string("keratin-fake-") + what + "-" + std::to_string(getpid()) + "-" + std::to_string(count++);
  return std::filesystem::temp_directory_path() / name;
}

int fake_ask(FakeStream* stream, FakeWork work) {
  if (capturing(stream)) {
    stream->capture->nodes->push_back(work);
  } else {
    stream->work.push_back(work);
  }
  return 0;
}

int fake_drain(FakeStream* stream, std::shared_ptr<bool> done) {
  while (!broken && !stream->work.empty() && !(done && *done)) {
    FakeWork work = stream->work.front();
    stream->work.pop_front();
    work();
  }
  return broken;
}

#define CALL                              \
  if (int status = fake_call(__func__)) { \
    return status;                        \
  }

FAKE int cuInit(unsigned) { CALL return told("FAKE_DEVICES", 1) > 0 ? 0 : 100; }
FAKE int cuDriverGetVersion(int* version) { *version = told("FAKE_DRIVER", 13000); return 0; }
FAKE int cuDeviceGetCount(int* count) { CALL *count = told("FAKE_DEVICES", 1); return 0; }
FAKE int cuDeviceGet(int* device, int) { CALL *device = 0; return 0; }
FAKE int cuDeviceGetName(char* name, int length, int) { CALL strncpy(name, "Fake device", length); return 0; }
FAKE int cuDeviceTotalMem_v2(size_t* bytes, int) { CALL *bytes = limit; return 0; }
FAKE int cuDeviceGetAttribute(int* value, int attribute, int) { CALL *value = attribute == 75 ? told("FAKE_CAPABILITY", 9) : attribute == 76 ? 0 : 132; return 0; }
FAKE int cuDevicePrimaryCtxRetain(void** context, int) { CALL *context = &calls; return 0; }
FAKE int cuCtxSetCurrent(void* chosen) { CALL context = chosen; return 0; }
/// NVIDIA's own libraries ask for tables of functions that nobody else knows.
FAKE int cuGetExportTable(const void**, const void*) { return 500; }
FAKE int cuGetErrorName(int status, const char** name) {
  *name = status == 2 ? "CUDA_ERROR_OUT_OF_MEMORY" : status == 100 ? "CUDA_ERROR_NO_DEVICE" : status == 700 ? "CUDA_ERROR_ILLEGAL_ADDRESS" : "CUDA_ERROR";
  return 0;
}

FAKE int cuMemAlloc_v2(uint64_t* address, size_t bytes) {
  CALL
  if (in_use + bytes > limit) return out_of_memory;
  void* memory = aligned_alloc(256, (bytes + 255) / 256 * 256);
  memset(memory, 0xfe, bytes);
  *address = reinterpret_cast<uint64_t>(memory);
  blocks[*address] = bytes;
  in_use += bytes;
  return 0;
}
FAKE int cuMemFree_v2(uint64_t address) {
  CALL
  auto found = blocks.find(address);
  if (found == blocks.end()) return 1;
  in_use -= found->second;
  blocks.erase(found);
  free(reinterpret_cast<void*>(address));
  return 0;
}
FAKE int cuMemHostAlloc(void** memory, size_t bytes, unsigned) {
  CALL
  *memory = malloc(bytes);
  fake_live("pinned", 1);
  pinned[static_cast<char*>(*memory)] = bytes;
  return 0;
}

FAKE int cuStreamCreate(FakeStream** stream, unsigned) { CALL fake_live("stream", 1); *stream = new FakeStream; return 0; }
FAKE int cuStreamSynchronize(FakeStream* stream) { CALL return capturing(stream) ? not_permitted : fake_drain(stream); }
FAKE int cuStreamQuery(FakeStream* stream) { CALL return capturing(stream) ? not_permitted : stream->work.empty() ? 0 : not_ready; }
FAKE int cuEventCreate(FakeEvent** event, unsigned) { CALL fake_live("event", 1); *event = new FakeEvent; return 0; }
FAKE int cuEventDestroy_v2(FakeEvent* event) { CALL fake_live("event", -1); delete event; return 0; }
FAKE int cuEventRecord(FakeEvent* event, FakeStream* stream) {
  CALL
  event->stream = stream;
  auto done = event->done = std::make_shared<bool>(false);
  return fake_ask(stream, [done] { *done = true; });
}
FAKE int cuEventQuery(FakeEvent* event) { CALL return *event->done ? 0 : not_ready; }
FAKE int cuEventSynchronize(FakeEvent* event) {
  CALL
  return *event->done || event->stream == nullptr ? broken : capturing(event->stream) ? not_permitted : fake_drain(event->stream, event->done);
}
FAKE int cuStreamWaitEvent(FakeStream* stream, FakeEvent* event, unsigned) {
  CALL
  FakeStream* other = event->stream;
  auto done = event->done;
  if (other == nullptr) return 0;
  if (capturing(stream) && !capturing(other)) return isolated;
  if (*done || other == stream) return 0;
  return fake_ask(stream, [other, done] { fake_drain(other, done); });
}

FAKE int cuMemcpyHtoDAsync_v2(uint64_t to, const void* from, size_t bytes, FakeStream* stream) {
  CALL
  if (!is_pinned(from)) return not_permitted;
  return fake_ask(stream, [=] { memcpy(reinterpret_cast<void*>(to), from, bytes); });
}
FAKE int cuMemcpyDtoHAsync_v2(void* to, uint64_t from, size_t bytes, FakeStream* stream) {
  CALL
  if (!is_pinned(to)) return not_permitted;
  return fake_ask(stream, [=] { memcpy(to, reinterpret_cast<void*>(from), bytes); });
}
FAKE int cuMemcpyDtoDAsync_v2(uint64_t to, uint64_t from, size_t bytes, FakeStream* stream) {
  CALL
  return fake_ask(stream, [=] { memmove(reinterpret_cast<void*>(to), reinterpret_cast<void*>(from), bytes); });
}

FAKE int cuMemsetD8Async(uint64_t to, unsigned char value, size_t bytes, FakeStream* stream) {
  CALL
  return fake_ask(stream, [=] { memset(reinterpret_cast<void*>(to), value, bytes); });
}
FAKE int cuMemsetD32Async(uint64_t to, unsigned value, size_t count, FakeStream* stream) {
  CALL
  return fake_ask(stream, [=] { std::fill_n(reinterpret_cast<unsigned*>(to), count, value); });
}

/// An image is the length of a shared library and the library; see fake_nvrtc.cpp.
FAKE int cuModuleLoadData(void** module, const char* image) {
  CALL
  uint64_t length;
  memcpy(&length, image, sizeof length);
  std::string path = fake_path("module");
  bool written(std::ofstream(path, std::ios::binary).write(image + sizeof length, length));
  *module = written ? dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL) : nullptr;
  unlink(path.c_str());
  if (*module == nullptr) return 200;
  fake_live("module", 1);
  return 0;
}
/// What still waits to run a function of it would end this process.
FAKE int cuModuleUnload(void* module) {
  CALL
  fake_live("module", -1);
  for (Kernel* kernel : functions[module]) delete kernel;
  functions.erase(module);
  dlclose(module);
  return 0;
}
FAKE int cuModuleGetFunction(Kernel** function, void* module, const char* name) {
  CALL
  auto symbol = [module](const char* which) { return dlsym(module, which); };
  if (strcmp(*static_cast<const char**>(symbol("shim_name")), name) != 0) return 500;
  *function = new Kernel{reinterpret_cast<void (*)(const ShimRuntime*, void**)>(symbol("shim_run")),
                         *static_cast<const int**>(symbol("shim_sizes")), *static_cast<const int*>(symbol("shim_count"))};
  functions[module].push_back(*function);
  return 0;
}
FAKE int cuLaunchKernel(Kernel* kernel, unsigned x, unsigned y, unsigned z, unsigned threads, unsigned threads_y, unsigned threads_z, unsigned shared,
                        FakeStream* stream, void** arguments, void**) {
  CALL
  bool grid = x > 0 && x < 1u << 31 && y > 0 && y < 1u << 16 && z > 0 && z < 1u << 16;
  if (!grid || threads == 0 || threads_y == 0 || threads_z != 1 || threads * threads_y > 1024 || shared > 48 * 1024) return invalid_value;
  std::vector<std::string> copies;
  for (int i = 0; i < kernel->count; i++) copies.emplace_back(static_cast<char*>(arguments[i]), kernel->sizes[i]);
  return fake_ask(stream, [=]() mutable {
    std::vector<void*> pointers;
    for (std::string& copy : copies) pointers.push_back(&copy[0]);
    *shim_host.state = shim_state(x, y, threads, threads_y);
    kernel->run(&shim_host, pointers.data());
  });
}

FAKE int cuStreamBeginCapture_v2(FakeStream* stream, int) {
  CALL
  stream->capture = new FakeGraph;
  fake_live("graph", 1);
  recording = stream;
  recording_failed = false;
  return 0;
}
FAKE int cuStreamEndCapture(FakeStream* stream, FakeGraph** graph) {
  int status = fake_call(__func__);
  if (status == 0 && recording_failed) status = invalidated;
  *graph = status == 0 ? stream->capture : nullptr;
  if (status != 0) {
    fake_live("graph", -1);
    delete stream->capture;
  }
  stream->capture = nullptr;
  recording = nullptr;
  return status;
}
FAKE int cuGraphInstantiateWithFlags(FakeGraph** executable, FakeGraph* graph, unsigned long long) { CALL fake_live("executable graph", 1); *executable = new FakeGraph(*graph); return 0; }
FAKE int cuGraphDestroy(FakeGraph* graph) { CALL fake_live("graph", -1); delete graph; return 0; }
FAKE int cuGraphExecDestroy(FakeGraph* graph) { CALL fake_live("executable graph", -1); delete graph; return 0; }
FAKE int cuGraphLaunch(FakeGraph* graph, FakeStream* stream) {
  CALL
  return fake_ask(stream, [nodes = graph->nodes] {
    for (FakeWork& node : *nodes) node();
  });
}

#define JAVA(type, name) extern "C" JNIEXPORT type JNICALL Java_dev_keratin_backend_cuda_FakeCuda_##name

JAVA(void, fail)(JNIEnv* env, jclass, jstring function, jint nth, jint status) { failures[text(env, function)] = {nth, status}; }
JAVA(void, limit)(JNIEnv*, jclass, jlong bytes) { limit = bytes; }
JAVA(jlong, inUse)(JNIEnv*, jclass) { return in_use; }
JAVA(void, crash)(JNIEnv*, jclass, jint status) { broken = status; }
JAVA(jstring, live)(JNIEnv* env, jclass) {
  std::string all;
  for (auto& each : live) all += each.first + " " + std::to_string(each.second) + "\n";
  return env->NewStringUTF(all.c_str());
}
JAVA(jstring, calls)(JNIEnv* env, jclass) {
  std::string all;
  for (std::string& each : calls) all += each + "\n";
  calls.clear();
  return env->NewStringUTF(all.c_str());
}
