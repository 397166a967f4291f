package dev.keratin.initializers;

import dev.keratin.backend.Shape;
import java.util.List;

/**
 * How many numbers an output is a sum of, and how many outputs an input goes into.
 *
 * @param in the inputs of one output
 * @param out the outputs of one input
 */
record Fans(double in, double out) {
    /**
     * The fans of a kernel: its last two axes are inputs and outputs, all before are positions.
     *
     * @param inputAxes with {@code outputAxes} instead of that rule, unless one of the two is empty
     */
    static Fans of(Shape shape, List<Integer> inputAxes, List<Integer> outputAxes) {
        if (!inputAxes.isEmpty() && !outputAxes.isEmpty()) {
            return new Fans(product(shape, inputAxes), product(shape, outputAxes));
        }
        return switch (shape.rank()) {
            case 0 -> new Fans(1, 1);
            case 1 -> new Fans(shape.dim(0), shape.dim(0));
            default -> kernel(shape, shape.subShape(0, shape.rank() - 2).size());
        };
    }

    private static Fans kernel(Shape shape, long positions) {
        return new Fans((double) positions * shape.dim(-2), (double) positions * shape.dim(-1));
    }

    private static double product(Shape shape, List<Integer> axes) {
        return axes.stream().mapToDouble(shape::dim).reduce(1, (a, b) -> a * b);
    }
}
