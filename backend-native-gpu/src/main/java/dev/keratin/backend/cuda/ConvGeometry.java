package dev.keratin.backend.cuda;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.ConvSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution over as many spatial axes as wanted: those that are missing have length 1 and come first.
 *
 * @param input [batch, spatial..., channels]
 * @param kernel [spatial..., channels / groups, filters]
 * @param output [batch, spatial..., filters]
 */
record ConvGeometry(ConvSpec spec, Shape input, Shape kernel, Shape output) {
    /** The same over at least {@code axes} spatial axes. */
    ConvGeometry over(int axes) {
        int missing = Math.max(0, axes - spec.spatialRank());
        ConvSpec wider = new ConvSpec(filled(missing, 1, spec.strides()), filled(missing, 0, spec.lows()),
                filled(missing, 0, spec.highs()), filled(missing, 1, spec.dilations()), spec.groups());
        return new ConvGeometry(wider, filled(missing, 1, input), filled(missing, 0, kernel), filled(missing, 1, output));
    }

    private static List<Integer> filled(int missing, int value, List<Integer> list) {
        List<Integer> filled = new ArrayList<>(list);
        for (int i = 0; i < missing; i++) {
            filled.add(0, value);
        }
        return filled;
    }

    private static Shape filled(int missing, int axis, Shape shape) {
        Shape filled = shape;
        for (int i = 0; i < missing; i++) {
            filled = filled.insert(axis, 1);
        }
        return filled;
    }

    /** Whether each output position is a product of one input position and a matrix. */
    boolean isProduct() {
        return spec.groups() == 1 && window().size() == 1
                && spec.strides().stream().allMatch(stride -> stride == 1) && !isPadded();
    }

    private boolean isPadded() {
        return !spec.lows().equals(spec.highs()) || spec.lows().stream().anyMatch(low -> low > 0);
    }

    /** Whether there are as many zeros before as after each axis. */
    boolean isSymmetric() {
        return spec.lows().equals(spec.highs());
    }

    /** Whether nothing is to be summed or stored. */
    boolean isEmpty() {
        return input.size() == 0 || kernel.size() == 0 || output.size() == 0;
    }

    /** Lengths of the window. */
    Shape window() {
        return kernel.subShape(0, spec.spatialRank());
    }

    /** Input, with the zeros round it as part of it. */
    Shape padded() {
        Shape padded = input;
        for (int axis = 0; axis < spec.spatialRank(); axis++) {
            padded = padded.with(axis + 1, input.dim(axis + 1) + spec.lows().get(axis) + spec.highs().get(axis));
        }
        return padded;
    }

    /** The elements of a padded input that stand before its first own one. */
    long paddedOffset() {
        long[] strides = padded().strides();
        long offset = 0;
        for (int axis = 0; axis < spec.spatialRank(); axis++) {
            offset += spec.lows().get(axis) * strides[axis + 1];
        }
        return offset;
    }

    /** The same on a padded input. */
    ConvGeometry onPadded() {
        List<Integer> none = spec.lows().stream().map(low -> 0).toList();
        return new ConvGeometry(new ConvSpec(spec.strides(), none, none, spec.dilations(), spec.groups()), padded(), kernel, output);
    }

    /** The kernel as [filters, spatial..., channels / groups]. */
    Shape kernelOfLibrary() {
        return Shape.of(kernel.dim(-1)).concat(kernel.remove(-1));
    }
}
