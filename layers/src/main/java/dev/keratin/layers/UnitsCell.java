package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.Shape;
import dev.keratin.initializers.Initializer;
import dev.keratin.random.Random;
import dev.keratin.random.SeedGenerator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cell whose gates are products of the input with a kernel [features, gates * units] and of the state with a recurrent
 * kernel [units, gates * units], plus a bias.
 *
 * @param <S> the cell's own class
 */
abstract class UnitsCell<S extends UnitsCell<S>> extends RecurrentCell<S> implements CellOptions<S> {
    private final CellSettings settings;
    private final int gates;
    private @Nullable Variable kernel;
    private @Nullable Variable recurrentKernel;
    private @Nullable Variable bias;
    private @Nullable SeedGenerator seedGenerator;

    UnitsCell(CellSettings settings, int gates) {
        this.settings = settings;
        this.gates = gates;
    }

    @Override
    public final CellSettings settings() {
        return settings;
    }

    /** The number of units. */
    public final int units() {
        return settings.units;
    }

    /** The kernel [features, gates * units]; null before the cell is built. */
    public final @Nullable Variable kernel() {
        return kernel;
    }

    /** The recurrent kernel [units, gates * units]; null before the cell is built. */
    public final @Nullable Variable recurrentKernel() {
        return recurrentKernel;
    }

    /** The bias; null before the cell is built, or without one. */
    public final @Nullable Variable bias() {
        return bias;
    }

    @Override
    public List<Integer> stateSizes() {
        return List.of(units());
    }

    Shape biasShape() {
        return Shape.of((long) gates * units());
    }

    Initializer biasStart() {
        return settings.biasInitializer;
    }

    /** The bias of the products with the input; null for none. */
    @Nullable Tensor inputBias() {
        return bias == null ? null : value(bias);
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        long features = Weights.knownLength(this, inputShapes.get(0), -1);
        long width = (long) gates * units();
        kernel = addWeight(new WeightSpec("kernel", Shape.of(features, width), settings.kernelInitializer)
                .regularizer(settings.kernelRegularizer).constraint(settings.kernelConstraint));
        recurrentKernel = addWeight(new WeightSpec("recurrent_kernel", Shape.of(units(), width),
                settings.recurrentInitializer)
                .regularizer(settings.recurrentRegularizer).constraint(settings.recurrentConstraint));
        if (settings.useBias) {
            bias = addWeight(new WeightSpec("bias", biasShape(), biasStart())
                    .regularizer(settings.biasRegularizer).constraint(settings.biasConstraint));
        }
        SeedGenerator generator = settings.seed == null ? new SeedGenerator() : new SeedGenerator(settings.seed);
        addState(generator.state());
        seedGenerator = generator;
    }

    /** Input masks, one or one for each gate, then as many state masks; those of rates 0 and 1 are left out, as in Keras. */
    @Override
    protected List<Tensor> draw(long batch, boolean training) {
        List<Tensor> masks = new ArrayList<>();
        if (training && drops(settings.dropout)) {
            masks.addAll(masks(Shape.of(batch, kernel.shape().dim(0)), settings.dropout));
        }
        if (training && drops(settings.recurrentDropout)) {
            masks.addAll(masks(Shape.of(batch, units()), settings.recurrentDropout));
        }
        return masks;
    }

    @Override
    protected int draws() {
        return (drops(settings.dropout) ? masksEach() : 0) + (drops(settings.recurrentDropout) ? masksEach() : 0);
    }

    private static boolean drops(double rate) {
        return rate > 0 && rate < 1;
    }

    private int masksEach() {
        return settings.recurrentDropout > 0 ? gates : 1;
    }

    private List<Tensor> masks(Shape shape, double rate) {
        List<Tensor> masks = new ArrayList<>();
        for (int i = 0; i < masksEach(); i++) {
            masks.add(Random.dropout(Ops.ones(shape, computeDType()), rate, seedGenerator));
        }
        return masks;
    }

    private List<Tensor> inputMasks(List<Tensor> drawn) {
        return drops(settings.dropout) && !drawn.isEmpty() ? drawn.subList(0, masksEach()) : List.of();
    }

