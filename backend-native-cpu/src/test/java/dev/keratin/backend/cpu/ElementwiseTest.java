package dev.keratin.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Domain;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ElementwiseTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double[] FLOATS = {0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 3.7, -3.7, 0.1, -0.9, 1e-4, -1e-4, 12.5, -12.5, 80, -80,
        1e-30, 1e30, -1e30, INF, -INF, Double.NaN, 2.5, 3.5, -2.5, 7, 0.999, 1e-7, 150, -150};
    private static final double[] WHOLES = {0, 1, -1, 2, -2, 3, 7, -7, 31, 32, 33, 64, 100, -100, 127, -128, 255, 8, 5, -5};

    static Stream<Arguments> unaryCases() {
        return Arrays.stream(UnaryKind.values()).flatMap(kind -> types(kind.domain()).map(type -> Arguments.of(kind, type)));
    }

    static Stream<Arguments> binaryCases() {
        return Arrays.stream(BinaryKind.values()).flatMap(kind -> types(kind.domain()).map(type -> Arguments.of(kind, type)));
    }

    static Stream<Arguments> compareCases() {
        return Arrays.stream(CompareKind.values()).flatMap(kind -> types(Domain.ANY).map(type -> Arguments.of(kind, type)));
    }

    static Stream<Arguments> casts() {
        return types(Domain.ANY).flatMap(from -> types(Domain.ANY).map(to -> Arguments.of(from, to)));
    }

    private static Stream<DType> types(Domain domain) {
        return Arrays.stream(DType.values()).filter(domain::contains);
    }

    @ParameterizedTest
    @MethodSource("unaryCases")
    void unary_specialAndOrdinaryValues_agreesWithReference(UnaryKind kind, DType type) {
        checkAll(new Unary(kind), List.of(values(type)), type);
    }

    @ParameterizedTest
    @MethodSource("binaryCases")
    void binary_allPairs_agreesWithReference(BinaryKind kind, DType type) {
        double[] values = values(type);
        double[] left = DoubleStream.of(values).flatMap(a -> DoubleStream.generate(() -> a).limit(values.length)).toArray();
        double[] right = DoubleStream.generate(() -> 0).limit(values.length).flatMap(i -> DoubleStream.of(values)).toArray();
        if (kind == BinaryKind.POW && !type.isFloating()) {
            right = DoubleStream.of(right).map(v -> v % 8).toArray();
        }
        if (kind == BinaryKind.MOD && type.isFloating()) {
            right = DoubleStream.of(right).map(v -> Math.abs(v) < 1e-3 ? 1 : v).toArray();
            left = DoubleStream.of(left).map(v -> Math.abs(v) > 1000 ? 3 : v).toArray();
        }
        checkAll(new Binary(kind), List.of(wrapped(type, left), wrapped(type, right)), type, type);
    }

    @ParameterizedTest
    @MethodSource("compareCases")
    void compare_allPairs_agreesWithReference(CompareKind kind, DType type) {
        double[] values = values(type);
        double[] left = DoubleStream.of(values).flatMap(a -> DoubleStream.generate(() -> a).limit(values.length)).toArray();
        double[] right = DoubleStream.generate(() -> 0).limit(values.length).flatMap(i -> DoubleStream.of(values)).toArray();
        checkAll(new Compare(kind), List.of(left, right), type, type);
    }

    @ParameterizedTest
    @MethodSource("casts")
    void cast_specialAndOrdinaryValues_agreesWithReference(DType from, DType to) {
        double[] values = DoubleStream.concat(DoubleStream.of(values(from)), DoubleStream.iterate(1.0001, v -> v * -1.37).limit(80)).toArray();
        checkAll(new Cast(to), List.of(from.isFloating() ? values : wrapped(from, values)), from);
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void select_conditionVaries_agreesWithReference(DType type) {
        double[] condition = {0, 1, 1, 0, 1, 0, 0, 1};
        checkAll(new Select(), List.of(condition, new double[] {1, 0, 1, 1, 0, 0, 1, 1}, new double[] {0, 1, 1, 0, 1, 0, 1, 0}),
                DType.BOOL, type, type);
    }

    @Test
    void select_scalarsAndRowsAndColumns_agreesWithReference() {
        for (long columns : new long[] {1, 3, 40, 700, 3000}) {
            ProgramBuilder builder = new ProgramBuilder();
            Value condition = builder.parameter(TensorType.of(DType.BOOL, 5, 1));
            Value row = builder.parameter(TensorType.of(DType.FLOAT32, columns));
            Value scalar = builder.parameter(TensorType.of(DType.FLOAT32));
            Value both = builder.add(new Select(), condition, row, scalar);
            Value other = builder.add(new Select(), condition, builder.constant(Literal.scalar(DType.FLOAT32, 2)), row);
            AgainstReference.check(builder.build(both, other));
        }
    }

    @Test
    void add_middleAxisStretched_agreesWithReference() {
        for (long last : new long[] {1, 2, 17, 600, 9000}) {
            ProgramBuilder builder = new ProgramBuilder();
            Value a = builder.parameter(TensorType.of(DType.FLOAT32, 3, 1, 4, last));
            Value b = builder.parameter(TensorType.of(DType.FLOAT32, 1, 5, 4, 1));
            Value c = builder.parameter(TensorType.of(DType.FLOAT16, 5, 1, last));
            Value sum = builder.add(new Binary(BinaryKind.ADD), a, b);
            Value wide = builder.add(new Cast(DType.FLOAT32), c);
            AgainstReference.check(builder.build(sum, builder.add(new Binary(BinaryKind.MUL), wide, sum)));
        }
    }

    @Test
    void add_emptyAxis_givesNothing() {
        ProgramBuilder builder = new ProgramBuilder();
        Value a = builder.parameter(TensorType.of(DType.FLOAT32, 3, 0));
        Value b = builder.parameter(TensorType.of(DType.FLOAT32));
        AgainstReference.check(builder.build(builder.add(new Binary(BinaryKind.ADD), a, b)));
    }

    @Test
    void kinds_askedInCpp_haveTheSameNamesInTheSameOrder() {
        checkNames(0, UnaryKind.values());
        checkNames(1, BinaryKind.values());
        checkNames(2, CompareKind.values());
    }

    private static void checkNames(int family, Enum<?>[] kinds) {
        for (Enum<?> kind : kinds) {
            assertThat(NativeLibrary.kindName(family, kind.ordinal())).isEqualTo(kind.name());
        }
        assertThat(NativeLibrary.kindName(family, kinds.length)).isNull();
    }

    private static double[] values(DType type) {
        return type == DType.BOOL ? new double[] {0, 1} : type.isFloating() ? FLOATS : wrapped(type, WHOLES);
    }

    private static double[] wrapped(DType type, double[] values) {
        return type == DType.UINT8 ? DoubleStream.of(values).map(v -> (int) v & 0xff).toArray() : values;
    }

    private static void checkAll(Op op, List<double[]> operands, DType... types) {
        ProgramBuilder builder = new ProgramBuilder();
        Value[] values = new Value[operands.size()];
        ByteBuffer[] arguments = new ByteBuffer[values.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = builder.parameter(TensorType.of(types[i], operands.get(i).length));
            arguments[i] = AgainstReference.of(types[i], operands.get(i));
        }
        AgainstReference.check(builder.build(builder.add(op, values)), List.of(arguments));
    }
}
