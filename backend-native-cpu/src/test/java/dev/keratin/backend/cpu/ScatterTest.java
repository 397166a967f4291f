package dev.keratin.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Elements;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.ScatterElements;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.ScatterNd;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScatterTest {
    /** Sums of this many random numbers round differently in float32 and in the reference's float64. */
    private static final double SUM_MAGNITUDE = 8;

    static Stream<Arguments> kindsAndTypes() {
        return Arrays.stream(ScatterKind.values())
                .flatMap(kind -> Arrays.stream(DType.values()).map(type -> Arguments.of(kind, type)));
    }

    @ParameterizedTest
    @MethodSource("kindsAndTypes")
    void scatterNd_rowsOfEveryLength_agreesWithReference(ScatterKind kind, DType type) {
        for (int tuple = 1; tuple <= 3; tuple++) {
            for (DType indexType : List.of(DType.INT32, DType.INT64)) {
                checkNd(kind, TensorType.of(type, 4, 5, 6), TensorType.of(indexType, 2, 20, tuple));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ScatterKind.class)
    void scatterNd_largeTargets_agreesWithReference(ScatterKind kind) {
        checkNd(kind, TensorType.of(DType.FLOAT32, 30, 700), TensorType.of(DType.INT32, 130, 1));
        checkNd(kind, TensorType.of(DType.FLOAT32, 3000, 7), TensorType.of(DType.INT32, 5000, 1));
        checkNd(kind, TensorType.of(DType.BFLOAT16, 3000, 7), TensorType.of(DType.INT64, 2000, 1));
        checkNd(kind, TensorType.of(DType.INT32, 90, 90), TensorType.of(DType.INT32, 60000, 2));
    }

    @ParameterizedTest
    @MethodSource("kindsAndTypes")
    void scatterElements_everyAxis_agreesWithReference(ScatterKind kind, DType type) {
        for (int axis = 0; axis < 3; axis++) {
            for (DType indexType : List.of(DType.INT32, DType.INT64)) {
                checkElements(kind, TensorType.of(type, 4, 5, 6), new TensorType(indexType, Shape.of(4, 5, 6).with(axis, 8)), axis);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ScatterKind.class)
    void scatterElements_largeTargets_agreesWithReference(ScatterKind kind) {
        checkElements(kind, TensorType.of(DType.FLOAT32, 20000), TensorType.of(DType.INT32, 50000), 0);
        checkElements(kind, TensorType.of(DType.FLOAT32, 40, 900), TensorType.of(DType.INT64, 50, 900), 0);
        checkElements(kind, TensorType.of(DType.FLOAT16, 90, 400), TensorType.of(DType.INT32, 90, 300), 1);
    }

    @Test
    void scatters_nothingToWrite_giveTheFirstOperand() {
        checkNd(ScatterKind.ADD, TensorType.of(DType.FLOAT32, 3, 2), TensorType.of(DType.INT32, 0, 1));
        checkNd(ScatterKind.SET, TensorType.of(DType.FLOAT16, 3, 0), TensorType.of(DType.INT32, 4, 1));
        checkElements(ScatterKind.MUL, TensorType.of(DType.FLOAT32, 3, 2), TensorType.of(DType.INT32, 3, 0), 1);
        checkElements(ScatterKind.MAX, TensorType.of(DType.BFLOAT16, 3, 0), TensorType.of(DType.INT32, 2, 0), 0);
    }

    @Test
    void scatterNd_tuplesWithoutIndices_changesAll() {
        checkNd(ScatterKind.ADD, TensorType.of(DType.FLOAT32, 3, 2), TensorType.of(DType.INT32, 4, 0));
    }

    @ParameterizedTest
    @EnumSource(value = DType.class, names = {"FLOAT16", "BFLOAT16", "FLOAT32", "FLOAT64"})
    void scatterNd_notANumber_wins(DType type) {
        for (ScatterKind kind : ScatterKind.values()) {
            Program program = nd(kind, TensorType.of(type, 3), TensorType.of(DType.INT32, 6, 1));
            ByteBuffer updates = AgainstReference.of(type, Double.NaN, 1, 2, Double.POSITIVE_INFINITY, -0.0, Double.NaN);
            AgainstReference.check(program, List.of(AgainstReference.of(type, 0, Double.NaN, 1),
                    AgainstReference.of(DType.INT32, 0, 0, 1, 2, 2, 1), updates));
        }
    }

    @ParameterizedTest
    @EnumSource(value = DType.class, names = {"FLOAT16", "BFLOAT16"})
    void scatterNd_manySmallSummands_areNotLost(DType type) {
        Program program = nd(ScatterKind.ADD, TensorType.of(type, 1), TensorType.of(DType.INT32, 4096, 1));
        ByteBuffer updates = AgainstReference.empty(TensorType.of(type, 4096));
        for (int i = 0; i < 4096; i++) {
            Elements.write(updates, i, type, 1);
        }
        List<ByteBuffer> results = AgainstReference.run(AgainstReference.NATIVE, program, List.of(AgainstReference.of(type, 0),
                AgainstReference.empty(TensorType.of(DType.INT32, 4096, 1)), updates));
        assertThat(Elements.read(results.get(0), 0, type)).isEqualTo(4096);
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void scatterNd_intoEqualElements_agreesWithReference(DType type) {
        for (double start : new double[] {0, 1}) {
            TensorType x = TensorType.of(type, 50, 70);
            TensorType indices = TensorType.of(DType.INT32, 40, 1);
            ProgramBuilder builder = new ProgramBuilder();
            Value i = builder.parameter(indices);
            Value updates = builder.parameter(TensorType.of(type, 40, 70));
            Value sums = builder.add(new ScatterNd(ScatterKind.ADD), builder.constant(Literal.splat(x, start)), i, updates);
            AgainstReference.check(builder.build(sums), List.of(IndexArguments.indices(indices, List.of(50L)),
                    IndexArguments.elements(updates.type())), SUM_MAGNITUDE);
        }
    }

    @Test
    void scatterNd_operandDies_isChangedInPlace() {
        TensorType type = TensorType.of(DType.FLOAT32, 50, 70);
        ProgramBuilder builder = new ProgramBuilder();
        Value x = builder.parameter(type);
        Value i = builder.parameter(TensorType.of(DType.INT32, 9, 1));
        Value updates = builder.parameter(TensorType.of(DType.FLOAT32, 9, 70));
        Value doubled = builder.add(new Unary(UnaryKind.SQUARE), x);
        Value changed = builder.add(new ScatterNd(ScatterKind.MUL), doubled, i, updates);
        builder.update(x, changed);
        AgainstReference.check(builder.build(builder.add(new Unary(UnaryKind.NEG), changed)), List.of(IndexArguments.elements(type),
                IndexArguments.indices(i.type(), List.of(50L)), IndexArguments.elements(updates.type())), SUM_MAGNITUDE);
    }

    @Test
    void scatter_indexOutOfRange_leavesUpdatedParameterAsItWas() {
        TensorType type = TensorType.of(DType.FLOAT32, 3);
        ProgramBuilder builder = new ProgramBuilder();
        Value x = builder.parameter(type);
        Value i = builder.parameter(TensorType.of(DType.INT64, 2, 1));
        builder.update(x, builder.add(new ScatterNd(ScatterKind.SET), x, i, builder.constant(Literal.splat(TensorType.of(DType.FLOAT32, 2), 9))));
        var backend = AgainstReference.NATIVE;
        try (Executable executable = backend.compile(builder.build());
                Buffer target = backend.allocate(type); Buffer indices = backend.allocate(i.type())) {
            target.write(AgainstReference.of(DType.FLOAT32, 1, 2, 3));
            indices.write(AgainstReference.of(DType.INT64, 0, 3));

            assertThatThrownBy(() -> executable.run(new Buffer[] {target, indices}, new Buffer[0]))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("scatterNd: index from 0 to 2 on axis 0 is required. Received: 3 at position 1."
                            + " Correct the indices or take an axis that is long enough.");
            assertThat(floats(target)).containsExactly(1, 2, 3);

            indices.write(AgainstReference.of(DType.INT64, 2, 0));
            executable.run(new Buffer[] {target, indices}, new Buffer[0]);
            assertThat(floats(target)).containsExactly(9, 2, 9);
        }
    }

    @Test
    void scatterElements_indexOutOfRange_namesIt() {
        TensorType type = TensorType.of(DType.FLOAT32, 2, 3);
        TensorType indices = TensorType.of(DType.INT32, 2, 1);
        Program program = elements(ScatterKind.ADD, type, indices, 1);
        assertThatThrownBy(() -> AgainstReference.run(AgainstReference.NATIVE, program, List.of(AgainstReference.empty(type),
                AgainstReference.of(DType.INT32, 2, -1), AgainstReference.empty(TensorType.of(DType.FLOAT32, 2, 1)))))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageStartingWith("scatterElements: index from 0 to 2 is required. Received: -1 at position 1.");
    }

    private static float[] floats(Buffer buffer) {
        ByteBuffer bytes = AgainstReference.empty(buffer.type());
        buffer.read(bytes);
        float[] values = new float[(int) buffer.type().shape().size()];
        bytes.rewind().asFloatBuffer().get(values);
        return values;
    }

    private static void checkNd(ScatterKind kind, TensorType x, TensorType indices) {
        int tuple = (int) indices.shape().dim(-1);
        check(nd(kind, x, indices), IndexArguments.indices(indices, x.shape().toList().subList(0, tuple)));
    }

    private static void checkElements(ScatterKind kind, TensorType x, TensorType indices, int axis) {
        check(elements(kind, x, indices, axis), IndexArguments.indices(indices, List.of(x.shape().dim(axis))));
    }

    private static void check(Program program, ByteBuffer indices) {
        List<TensorType> types = program.parameterTypes();
        AgainstReference.check(program, List.of(IndexArguments.elements(types.get(0)), indices,
                IndexArguments.elements(types.get(2))), SUM_MAGNITUDE);
    }

    private static Program nd(ScatterKind kind, TensorType x, TensorType indices) {
        int tuple = (int) indices.shape().dim(-1);
        Shape updates = indices.shape().remove(-1).concat(x.shape().subShape(tuple, x.shape().rank()));
        return program(new ScatterNd(kind), x, indices, x.withShape(updates));
    }

    private static Program elements(ScatterKind kind, TensorType x, TensorType indices, int axis) {
        return program(new ScatterElements(axis, kind), x, indices, x.withShape(indices.shape()));
    }

    private static Program program(Op op, TensorType... operands) {
        ProgramBuilder builder = new ProgramBuilder();
        return builder.build(builder.add(op, Arrays.stream(operands).map(builder::parameter).toArray(Value[]::new)));
    }
}
