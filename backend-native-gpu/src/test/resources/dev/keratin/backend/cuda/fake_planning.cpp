// What NVIDIA's own libraries ask of libcuda.so.1 when they plan work for a device that they are told of: kernels that they
// compile then are loaded, and never run.
#include "fake_cuda.h"

#define ANSWER(name, status) \
  FAKE int name() { return status; }

FAKE int cuLibraryLoadData(void** library) { *library = library; return 0; }
FAKE int cuLibraryGetKernel(void** kernel) { *kernel = kernel; return 0; }
FAKE int cuKernelGetAttribute(int* value) { *value = 0; return 0; }
ANSWER(cuLibraryUnload, 0)
ANSWER(cuKernelSetAttribute, 0)

// They look for these too, and call none.
constexpr int no_device = 100;
ANSWER(cuGetErrorString, no_device)
ANSWER(cuCtxGetCurrent, no_device)
ANSWER(cuCtxGetLimit, no_device)
ANSWER(cuCtxPopCurrent, no_device)
ANSWER(cuCtxPushCurrent, no_device)
ANSWER(cuStreamGetCtx, no_device)
ANSWER(cuLinkCreate, no_device)
ANSWER(cuLinkAddData, no_device)
ANSWER(cuLinkComplete, no_device)
ANSWER(cuLinkDestroy, no_device)
ANSWER(cuLaunchCooperativeKernel, no_device)
ANSWER(cuLibraryLoadFromFile, no_device)
ANSWER(cuOccupancyMaxPotentialClusterSize, no_device)
ANSWER(cuLaunchKernelEx, no_device)
