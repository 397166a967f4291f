/** oneDNN, OpenBLAS and own C++ kernels on the CPU. */
@NullMarked
package dev.keratin.backend.cpu;

import org.jspecify.annotations.NullMarked;
