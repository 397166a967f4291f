package dev.keratin.backend.cuda;

import org.jspecify.annotations.Nullable;

/**
 * How a library computes attention.
 *
 * @param forward operands: query, key, value, the bias, if there is one; results: output, and in training the statistics
 * @param gradient in training only; operands: those of {@code forward}, then output, statistics, gradient of the output; results:
 *     gradients of query, key and value
 */
record AttentionPlan(LibraryCall forward, @Nullable LibraryCall gradient) {}