    private List<Tensor> stateMasks(List<Tensor> drawn) {
        return drops(settings.recurrentDropout) && !drawn.isEmpty()
                ? drawn.subList(drawn.size() - masksEach(), drawn.size()) : List.of();
    }

    /** The state as each gate sees it. */
    final List<Tensor> droppedState(Tensor state, List<Tensor> drawn) {
        List<Tensor> masks = stateMasks(drawn);
        return masks.isEmpty() ? Collections.nCopies(gates, state)
                : masks.stream().map(mask -> Ops.multiply(state, mask)).toList();
    }

    /** The product of the state with a gate's part of the recurrent kernel. */
    final Tensor recurrentGate(Tensor state, int gate) {
        return Ops.matmul(state, columns(value(recurrentKernel), gate, gate + 1));
    }

    /** The products of the state with the recurrent kernel for the first so many gates. */
    final Tensor recurrentGates(Tensor state, int count, List<Tensor> drawn) {
        if (stateMasks(drawn).isEmpty()) {
            Tensor all = value(recurrentKernel);
            return Ops.matmul(state, count == gates ? all : columns(all, 0, count));
        }
        List<Tensor> dropped = droppedState(state, drawn);
        List<Tensor> parts = new ArrayList<>();
        for (int gate = 0; gate < count; gate++) {
            parts.add(recurrentGate(dropped.get(gate), gate));
        }
        return parts.size() == 1 ? parts.get(0) : Ops.concatenate(parts, -1);
    }

    /** The elements of some gates along the last axis. */
    final Tensor columns(Tensor x, int from, int to) {
        long[] starts = new long[x.rank()];
        long[] sizes = new long[x.rank()];
        java.util.Arrays.fill(sizes, -1);
        starts[x.rank() - 1] = (long) from * units();
        sizes[x.rank() - 1] = (long) (to - from) * units();
        return Ops.slice(x, starts, sizes);
    }

    final List<Tensor> split(Tensor x) {
        return gates == 1 ? List.of(x) : Ops.split(x, gates, -1);
    }

    /** The products of the input [..., features] with the kernel, plus the bias: [..., gates * units]. */
    @Override
    final Tensor prepare(Tensor input, List<Tensor> drawn) {
        List<Tensor> masks = inputMasks(drawn);
        Tensor product;
        if (masks.size() > 1) {
            List<Tensor> parts = new ArrayList<>();
            for (int gate = 0; gate < gates; gate++) {
                Tensor part = columns(value(kernel), gate, gate + 1);
                parts.add(rowsTimes(masked(input, masks.get(gate)), part, null));
            }
            product = Ops.concatenate(parts, -1);
            Tensor offset = inputBias();
            return offset == null ? product : Ops.add(product, offset);
        }
        return rowsTimes(masks.isEmpty() ? input : masked(input, masks.get(0)), value(kernel), inputBias());
    }

    private static Tensor masked(Tensor input, Tensor mask) {
        return Ops.multiply(input, input.rank() == 3 ? Ops.expandDims(mask, 1) : mask);
    }

    /** All rows of [batch, time, features] as one product of matrices, plus a bias. */
    private static Tensor rowsTimes(Tensor input, Tensor matrix, @Nullable Tensor offset) {
        Shape shape = input.shape();
        Tensor rows = shape.rank() == 2 ? input : Ops.reshape(input, -1, shape.dim(-1));
        Tensor product = Ops.matmul(rows, matrix);
        product = offset == null ? product : Ops.add(product, offset);
        return shape.rank() == 2 ? product : Ops.reshape(product, shape.dim(0), shape.dim(1), matrix.shape().dim(1));
    }

    @Override
    protected final List<Tensor> step(Tensor input, List<Tensor> states, List<Tensor> drawn) {
        return advance(prepare(input, drawn), states, drawn);
    }

    @Override
    abstract List<Tensor> advance(Tensor prepared, List<Tensor> states, List<Tensor> drawn);

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        settings.write(config);
        return config;
    }

    final S configureCell(ObjectNode config) {
        configure(config);
        settings.read(config);
        return self();
    }
}
