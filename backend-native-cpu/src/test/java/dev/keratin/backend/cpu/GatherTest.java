package dev.keratin.backend.cpu;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Elements;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.GatherElements;
import dev.keratin.backend.ir.GatherNd;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Value;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatherTest {
    @ParameterizedTest
    @MethodSource("dev.keratin.backend.cpu.IndexArguments#types")
    void gather_everyAxis_agreesWithReference(DType type, DType indexType) {
        for (int axis = 0; axis < 3; axis++) {
            check(new Gather(axis), TensorType.of(type, 4, 5, 3), TensorType.of(indexType, 2, 3),
                    List.of(Shape.of(4, 5, 3).dim(axis)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 16, 33, 700})
    void gather_rowsOfAnyLength_agreesWithReference(long columns) {
        for (DType type : List.of(DType.UINT8, DType.FLOAT16, DType.FLOAT32, DType.FLOAT64)) {
            check(new Gather(0), TensorType.of(type, 50, columns), TensorType.of(DType.INT32, 3000), List.of(50L));
            check(new Gather(1), TensorType.of(type, 3, 50, columns), TensorType.of(DType.INT64, 301), List.of(50L));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.keratin.backend.cpu.IndexArguments#types")
    void gatherNd_tuplesOfEveryLength_agreesWithReference(DType type, DType indexType) {
        for (int tuple = 1; tuple <= 3; tuple++) {
            check(new GatherNd(), TensorType.of(type, 4, 5, 3), TensorType.of(indexType, 2, 70, tuple),
                    Shape.of(4, 5, 3).toList().subList(0, tuple));
        }
    }

    @Test
    void gatherNd_tuplesWithoutIndices_repeatsAll() {
        check(new GatherNd(), TensorType.of(DType.FLOAT32, 4, 5), TensorType.of(DType.INT32, 3, 0), List.of());
    }

    @ParameterizedTest
    @MethodSource("dev.keratin.backend.cpu.IndexArguments#types")
    void gatherElements_everyAxis_agreesWithReference(DType type, DType indexType) {
        for (int axis = 0; axis < 3; axis++) {
            check(new GatherElements(axis), TensorType.of(type, 4, 5, 3),
                    new TensorType(indexType, Shape.of(4, 5, 3).with(axis, 7)), List.of(Shape.of(4, 5, 3).dim(axis)));
        }
    }

    @Test
    void gatherElements_manyElements_agreesWithReference() {
        check(new GatherElements(0), TensorType.of(DType.FLOAT32, 100000), TensorType.of(DType.INT32, 90001), List.of(100000L));
        check(new GatherElements(1), TensorType.of(DType.INT8, 30, 50, 70), TensorType.of(DType.INT64, 30, 80, 70), List.of(50L));
    }

    @Test
    void gathers_nothingToTake_giveNothing() {
        check(new Gather(0), TensorType.of(DType.FLOAT32, 0, 3), TensorType.of(DType.INT32, 0), List.of(1L));
        check(new Gather(1), TensorType.of(DType.FLOAT32, 0, 3), TensorType.of(DType.INT32, 2), List.of(3L));
        check(new GatherNd(), TensorType.of(DType.FLOAT32, 3, 0), TensorType.of(DType.INT32, 2, 1), List.of(3L));
        check(new GatherElements(1), TensorType.of(DType.FLOAT32, 3, 0), TensorType.of(DType.INT32, 3, 0), List.of(1L));
        check(new GatherElements(0), TensorType.of(DType.FLOAT32, 3, 0), TensorType.of(DType.INT32, 2, 0), List.of(1L));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 5, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void gather_indexOutOfRange_namesIt(long wrong) {
        assertThatThrownBy(() -> take(DType.INT32, wrong)).isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("gather: index from 0 to 4 is required. Received: " + wrong
                        + " at position 2. Correct the indices or take an axis that is long enough.");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 5, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE})
    void gather_wideIndexOutOfRange_namesIt(long wrong) {
        assertThatThrownBy(() -> take(DType.INT64, wrong)).isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("Received: " + wrong + " at position 2");
    }

    private static void take(DType indexType, long wrong) {
        ByteBuffer indices = AgainstReference.of(indexType, 0, 4, 1);
        Elements.writeLong(indices, 2, indexType, wrong);
        Program program = program(new Gather(0), TensorType.of(DType.FLOAT32, 5), TensorType.of(indexType, 3));
        AgainstReference.run(AgainstReference.NATIVE, program, List.of(AgainstReference.empty(TensorType.of(DType.FLOAT32, 5)), indices));
    }

    @Test
    void gathers_indexOutOfRange_failAsReferenceDoes() {
        checkFailure(new GatherNd(), TensorType.of(DType.FLOAT32, 3, 4), AgainstReference.of(DType.INT32, 2, 3, 0, 4),
                TensorType.of(DType.INT32, 2, 2), "gatherNd: index from 0 to 3 on axis 1 is required. Received: 4 at position 3.");
        checkFailure(new GatherNd(), TensorType.of(DType.FLOAT32, 3, 4), AgainstReference.of(DType.INT64, 2, 3),
                TensorType.of(DType.INT64, 2, 1), "gatherNd: index from 0 to 2 on axis 0 is required. Received: 3 at position 1.");
        checkFailure(new GatherElements(1), TensorType.of(DType.FLOAT32, 2, 3), AgainstReference.of(DType.INT32, 2, 9),
                TensorType.of(DType.INT32, 2, 1), "gatherElements: index from 0 to 2 is required. Received: 9 at position 1.");
        checkFailure(new Gather(1), TensorType.of(DType.FLOAT32, 0, 3), AgainstReference.of(DType.INT32, 3),
                TensorType.of(DType.INT32, 1), "gather: index from 0 to 2 is required. Received: 3 at position 0.");
    }

    private static void checkFailure(Op op, TensorType x, ByteBuffer indices, TensorType type, String message) {
        Program program = program(op, x, type);
        List<ByteBuffer> arguments = List.of(AgainstReference.empty(x), indices);
        for (var backend : List.of(AgainstReference.NATIVE, AgainstReference.REFERENCE)) {
            assertThatThrownBy(() -> AgainstReference.run(backend, program, arguments)).as(backend.name())
                    .isInstanceOf(IndexOutOfBoundsException.class).hasMessageStartingWith(message);
        }
    }

    private static void check(Op op, TensorType x, TensorType indices, List<Long> lengths) {
        Program program = program(op, x, indices);
        AgainstReference.check(program, List.of(IndexArguments.elements(x), IndexArguments.indices(indices, lengths)));
    }

    private static Program program(Op op, TensorType x, TensorType indices) {
        ProgramBuilder builder = new ProgramBuilder();
        Value a = builder.parameter(x);
        return builder.build(builder.add(op, a, builder.parameter(indices)));
    }
}
