package dev.keratin.layers;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.WindowOptions;
import dev.keratin.backend.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of {@link ConvLSTM}: that of {@link LSTMCell} with convolutions in place of products. The input's kernel moves as
 * set, the state's by 1 without gaps and with zeros around.
 */
final class ConvLSTMCell extends MemoryCell<ConvLSTMCell> {
    private final ConvSettings movement;
    private long[] lengths;

    ConvLSTMCell(int rank, int filters, int... kernelSize) {
        super(new CellSettings("ConvLSTM" + rank + "D", "filter", filters, 4));
        movement = new ConvSettings("ConvLSTM" + rank + "D", List.of("valid", "same"), rank, kernelSize);
        lengths = new long[rank];
        Arrays.fill(lengths, Shape.UNKNOWN);
        setName("conv_lstm_cell");
    }

    ConvSettings movement() {
        return movement;
    }

    /** Before the cell is built, spatial lengths are unknown. */
    @Override
    Shape stateShape() {
        Shape filters = Shape.of(units());
        return movement.format().channelsFirst() ? filters.concat(Shape.of(lengths)) : Shape.of(lengths).concat(filters);
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        movement.requireStepsOrDistancesOfOne(who());
        for (int i = 0; i < lengths.length; i++) {
            long length = Weights.knownLength(this, inputShapes.get(0), movement.format().firstSpatialAxis() + i);
            lengths[i] = movement.windows(length, i);
        }
        super.build(inputShapes);
    }

    @Override
    Shape kernelShape(Shape input) {
        long channels = Weights.knownLength(this, input, movement.format().channelAxis());
        return movement.kernelShape(channels, width());
    }

    @Override
    Shape recurrentKernelShape() {
        return movement.kernelShape(units(), width());
    }

    @Override
    @Nullable Tensor inputBias() {
        Tensor bias = super.inputBias();
        if (bias == null || !movement.format().channelsFirst()) {
            return bias;
        }
        long[] dims = new long[movement.rank() + 1];
        Arrays.fill(dims, 1);
        dims[0] = width();
        return Ops.reshape(bias, dims);
    }

    @Override
    Tensor inputProduct(Tensor input, Tensor part) {
        return Ops.conv(input, part, movement.window());
    }

    @Override
    Tensor stateProduct(Tensor state, Tensor part) {
        return Ops.conv(state, part, new WindowOptions().padding("same").dataFormat(movement.format().name()));
    }

    @Override
    int gateAxis() {
        return movement.format().channelsFirst() ? -1 - movement.rank() : -1;
    }

    @Override
    int masksEach() {
        return gates();
    }
}
