// flags: -fno-math-errno -fno-trapping-math -Wno-psabi
#define KR_SET rows_v1
#define KR_BYTES 16
#include "pool_rows.inc"
#include "recurrent_kernels.inc"
