package dev.keratin.bench;

import static dev.keratin.layers.Layers.add;
import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.layers.Layers.layerNormalization;
import static dev.keratin.models.Models.model;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.keratin.Tensor;
import dev.keratin.data.Batch;
import dev.keratin.losses.SparseCategoricalCrossentropy;
import dev.keratin.models.Model;
import dev.keratin.optimizers.SGD;
import java.lang.management.ManagementFactory;
import java.util.function.BinaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compiling a training step takes work in proportion to its layers; the bytes allocated stand for the work. */
class CompileCostTest {
    private static final int UNITS = 16;
    private static final int FEW = 100;
    private static final int MANY = 10 * FEW;

    /** Ten times the layers cost a little less than that, as each step has a fixed part; this leaves room for 6% more. */
    private static final double MOST = 10.5;

    /** What follows each Dense layer; the second operand is one tensor for all of them. */
    private enum Block {
        PLAIN((x, shared) -> x),
        SHARED_OPERAND((x, shared) -> add().apply(x, shared)),
        NORMALIZED((x, shared) -> layerNormalization().apply(x));

        private final BinaryOperator<Tensor> end;

        Block(BinaryOperator<Tensor> end) {
            this.end = end;
        }
    }

    private static Model stack(Block block, int depth) {
        Tensor in = input(UNITS);
        Tensor shared = dense(UNITS).apply(in);
        Tensor x = in;
        for (int i = 0; i < depth; i++) {
            x = block.end.apply(dense(UNITS).activation("relu").apply(x), shared);
        }
        return model(in, x);
    }

    private static long bytesToCompile(Block block, int depth) {
        Model stack = stack(block, depth);
        stack.compile(new SGD(0.1), new SparseCategoricalCrossentropy().fromLogits(true));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Batch data = Batch.of(Tensor.of(new float[UNITS], 1, UNITS), Tensor.of(new int[1], 1))) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            stack.trainProgram(data);
            return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        }
    }

    @ParameterizedTest
    @EnumSource
    void trainProgram_tenTimesTheLayers_allocatesAtMostTenTimesAsMuch(Block block) {
        bytesToCompile(block, FEW);

        assertThat((double) bytesToCompile(block, MANY) / bytesToCompile(block, FEW)).isLessThan(MOST);
    }
}
