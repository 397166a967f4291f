// What NVIDIA's own libraries look for in libcuda.so.1 when they plan work for a device, and call only on one.
#include "fake_cuda.h"

#define NOT_HERE(name) \
  FAKE int name() { return fake_call(#name) ? 999 : 100; }

NOT_HERE(cuGetErrorString)
NOT_HERE(cuCtxGetCurrent)
NOT_HERE(cuCtxGetLimit)
NOT_HERE(cuCtxPopCurrent)
NOT_HERE(cuCtxPushCurrent)
NOT_HERE(cuStreamGetCtx)
NOT_HERE(cuLinkCreate)
NOT_HERE(cuLinkAddData)
NOT_HERE(cuLinkComplete)
NOT_HERE(cuLinkDestroy)
NOT_HERE(cuLaunchCooperativeKernel)
NOT_HERE(cuLibraryLoadData)
NOT_HERE(cuLibraryLoadFromFile)
NOT_HERE(cuLibraryGetKernel)
NOT_HERE(cuLibraryUnload)
NOT_HERE(cuKernelSetAttribute)
NOT_HERE(cuKernelGetAttribute)
NOT_HERE(cuOccupancyMaxPotentialClusterSize)
NOT_HERE(cuLaunchKernelEx)
