package dev.keratin.backend.spi;

import dev.keratin.backend.ir.Node;
import org.jspecify.annotations.Nullable;

/**
 * One op as it was run: a line of a profile.
 *
 * @param kernel what computed it, in the backend's own words
 * @param node what was computed, often a fusion; null for work that no single node stands for, such as copies at the end
 * @param start when it began, on the clock of {@link System#nanoTime()}
 * @param nanoseconds how long it took
 */
public record OpSpan(String kernel, @Nullable Node node, long start, long nanoseconds) {}
