// Every function that Java calls. NativeLibrary.java declares the same ones.
#pragma once
#include <cstdint>

/// The version of the oneDNN library in use, as 10000 * major + 100 * minor + patch.
int64_t kr_dnnl_version();

/// How many threads a parallel region gets.
int32_t kr_threads();
