// flags: -march=x86-64 -fno-math-errno -fno-trapping-math -fwrapv -Wno-psabi
#define KR_KERNELS kernels_v1
#include "kernels.inc"
