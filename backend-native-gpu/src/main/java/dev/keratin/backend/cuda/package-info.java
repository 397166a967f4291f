/** Runs programs on NVIDIA GPUs: kernels generated as CUDA C, launched through a {@link dev.keratin.backend.cuda.GpuDriver}. */
@NullMarked
package dev.keratin.backend.cuda;

import org.jspecify.annotations.NullMarked;
