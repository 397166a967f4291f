/**
 * The {@code java} backend: a plain interpreter that is complete, runs anywhere, and is what other backends are held
 * against. It favours being obviously right over being fast.
 *
 * <p>A {@link dev.keratin.backend.reference.Tensor} keeps floating elements as doubles and all others as longs;
 * {@link dev.keratin.backend.reference.Kernels} lists the function that runs each op;
 * {@link dev.keratin.backend.reference.Plan} runs a program node by node.
 */
@NullMarked
package dev.keratin.backend.reference;

import org.jspecify.annotations.NullMarked;
