package dev.keratin.layers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.CompiledFunction;
import dev.keratin.DTypePolicy;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.autodiff.GradientTape;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Checks all that a layer owes: {@code LayerContract.of(() -> conv2d(4, 3)).input(8, 8, 3).weights(2).check()}. Each check
 * makes a layer of its own. Runs on the current backend.
 *
 * <ul>
 *   <li>The configuration has the keys of Keras and survives a round trip.
 *   <li>Output shapes for an unknown batch are those of real batches.
 *   <li>Outputs have the compute dtype, weights the variable dtype; a weight named count is int32.
 *   <li>A mask is passed on or dropped.
 *   <li>A compiled call gives what an eager one gives.
 *   <li>Gradients of weights and inputs agree with finite differences in float64, outside of training and, if nothing is
 *       random, in training.
 *   <li>The number of weights is the given one.
 * </ul>
 */
final class LayerContract {
    private static final long SEED = 20240607;
    private static final int BATCH = 3;
    /** The only weight of Keras that is a whole number. */
    private static final String COUNT = "count";
    private static final double STEP = 1e-5;
    /** The error of the difference quotient is of the order of the step squared and of the rounding over the step. */
    private static final double GRADIENT_TOLERANCE = 1e-6;
    /** Compiled programs may add up in another order than eager ones. */
    private static final float COMPILED_TOLERANCE = 1e-5f;

    private final Supplier<? extends Layer> factory;
    private final Random random = new Random(SEED);
    private final List<Shape> samples = new ArrayList<>();
    private int weights;
    private boolean passesMask = true;
    private boolean differentiable = true;
    private Function<Tensor, Tensor> domain = Function.identity();

    private LayerContract(Supplier<? extends Layer> factory) {
        this.factory = factory;
    }

    static LayerContract of(Supplier<? extends Layer> factory) {
        return new LayerContract(factory);
    }

    /** Adds an input of floats; the shape without the batch. */
    LayerContract input(long... sample) {
        samples.add(Shape.of(sample));
        return this;
    }

    /** How many weights there are; none by default. */
    LayerContract weights(int count) {
        weights = count;
        return this;
    }

    /** The layer does not pass a mask on. */
    LayerContract dropsMask() {
        passesMask = false;
        return this;
    }

    /** The layer has no gradients. */
    LayerContract notDifferentiable() {
        differentiable = false;
        return this;
    }

    /** What normal numbers are made into before they are inputs. */
    LayerContract domain(Function<Tensor, Tensor> function) {
        domain = function;
        return this;
    }

    void check() {
        checkConfig();
        checkShapes();
        checkDTypes();
        checkMask();
        checkCompiled();
        if (differentiable) {
            checkGradients(false);
            checkGradients(true);
        }
    }

    private void checkConfig() {
        Layer layer = factory.get();
        run(layer, inputs(BATCH, DType.FLOAT32), false);
        ObjectNode config = layer.config();
        JsonNode keys = kerasKeys().get(layer.className());
        assertThat(keys).as("keys of " + layer.className() + " in keras-keys.json").isNotNull();
        TreeSet<String> expected = new TreeSet<>();
        keys.forEach(key -> expected.add(key.asText()));
        TreeSet<String> actual = new TreeSet<>();
        config.fieldNames().forEachRemaining(actual::add);
        assertThat(actual).as("keys of the configuration").isEqualTo(expected);
        Layer again = Layers.registry().deserialize(Layers.registry().serialize(layer));
        assertThat(again.getClass()).isEqualTo(layer.getClass());
        assertThat(again.config()).as("configuration after a round trip").isEqualTo(config);
        assertThat(layer.weights()).as("weights").hasSize(weights);
    }

