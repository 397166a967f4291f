package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.compiler.Compiler;
import dev.keratin.backend.compiler.FusionPolicy;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Cond;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.LstmSequence;
import dev.keratin.backend.ir.LstmSequenceGrad;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Pad;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.reference.ReferenceProvider;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecurrentFusionTest {
    private static final long BATCH = 2;
    private static final long FEATURES = 4;
    private static final long UNITS = 3;
    private static final Recurrence LSTM = new Recurrence(Recurrence.Cell.LSTM, DType.FLOAT32, BATCH, 5, FEATURES, UNITS, true, true);

    private final RecordingDriver driver = new RecordingDriver(convolution -> true, layer -> true);

    /** What keeps a layer from the library. */
    private enum Obstacle {
        NONE, MASK, GATES_ARE_READ, ALL_STATES_ARE_READ, ALL_STATES_HAVE_GRADIENTS, GRADIENT_OF_SUMS_IS_READ, NO_PRODUCT, FLOAT64, ONE_STEP
    }

    /** The gradients of an LSTM layer, and its results. */
    private static Program lstm(Obstacle obstacle) {
        ProgramBuilder builder = new ProgramBuilder();
        DType dtype = obstacle == Obstacle.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
        long time = obstacle == Obstacle.ONE_STEP ? 1 : 5;
        Shape sequences = Shape.of(BATCH, time, UNITS);
        Value input = builder.parameter(TensorType.of(dtype, BATCH * time, FEATURES));
        Value kernel = builder.parameter(TensorType.of(dtype, FEATURES, 4 * UNITS));
        Value sums = builder.add(new Binary(BinaryKind.ADD), builder.add(new MatMul(false, false), input, kernel),
                builder.parameter(TensorType.of(dtype, 4 * UNITS)));
        Value given = builder.parameter(TensorType.of(dtype, BATCH * time, 4 * UNITS));
        Value projected = builder.add(new Reshape(sequences.with(2, 4 * UNITS)), obstacle == Obstacle.NO_PRODUCT ? given : sums);
        Value h0 = builder.parameter(TensorType.of(dtype, BATCH, UNITS));
        Value c0 = builder.parameter(TensorType.of(dtype, BATCH, UNITS));
        Value recurrent = builder.parameter(TensorType.of(dtype, UNITS, 4 * UNITS));
        Value dh = builder.parameter(new TensorType(dtype, sequences));
        Value last = builder.parameter(TensorType.of(dtype, BATCH, 1, UNITS));
        Value all = builder.parameter(new TensorType(dtype, sequences));
        Value mask = builder.parameter(TensorType.of(DType.BOOL, BATCH, time));
        Value zero = builder.constant(Literal.scalar(dtype, 0));
        Value dc = obstacle == Obstacle.ALL_STATES_HAVE_GRADIENTS ? all
                : builder.add(new Pad(List.of(0L, time - 1, 0L), List.of(0L, 0L, 0L), List.of(0L, 0L, 0L)), last, zero);
        List<Value> more = obstacle == Obstacle.MASK ? List.of(mask) : List.of();
        List<Value> out = builder.add(new LstmSequence(!more.isEmpty()), joined(List.of(projected, h0, c0, recurrent), more));
        List<Value> grads = builder.add(new LstmSequenceGrad(!more.isEmpty()),
                joined(List.of(h0, c0, recurrent, out.get(0), out.get(1), out.get(2), dh, dc), more));
        Value dz = builder.add(new Reshape(Shape.of(BATCH * time, 4 * UNITS)), grads.get(0));
        List<Value> results = new ArrayList<>(List.of(out.get(0), grads.get(1), builder.add(new MatMul(true, false), input, dz),
                builder.add(new Reduce(ReduceKind.SUM, List.of(0), false), dz)));
        switch (obstacle) {
            case GATES_ARE_READ -> results.add(out.get(2));
            case ALL_STATES_ARE_READ -> results.add(out.get(1));
            case GRADIENT_OF_SUMS_IS_READ -> results.add(dz);
            default -> { }
        }
        return builder.build(results);
    }

    private static List<Value> joined(List<Value> values, List<Value> more) {
        List<Value> all = new ArrayList<>(values);
        all.addAll(more);
        return all;
    }

    @Test
    void layer_usual_isCallsOfTheLibraryAndCopiesOfItsWeights() {
        Plan plan = driver.lower(lstm(Obstacle.NONE));
        assertThat(driver.recurrences()).containsOnly(LSTM);
        assertThat(driver.products()).isEmpty();
        assertThat(driver.kernels()).containsExactly("weights", "fill", "weights");
        assertThat(plan.steps()).as("three copies and three calls: %s", plan.lines()).hasSize(6);
        assertThat(plan.onDevice()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void layer_obstacle_isAProductAndAKernelForEachStep(Obstacle obstacle) {
        driver.lower(lstm(obstacle));
        assertThat(driver.recurrences()).as("asked of the library").isEmpty();
        assertThat(driver.kernels()).contains("recurrent").doesNotContain("weights");
    }

    @Test
    void layer_libraryLacksIt_isAProductAndAKernelForEachStep() {
        RecordingDriver none = new RecordingDriver(convolution -> true, layer -> false);
        none.lower(lstm(Obstacle.NONE));
        assertThat(none.recurrences()).containsExactly(LSTM);
        assertThat(none.kernels()).contains("recurrent").doesNotContain("weights");
    }

    /** Its operands may lie anywhere. */
    @Test
    void layer_inABranch_isAProductAndAKernelForEachStep() {
        Program layer = lstm(Obstacle.NONE);
        ProgramBuilder builder = new ProgramBuilder();
        List<Value> operands = new ArrayList<>(List.of(builder.parameter(TensorType.of(DType.BOOL))));
        layer.parameterTypes().forEach(type -> operands.add(builder.parameter(type)));
        driver.lower(builder.build(builder.add(new Cond(layer, layer), operands)));
        assertThat(driver.recurrences()).isEmpty();
        assertThat(driver.kernels()).contains("recurrent").doesNotContain("weights");
    }

    @ParameterizedTest
    @MethodSource("dev.keratin.backend.cuda.RecurrencesTest#layers")
    void layer_bodiesOfItsFusions_computeTheSame(Program program) {
        Program fused = RecurrentFusion.run(Compiler.optimize(program, FusionPolicy.none()), driver);
        assertThat(fused.nodes()).anyMatch(node -> node.op() instanceof Fusion fusion && fusion.kind() == FusionKind.ROUTINE);
        List<ByteBuffer> arguments = program.parameterTypes().stream().map(OnShim::random).toList();
        List<ByteBuffer> expected = OnShim.run(new ReferenceProvider().create(), program, arguments);
        List<ByteBuffer> actual = OnShim.run(new ReferenceProvider().create(), fused, arguments);
        assertThat(actual).isEqualTo(expected);
    }
}
