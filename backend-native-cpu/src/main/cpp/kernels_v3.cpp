// flags: -march=x86-64-v3 -fno-math-errno -fno-trapping-math -fwrapv -Wno-psabi
#define KR_KERNELS kernels_v3
#include "kernels.inc"