    private static JsonNode kerasKeys() {
        try (InputStream in = LayerContract.class.getResourceAsStream("keras-keys.json")) {
            return Json.MAPPER.readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void checkShapes() {
        Layer layer = factory.get();
        List<TensorType> unknown = samples.stream()
                .map(sample -> new TensorType(DType.FLOAT32, Shape.of(Shape.UNKNOWN).concat(sample))).toList();
        List<TensorType> symbolic = layer.outputTypes(unknown);
        for (int batch : new int[] {1, BATCH}) {
            List<Tensor> outputs = run(layer, inputs(batch, DType.FLOAT32), false);
            for (int i = 0; i < outputs.size(); i++) {
                assertThat(symbolic.get(i).shape().dim(0)).as("symbolic batch").isEqualTo(Shape.UNKNOWN);
                assertThat(outputs.get(i).type()).as("output")
                        .isEqualTo(symbolic.get(i).withShape(symbolic.get(i).shape().with(0, batch)));
            }
        }
    }

    private void checkDTypes() {
        for (String name : List.of("float64", "mixed_bfloat16")) {
            Layer layer = factory.get();
            layer.setDTypePolicy(DTypePolicy.of(name));
            for (boolean training : new boolean[] {false, true}) {
                List<Tensor> outputs = run(layer, inputs(BATCH, DType.FLOAT32), training);
                assertThat(outputs).as(name).allMatch(output -> output.dtype() == layer.computeDType());
            }
            assertThat(layer.weights()).as(name).allMatch(weight ->
                    weight.dtype() == (weight.name().equals(COUNT) ? DType.INT32 : layer.variableDType()));
        }
    }

    private void checkMask() {
        if (samples.get(0).rank() < 2) {
            return;
        }
        List<Tensor> inputs = inputs(BATCH, DType.FLOAT32);
        boolean[] counts = new boolean[BATCH * (int) samples.get(0).dim(0)];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = i % 3 != 2;
        }
        inputs.get(0).attachMask(Tensor.of(counts, BATCH, samples.get(0).dim(0)));
        Layer layer = factory.get();
        boolean fits = !(layer instanceof BatchNormalization || layer instanceof Softmax) || samples.get(0).rank() == 2;
        if (fits) {
            assertThat(run(layer, inputs, true).get(0).mask() != null).as("passes the mask").isEqualTo(passesMask);
        }
    }

    private void checkCompiled() {
        Layer layer = factory.get();
        List<Tensor> inputs = inputs(BATCH, DType.FLOAT32);
        List<Tensor> eager = run(layer, inputs, false);
        try (CompiledFunction compiled = new CompiledFunction(arguments -> layer.call(arguments, false))) {
            List<Tensor> outputs = compiled.call(inputs);
            for (int i = 0; i < outputs.size(); i++) {
                assertThat(Ops.cast(outputs.get(i), DType.FLOAT32).toFloatArray()).as("compiled")
                        .containsExactly(Ops.cast(eager.get(i), DType.FLOAT32).toFloatArray(),
                                org.assertj.core.api.Assertions.within(COMPILED_TOLERANCE));
            }
        }
    }

    private void checkGradients(boolean training) {
        Layer layer = factory.get();
        layer.setDTypePolicy(DTypePolicy.of("float64"));
        List<Tensor> inputs = inputs(BATCH, DType.FLOAT64);
        List<Tensor> outputs = run(layer, inputs, training);
        if (training && !layer.ownStates().isEmpty()) {
            return;
        }
        layer.trainableVariables().forEach(weight -> weight.assign(Ops.add(weight.value(), noise(weight.shape()))));
        List<Tensor> cotangents = outputs.stream().map(output -> noise(output.shape())).toList();
        List<Variable> variables = layer.trainableVariables();
        try (GradientTape tape = new GradientTape()) {
            inputs.forEach(tape::watch);
            Tensor value = value(layer, inputs, cotangents, training);
            List<Tensor> ofWeights = tape.gradient(value, variables);
            for (int i = 0; i < variables.size(); i++) {
                checkWeight(layer, inputs, cotangents, training, variables.get(i), ofWeights.get(i));
            }
            for (int i = 0; i < inputs.size(); i++) {
                checkInput(layer, inputs, cotangents, training, i, tape.gradient(value, inputs.get(i)));
            }
        }
    }

    private void checkWeight(Layer layer, List<Tensor> inputs, List<Tensor> cotangents, boolean training,
            Variable weight, Tensor gradient) {
        Tensor direction = noise(weight.shape());
        Tensor start = Ops.copy(weight.value());
        weight.assign(Ops.add(start, Ops.multiply(direction, STEP)));
        double above = value(layer, inputs, cotangents, training).item();
        weight.assign(Ops.subtract(start, Ops.multiply(direction, STEP)));
        double below = value(layer, inputs, cotangents, training).item();
        weight.assign(start);
        compare("gradient of " + weight.name(), gradient, direction, (above - below) / (2 * STEP));
    }

    private void checkInput(Layer layer, List<Tensor> inputs, List<Tensor> cotangents, boolean training,
            int which, Tensor gradient) {
        Tensor direction = noise(inputs.get(which).shape());
        double[] values = new double[2];
        for (int side = 0; side < 2; side++) {
            List<Tensor> moved = new ArrayList<>(inputs);
            moved.set(which, Ops.add(inputs.get(which), Ops.multiply(direction, side == 0 ? STEP : -STEP)));
            values[side] = value(layer, moved, cotangents, training).item();
        }
        compare("gradient of input " + which, gradient, direction, (values[0] - values[1]) / (2 * STEP));
    }

    private static void compare(String what, Tensor gradient, Tensor direction, double slope) {
        double product = gradient == null ? 0 : Ops.sum(Ops.multiply(gradient, direction)).item();
        double tolerance = GRADIENT_TOLERANCE * Math.max(1, Math.abs(slope));
        assertThat(product).as(what + " along a direction, seed " + SEED)
                .isCloseTo(slope, org.assertj.core.api.Assertions.within(tolerance));
    }

    private static Tensor value(Layer layer, List<Tensor> inputs, List<Tensor> cotangents, boolean training) {
        List<Tensor> outputs = layer.call(inputs, training);
        Tensor sum = Ops.zeros(Shape.scalar(), DType.FLOAT64);
        for (int i = 0; i < outputs.size(); i++) {
            sum = Ops.add(sum, Ops.sum(Ops.multiply(outputs.get(i), cotangents.get(i))));
        }
        return sum;
    }

    private static List<Tensor> run(Layer layer, List<Tensor> inputs, boolean training) {
        return layer.call(inputs, training);
    }

    private List<Tensor> inputs(int batch, DType dtype) {
        return samples.stream().map(sample ->
                Ops.cast(domain.apply(noise(Shape.of(batch).concat(sample))), dtype)).toList();
    }

    private Tensor noise(Shape shape) {
        double[] elements = new double[(int) shape.size()];
        Arrays.setAll(elements, i -> random.nextGaussian());
        return Tensor.of(elements, shape.dims());
    }
}
