// flags: -march=x86-64-v3 -fno-math-errno -fno-trapping-math -Wno-psabi
#define KR_SET rows_v3
#define KR_BYTES 32
#include "pool_rows.inc"
#include "recurrent_kernels.inc"
