package dev.keratin.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Holds gradients of a tape against central differences in float64. */
public final class FiniteDifferences {
    /** Balances the cut-off error, of order step squared, with the rounding error, of order 1e-16 / step. */
    private static final double STEP = 1e-5;

    /** A hundred times the error that the step leaves for derivatives of order one. */
    private static final double TOLERANCE = 1e-7;

    private final Function<List<Tensor>, List<Tensor>> function;
    private final List<Tensor> inputs;

    private FiniteDifferences(Function<List<Tensor>, List<Tensor>> function, List<Tensor> inputs) {
        this.function = function;
        this.inputs = inputs;
    }

    /** Checks the gradient of a random weighting of all floating outputs with respect to every float64 input. */
    public static void check(Function<List<Tensor>, List<Tensor>> function, Tensor... inputs) {
        new FiniteDifferences(function, List.of(inputs)).check();
    }

    /** Checks the Jacobian-vector product of all floating outputs with a random direction of the inputs. */
    static void checkForward(Function<List<Tensor>, List<Tensor>> function, Tensor... inputs) {
        List<Tensor> at = List.of(inputs);
        List<Tensor> direction = at.stream().map(x -> uniform(-1, 1.1, x.shape().dims())).toList();
        List<Tensor> tangents = Jvp.of(function::apply, at, direction).tangents();
        List<Tensor> above = function.apply(moved(at, direction, STEP));
        List<Tensor> below = function.apply(moved(at, direction, -STEP));
        for (int i = 0; i < tangents.size(); i++) {
            if (tangents.get(i).dtype().isFloating()) {
                double[] expected = Ops.divide(Ops.subtract(above.get(i), below.get(i)), 2 * STEP).toDoubleArray();
                double[] actual = tangents.get(i).toDoubleArray();
                for (int k = 0; k < expected.length; k++) {
                    assertThat(actual[k]).as("output " + i + " element " + k)
                            .isCloseTo(expected[k], org.assertj.core.data.Offset.offset(TOLERANCE * Math.max(1, Math.abs(expected[k]))));
                }
            }
        }
    }

    private static List<Tensor> moved(List<Tensor> at, List<Tensor> direction, double step) {
        List<Tensor> moved = new ArrayList<>();
        for (int i = 0; i < at.size(); i++) {
            moved.add(Ops.add(at.get(i), Ops.multiply(direction.get(i), step)));
        }
        return moved;
    }

    /** Uniform elements, seeded by the shape. */
    public static Tensor uniform(double low, double high, long... dims) {
        Random random = new Random(Arrays.hashCode(dims) * 31L + Double.hashCode(low));
        double[] values = random.doubles(Shape.of(dims).size(), low, high).toArray();
        return Tensor.of(values, dims);
    }

    private void check() {
        List<Tensor> weights = weights();
        List<Tensor> gradients = new ArrayList<>();
        try (GradientTape tape = new GradientTape()) {
            inputs.forEach(tape::watch);
            List<Tensor> outputs = function.apply(inputs);
            List<Tensor> targets = new ArrayList<>();
            List<Tensor> seeds = new ArrayList<>();
            for (int i = 0; i < outputs.size(); i++) {
                if (outputs.get(i).dtype().isFloating()) {
                    targets.add(outputs.get(i));
                    seeds.add(weights.get(i));
                }
            }
            gradients.addAll(tape.gradient(targets, inputs, seeds));
            gradients.stream().filter(each -> each != null).forEach(tape::keep);
        }
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).dtype().isFloating()) {
                assertThat(gradients.get(i)).as("gradient of input " + i).isNotNull();
                assertThat(gradients.get(i).type()).isEqualTo(inputs.get(i).type());
                compare(i, gradients.get(i).toDoubleArray(), weights);
            }
        }
    }

    private void compare(int input, double[] actual, List<Tensor> weights) {
        for (int element = 0; element < actual.length; element++) {
            double expected = (weighted(input, element, STEP, weights) - weighted(input, element, -STEP, weights)) / (2 * STEP);
            double tolerance = TOLERANCE * Math.max(1, Math.abs(expected));
            assertThat(actual[element]).as("input " + input + " element " + element)
                    .isCloseTo(expected, org.assertj.core.data.Offset.offset(tolerance));
        }
    }

    private double weighted(int input, int element, double step, List<Tensor> weights) {
        double[] moved = inputs.get(input).toDoubleArray();
        moved[element] += step;
        List<Tensor> arguments = new ArrayList<>(inputs);
        TensorType type = inputs.get(input).type();
        arguments.set(input, Tensor.of(moved, type.shape().dims()));
        if (type.shape().rank() == 0) {
            arguments.set(input, Ops.scalar(type.dtype(), moved[0]));
        }
        List<Tensor> outputs = function.apply(arguments);
        double sum = 0;
        for (int i = 0; i < outputs.size(); i++) {
            if (outputs.get(i).dtype().isFloating()) {
                double[] values = outputs.get(i).toDoubleArray();
                double[] factors = weights.get(i).toDoubleArray();
                for (int k = 0; k < values.length; k++) {
                    sum += values[k] * factors[k];
                }
            }
        }
        return sum;
    }

    private List<Tensor> weights() {
        List<Tensor> weights = new ArrayList<>();
        for (Tensor output : function.apply(inputs)) {
            Tensor weight = uniform(0.5, 1.5, output.shape().dims());
            weights.add(output.rank() == 0 ? Ops.scalar(output.dtype(), 0.8) : weight);
        }
        return Collections.unmodifiableList(weights);
    }
}
