/** Training and inference workloads, and JMH benchmarks of kernels. */
@NullMarked
package dev.keratin.bench;

import org.jspecify.annotations.NullMarked;
