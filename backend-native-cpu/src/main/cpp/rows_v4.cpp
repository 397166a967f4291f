// flags: -march=x86-64-v4 -mprefer-vector-width=512 -fno-math-errno -fno-trapping-math -Wno-psabi
#define KR_SET rows_v4
#define KR_BYTES 64
#include "pool_rows.inc"
#include "recurrent_kernels.inc"
