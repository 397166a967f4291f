package dev.keratin.backend.spi;

/**
 * What each run of a program takes, whatever its data: what grows when a program becomes slower, known without a clock.
 *
 * @param kernels how many kernels are launched
 * @param valueBytes working memory planned for values that are neither parameters nor results
 */
public record Footprint(int kernels, long valueBytes) {}
