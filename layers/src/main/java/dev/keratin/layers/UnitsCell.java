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
    private @Nullable Variable kernel;
    private @Nullable Variable recurrentKernel;
    private @Nullable Variable bias;
    private @Nullable SeedGenerator seedGenerator;
    private Shape sample = Shape.scalar();

    UnitsCell(CellSettings settings) {
        this.settings = settings;
    }

    @Override
    public final CellSettings settings() {
        return settings;
    }

    /** The number of units. */
    public final int units() {
        return settings.units;
    }

    final int gates() {
        return settings.gates;
    }

    /** The length of the kernels' last axis: gates times units. */
    final long width() {
        return (long) gates() * units();
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
    public List<Shape> stateShapes() {
        return List.of(Shape.of(units()));
    }

    Shape kernelShape(Shape input) {
        return Shape.of(Weights.knownLength(this, input, -1), width());
    }

    Shape recurrentKernelShape() {
        return Shape.of(units(), width());
    }

    Shape biasShape() {
        return Shape.of(width());
    }

    /** The products of steps with a part of the kernel along its last axis. */
    Tensor inputProduct(Tensor input, Tensor part) {
        return Ops.matmul(input, part);
    }

    /** The products of the state with a part of the recurrent kernel along its last axis. */
    Tensor stateProduct(Tensor state, Tensor part) {
        return Ops.matmul(state, part);
    }

    /** Where products have the gates, counted from the end. */
    int gateAxis() {
        return -1;
    }

    Initializer biasStart() {
        return settings.bias.initializer;
    }

    /** The bias of the products with the input; null for none. */
    @Nullable Tensor inputBias() {
        return bias == null ? null : value(bias);
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        kernel = addWeight(settings.kernel.spec("kernel", kernelShape(inputShapes.get(0))));
        recurrentKernel = addWeight(settings.recurrent.spec("recurrent_kernel", recurrentKernelShape()));
        if (settings.useBias) {
            bias = addWeight(settings.bias.spec("bias", biasShape(), biasStart()));
        }
        SeedGenerator generator = settings.seed == null ? new SeedGenerator() : new SeedGenerator(settings.seed);
        addState(generator.state());
        seedGenerator = generator;
        sample = inputShapes.get(0).remove(0);
    }

    /** Input masks, one or one for each gate, then as many state masks; those of rates 0 and 1 are left out, as in Keras. */
    @Override
    protected List<Tensor> draw(long batch, boolean training) {
        List<Tensor> masks = new ArrayList<>();
        if (training && drops(settings.dropout)) {
            masks.addAll(masks(Shape.of(batch).concat(sample), settings.dropout));
        }
        if (training && drops(settings.recurrentDropout)) {
            masks.addAll(masks(Shape.of(batch).concat(outputShape()), settings.recurrentDropout));
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

    /** How many masks there are for the input, and for the state. */
    int masksEach() {
        return settings.recurrentDropout > 0 ? gates() : 1;
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
        return masks.isEmpty() ? Collections.nCopies(gates(), state)
                : masks.stream().map(mask -> Ops.multiply(state, mask)).toList();
    }

    /** The product of the state with a gate's part of the recurrent kernel. */
    final Tensor recurrentGate(Tensor state, int gate) {
        return stateProduct(state, columns(value(recurrentKernel), gate, gate + 1));
    }

    /** The products of the state with the recurrent kernel for the first so many gates. */
    final Tensor recurrentGates(Tensor state, int count, List<Tensor> drawn) {
        if (stateMasks(drawn).isEmpty()) {
            Tensor all = value(recurrentKernel);
            return stateProduct(state, count == gates() ? all : columns(all, 0, count));
        }
        List<Tensor> dropped = droppedState(state, drawn);
        List<Tensor> parts = new ArrayList<>();
        for (int gate = 0; gate < count; gate++) {
            parts.add(recurrentGate(dropped.get(gate), gate));
        }
        return parts.size() == 1 ? parts.get(0) : Ops.concatenate(parts, gateAxis());
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
        return gates() == 1 ? List.of(x) : Ops.split(x, gates(), gateAxis());
    }

    /** The products of a step, or of all at once, with the kernel, plus the bias: [..., gates * units]. */
    @Override
    final Tensor prepare(Tensor input, List<Tensor> drawn) {
        List<Tensor> masks = inputMasks(drawn);
        Tensor product;
        if (masks.size() > 1) {
            List<Tensor> parts = new ArrayList<>();
            for (int gate = 0; gate < gates(); gate++) {
                Tensor part = columns(value(kernel), gate, gate + 1);
                parts.add(products(masked(input, masks.get(gate)), part, null));
            }
            product = Ops.concatenate(parts, gateAxis());
            Tensor offset = inputBias();
            return offset == null ? product : Ops.add(product, offset);
        }
        return products(masks.isEmpty() ? input : masked(input, masks.get(0)), value(kernel), inputBias());
    }

    private static Tensor masked(Tensor input, Tensor mask) {
        return Ops.multiply(input, input.rank() > mask.rank() ? Ops.expandDims(mask, 1) : mask);
    }

    /** All steps of [batch, time, ...] in one product, plus a bias. */
    private Tensor products(Tensor input, Tensor part, @Nullable Tensor offset) {
        Shape shape = input.shape();
        boolean sequence = shape.rank() > sample.rank() + 1;
        Tensor steps = sequence ? Ops.reshape(input, Shape.of(-1).concat(sample).dims()) : input;
        Tensor product = inputProduct(steps, part);
        product = offset == null ? product : Ops.add(product, offset);
        return sequence ? Ops.reshape(product, shape.subShape(0, 2).concat(product.shape().remove(0)).dims()) : product;
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
