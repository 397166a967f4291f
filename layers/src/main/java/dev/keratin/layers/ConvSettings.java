package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.WindowOptions;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.util.Arrays;
import java.util.List;

/** How a kernel moves over spatial axes: shared by convolutions and by recurrent layers that convolve. */
final class ConvSettings {
    private final String who;
    private final List<String> paddings;
    private final int[] kernelSize;
    private int[] strides;
    private int[] dilationRate;
    private String padding = "valid";
    private SpatialFormat format;

    /**
     * Keras's defaults.
     *
     * @param who the layer's class
     * @param paddings those that the layer knows
     * @param rank the number of spatial axes
     * @param kernelSize one length for all spatial axes, or one for each
     */
    ConvSettings(String who, List<String> paddings, int rank, int... kernelSize) {
        this.who = who;
        this.paddings = paddings;
        this.kernelSize = Sizes.each(who + ": kernelSize", rank, 1, kernelSize);
        this.strides = Sizes.each("strides", rank, 1, 1);
        this.dilationRate = strides.clone();
        this.format = SpatialFormat.standard(rank);
    }

    void strides(int... steps) {
        strides = Sizes.each(who + ": strides", rank(), 1, steps);
    }

    void dilationRate(int... distances) {
        dilationRate = Sizes.each(who + ": dilationRate", rank(), 1, distances);
    }

    void padding(String name) {
        if (!paddings.contains(name)) {
            throw new IllegalArgumentException(who + ": a padding of " + paddings + " is required. Received: \"" + name
                    + "\". Check the spelling.");
        }
        padding = name;
    }

    void dataFormat(String name) {
        format = new SpatialFormat(rank(), name);
    }

    int rank() {
        return kernelSize.length;
    }

    int[] strides() {
        return strides;
    }

    int[] dilationRate() {
        return dilationRate;
    }

    SpatialFormat format() {
        return format;
    }

    /**
     * Requires steps or distances of 1, as Keras does.
     *
     * @throws IllegalArgumentException if both are larger along some axis
     */
    void requireStepsOrDistancesOfOne(String who) {
        if (max(strides) > 1 && max(dilationRate) > 1) {
            throw new IllegalArgumentException(who + ": strides or a dilationRate of 1 is required. Received: strides="
                    + Arrays.toString(strides) + ", dilationRate=" + Arrays.toString(dilationRate) + ". Leave one of them at 1.");
        }
    }

    private static int max(int[] numbers) {
        return Arrays.stream(numbers).max().orElseThrow();
    }

    /** Whether no zeros are put around. */
    boolean isValid() {
        return padding.equals("valid");
    }

    /** Adds lengths of two axes to the kernel's spatial lengths. */
    Shape kernelShape(long second, long last) {
        long[] spatial = new long[rank()];
        for (int i = 0; i < spatial.length; i++) {
            spatial[i] = kernelSize[i];
        }
        return Shape.of(spatial).concat(Shape.of(second, last));
    }

    /** How the kernel moves. */
    WindowOptions window() {
        return new WindowOptions().strides(strides).padding(padding).dilationRate(dilationRate).dataFormat(format.name());
    }

    /** How far the kernel reaches along each spatial axis. */
    int[] spans() {
        int[] spans = new int[rank()];
        for (int i = 0; i < spans.length; i++) {
            spans[i] = (kernelSize[i] - 1) * dilationRate[i] + 1;
        }
        return spans;
    }

    /** The number of windows along a spatial axis of a known length. */
    long windows(long length, int spatial) {
        long first = isValid() ? length - spans()[spatial] : length - 1;
        return first / strides[spatial] + 1;
    }

    void write(ObjectNode config) {
        config.set("kernel_size", Sizes.json(kernelSize));
        config.set("strides", Sizes.json(strides));
        config.put("padding", padding);
        config.put("data_format", format.name());
        config.set("dilation_rate", Sizes.json(dilationRate));
    }

    void read(ObjectNode config) {
        strides(Sizes.read(config, "strides", 1));
        dilationRate(Sizes.read(config, "dilation_rate", 1));
        padding(Json.text(config, "padding", padding));
        format = format.read(config);
    }
}
