package dev.keratin.backend.ir;

import java.util.List;

/**
 * The geometry of pooling over 1 to 3 spatial axes of [batch, spatial..., channels]; every list has one entry for each.
 * Output length = floor((length + low + high - window) / stride) + 1; every window holds at least one element.
 *
 * @param window lengths of the window, at least 1
 * @param strides steps between windows, at least 1
 * @param lows positions before the first element, from 0 to window - 1
 * @param highs positions after the last element, from 0 to window - 1
 */
public record PoolSpec(List<Integer> window, List<Integer> strides, List<Integer> lows, List<Integer> highs) {
    /** Copies the lists. */
    public PoolSpec {
        window = List.copyOf(window);
        strides = List.copyOf(strides);
        lows = List.copyOf(lows);
        highs = List.copyOf(highs);
    }

    /** The number of spatial axes. */
    public int spatialRank() {
        return window.size();
    }

    /** The output length on spatial axis {@code axis}. */
    public long outputLength(int axis, long inputLength) {
        return Math.floorDiv(inputLength + lows.get(axis) + highs.get(axis) - window.get(axis), strides.get(axis)) + 1;
    }
}
