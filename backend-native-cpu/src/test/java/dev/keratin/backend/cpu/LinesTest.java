package dev.keratin.backend.cpu;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.ArgReduce;
import dev.keratin.backend.ir.ArgSort;
import dev.keratin.backend.ir.Cumulative;
import dev.keratin.backend.ir.CumulativeKind;
import dev.keratin.backend.ir.Elements;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Sort;
import dev.keratin.backend.ir.TopK;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ops that treat every line along an axis alike. */
class LinesTest {
    private static final long SEED = 3;
    /** Sums in float32 and in the reference's float64 differ by roundings of the terms' size. */
    private static final double SUM_MAGNITUDE = 8;
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;

    @ParameterizedTest
    @EnumSource(DType.class)
    void sorts_everyAxis_agreeWithReference(DType type) {
        for (int axis = 0; axis < 3; axis++) {
            checkSorts(TensorType.of(type, 5, 9, 70), axis);
        }
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void sorts_longLines_agreeWithReference(DType type) {
        checkSorts(TensorType.of(type, 2, 3000), 1);
        checkSorts(TensorType.of(type, 1100, 3), 0);
    }

    private static void checkSorts(TensorType x, int axis) {
        for (boolean descending : new boolean[] {false, true}) {
            check(new Sort(axis, descending), x);
            check(new ArgSort(axis, descending), x);
        }
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void topK_everyCount_agreesWithReference(DType type) {
        for (int k : new int[] {0, 1, 2, 5, 40, 90}) {
            check(new TopK(k), TensorType.of(type, 3, 2, 90));
        }
        for (int k : new int[] {1, 10, 700, 3000}) {
            check(new TopK(k), TensorType.of(type, 2, 3000));
        }
    }

    @Test
    void topK_ascendingLine_agreesWithReference() {
        TensorType type = TensorType.of(DType.INT32, 5000);
        ByteBuffer x = AgainstReference.of(DType.INT32, LongStream.range(0, 5000).asDoubleStream().toArray());
        AgainstReference.check(program(new TopK(7), type), List.of(x));
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void argReduce_everyAxis_agreesWithReference(DType type) {
        for (int axis = 0; axis < 3; axis++) {
            check(new ArgReduce(true, axis), TensorType.of(type, 5, 9, 170));
            check(new ArgReduce(false, axis), TensorType.of(type, 5, 9, 170));
        }
    }

    @ParameterizedTest
    @EnumSource(value = DType.class, names = {"FLOAT16", "BFLOAT16", "FLOAT32", "FLOAT64"})
    void lines_specialNumbers_agreeWithReference(DType type) {
        ByteBuffer x = AgainstReference.of(type, 0.0, -0.0, NAN, 1, -INF, INF, -1, -0.0, 0.0, NAN, INF, 2, -2, -INF, NAN, 3,
                INF, -INF, 0, -0.0, 5, 5, -5, -5);
        for (int axis = 0; axis < 2; axis++) {
            for (Op op : List.of(new Sort(axis, false), new Sort(axis, true), new ArgSort(axis, false), new ArgSort(axis, true),
                    new ArgReduce(true, axis), new ArgReduce(false, axis), new TopK(4))) {
                AgainstReference.check(program(op, TensorType.of(type, 3, 8)), List.of(x));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = DType.class, mode = EnumSource.Mode.EXCLUDE, names = "BOOL")
    void cumulative_everyKindAndAxis_agreesWithReference(DType type) {
        for (CumulativeKind kind : CumulativeKind.values()) {
            for (int axis = 0; axis < 3; axis++) {
                checkRandom(new Cumulative(kind, axis, false), TensorType.of(type, 4, 11, 70));
                checkRandom(new Cumulative(kind, axis, true), TensorType.of(type, 4, 11, 70));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = DType.class, names = {"FLOAT16", "BFLOAT16", "FLOAT32", "FLOAT64"})
    void cumulative_notANumber_staysFromThereOn(DType type) {
        ByteBuffer x = AgainstReference.of(type, 1, 3, NAN, -0.0, INF, 2, -INF, NAN, 1, 5, 0, -1);
        for (CumulativeKind kind : CumulativeKind.values()) {
            AgainstReference.check(program(new Cumulative(kind, 1, false), TensorType.of(type, 2, 6)), List.of(x));
            AgainstReference.check(program(new Cumulative(kind, 0, true), TensorType.of(type, 2, 6)), List.of(x));
        }
    }

    @Test
    void cumulative_longLine_staysAccurate() {
        checkRandom(new Cumulative(CumulativeKind.SUM, 0, false), TensorType.of(DType.FLOAT32, 100000));
        checkRandom(new Cumulative(CumulativeKind.SUM, 1, true), TensorType.of(DType.INT32, 3, 50000));
    }

    private static void checkRandom(Op op, TensorType type) {
        AgainstReference.check(program(op, type), List.of(AgainstReference.random(type, new Random(SEED), 1)), SUM_MAGNITUDE);
    }

    @Test
    void lines_nothingInThem_giveNothing() {
        for (TensorType type : List.of(TensorType.of(DType.FLOAT32, 0, 3), TensorType.of(DType.FLOAT64, 3, 0))) {
            for (int axis = 0; axis < 2; axis++) {
                check(new Sort(axis, false), type);
                check(new ArgSort(axis, true), type);
                check(new Cumulative(CumulativeKind.SUM, axis, true), type);
            }
            check(new TopK(0), type);
            int full = type.shape().dim(0) == 0 ? 1 : 0;
            check(new ArgReduce(true, full), type);
        }
    }

    @Test
    void lines_rankOne_agreeWithReference() {
        TensorType type = TensorType.of(DType.FLOAT32, 40000);
        for (Op op : List.of(new Sort(0, false), new ArgSort(0, true), new ArgReduce(false, 0), new TopK(3))) {
            check(op, type);
        }
    }

    /** With many equal elements. */
    private static void check(Op op, TensorType type) {
        Random random = new Random(SEED);
        ByteBuffer x = AgainstReference.empty(type);
        for (int i = 0; i < type.shape().size(); i++) {
            double value = random.nextInt(60) - (type.dtype() == DType.UINT8 ? 0 : 30);
            Elements.write(x, i, type.dtype(), type.dtype() == DType.BOOL ? random.nextInt(2) : value * 2.25);
        }
        AgainstReference.check(program(op, type), List.of(x));
    }

    private static Program program(Op op, TensorType type) {
        ProgramBuilder builder = new ProgramBuilder();
        return builder.build(builder.add(op, List.of(builder.parameter(type))));
    }
}
