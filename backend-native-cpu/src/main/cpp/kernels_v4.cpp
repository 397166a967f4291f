// flags: -march=x86-64-v4 -mprefer-vector-width=512 -fno-math-errno -fno-trapping-math -fwrapv -Wno-psabi -Wno-uninitialized
#define KR_KERNELS kernels_v4
#include "kernels.inc"
