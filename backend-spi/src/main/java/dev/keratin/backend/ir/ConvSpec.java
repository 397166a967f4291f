package dev.keratin.backend.ir;

import java.util.List;

/**
 * The geometry of a convolution over 1 to 3 spatial axes; every list has one entry for each.
 *
 * <p>Input [batch, spatial..., channels], kernel [spatial..., channels / groups, filters], output [batch, spatial...,
 * filters]. Output length = floor((length + low + high - dilation * (kernel - 1) - 1) / stride) + 1. The kernel is not
 * flipped (cross-correlation, as in Keras). Filters belong to groups in order.
 *
 * @param strides steps between windows, at least 1
 * @param lows zeros put before, not negative
 * @param highs zeros put after, not negative
 * @param dilations distance between neighbouring kernel elements, at least 1
 * @param groups how many parts channels and filters fall into
 */
public record ConvSpec(
        List<Integer> strides, List<Integer> lows, List<Integer> highs, List<Integer> dilations, int groups) {
    /** Copies the lists. */
    public ConvSpec {
        strides = List.copyOf(strides);
        lows = List.copyOf(lows);
        highs = List.copyOf(highs);
        dilations = List.copyOf(dilations);
    }

    /** The number of spatial axes. */
    public int spatialRank() {
        return strides.size();
    }

    /** The output length on spatial axis {@code axis}. */
    public long outputLength(int axis, long inputLength, long kernelLength) {
        long span = dilations.get(axis) * (kernelLength - 1) + 1;
        return Math.floorDiv(inputLength + lows.get(axis) + highs.get(axis) - span, strides.get(axis)) + 1;
    }
}
