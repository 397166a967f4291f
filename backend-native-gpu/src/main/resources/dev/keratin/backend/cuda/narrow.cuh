// Comes before kernel.cuh where 32 bits count all elements.
#define INDEX int32_t
