package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Pool;
import dev.keratin.backend.ir.PoolGrad;
import dev.keratin.backend.ir.PoolKind;
import dev.keratin.backend.ir.PoolSpec;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Reverse;
import dev.keratin.backend.ir.Scan;
import dev.keratin.backend.ir.Slice;
import dev.keratin.backend.ir.Transpose;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.spi.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kernels whose threads take several elements at a time: of lengths that are whole packs and that are not, aligned and not, with
 * indices of 32 and of 64 bits.
 */
@EnabledOnOs(OS.LINUX)
class PacksTest {
    /** Sums of thousands of terms of size 1 in another order, in float32; a step of bfloat16 where a sum is rounded to it. */
    private static final double TOLERANCE = 1e-2;
    private static final String NARROW = "#include \"narrow.cuh\"\n";

    private static final ShimDriver WIDE_DRIVER = new ShimDriver(kernel ->
            Kernel.of("wide", kernel.source().replace(NARROW, "")));
    private static final Backend WIDE = new CudaBackend(WIDE_DRIVER);

    /** A program and what it is for. */
    private record Case(String name, Program program) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Case> CASES = new ArrayList<>();

    @BeforeAll
    static void compileAll() {
        OnShim.DRIVER.loadAll(() -> cases().forEach(each -> OnShim.BACKEND.compile(each.program()).close()));
        WIDE_DRIVER.loadAll(() -> cases().forEach(each -> WIDE.compile(each.program()).close()));
    }

    static synchronized Stream<Case> cases() {
        if (CASES.isEmpty()) {
            loops();
            rows();
            columns();
            copies();
            windows();
            pieces();
        }
        return CASES.stream();
    }

    private static Binary mul() {
        return new Binary(BinaryKind.MUL);
    }

    private static Binary add() {
        return new Binary(BinaryKind.ADD);
    }

    private static Reduce sum(boolean keepDims, Integer... axes) {
        return new Reduce(ReduceKind.SUM, List.of(axes), keepDims);
    }

    private static void add(String name, ProgramBuilder builder, Value... results) {
        CASES.add(new Case(name, builder.build(results)));
    }

    /** Elements of one, two and four bytes, with operands that repeat along the first and the last axis. */
    private static void loops() {
        for (long[] dims : new long[][] {{0, 5}, {1, 1}, {3, 1}, {7, 13}, {1, 1001}, {5, 12}, {9, 16}, {33, 1024}}) {
            for (DType dtype : List.of(DType.FLOAT32, DType.BFLOAT16, DType.FLOAT16, DType.FLOAT64)) {
                ProgramBuilder builder = new ProgramBuilder();
                TensorType type = TensorType.of(dtype, dims);
                Value given = builder.parameter(type);
                Value x = builder.add(mul(), given, builder.parameter(TensorType.of(dtype, dims[1])));
                Value y = builder.add(add(), x, builder.parameter(TensorType.of(dtype, dims[0], 1)));
                Value positive = builder.add(new Cast(DType.BOOL), builder.add(new Unary(UnaryKind.RELU), given));
                add("loop of " + type, builder, y, positive, builder.add(new Cast(DType.FLOAT32), y));
            }
        }
    }

    /** What a softmax does, with a result for each row. */
    private static void rows() {
        for (long[] dims : new long[][] {{5, 1}, {3, 7}, {1, 8}, {70, 10}, {300, 64}, {9, 100}, {2, 256}, {7, 1000}, {3, 3000}}) {
            for (DType dtype : List.of(DType.FLOAT32, DType.BFLOAT16)) {
                ProgramBuilder builder = new ProgramBuilder();
                TensorType type = TensorType.of(dtype, dims);
                Value x = builder.add(new Cast(DType.FLOAT32), builder.parameter(type));
                Value most = builder.add(new Reduce(ReduceKind.MAX, List.of(1), true), x);
                Value raised = builder.add(new Unary(UnaryKind.EXP), builder.add(new Binary(BinaryKind.SUB), x, most));
                Value total = builder.add(sum(true, 1), raised);
                Value share = builder.add(mul(), builder.add(new Binary(BinaryKind.DIV), raised, total),
                        builder.parameter(TensorType.of(DType.FLOAT32, dims[1])));
                add("rows of " + type, builder, share, builder.add(new Cast(dtype), share), total);
            }
        }
    }

    /** Two sums over leading axes of what is computed, and one of what is read. */
    private static void columns() {
        for (long[] dims : new long[][] {{1, 1, 8}, {2, 3, 5}, {9, 40, 64}, {3, 7, 100}, {2, 700, 24}, {40, 2, 300}}) {
            for (DType dtype : List.of(DType.FLOAT32, DType.BFLOAT16)) {
                ProgramBuilder builder = new ProgramBuilder();
                TensorType type = TensorType.of(dtype, dims);
                Value given = builder.parameter(type);
                Value x = builder.add(new Cast(DType.FLOAT32), given);
                Value scaled = builder.add(mul(), x, builder.parameter(TensorType.of(DType.FLOAT32, dims[2])));
                add("columns of " + type, builder, builder.add(sum(false, 0, 1), scaled), builder.add(sum(false, 0, 1), x));
                ProgramBuilder plain = new ProgramBuilder();
                add("sums of " + type, plain, plain.add(new Reduce(ReduceKind.MAX, List.of(0), false), plain.parameter(type)),
                        plain.add(new Reduce(ReduceKind.MIN, List.of(1, 2), false), plain.parameter(type)));
            }
            widened(DType.BOOL, DType.INT64, dims);
            widened(DType.BFLOAT16, DType.FLOAT64, dims);
        }
    }

    /** Packs of more elements than fit in shared memory as sums. */
    private static void widened(DType from, DType to, long... dims) {
        ProgramBuilder builder = new ProgramBuilder();
        Value x = builder.parameter(TensorType.of(from, dims));
        add(to + " columns of " + x.type(), builder, builder.add(sum(false, 0, 1), builder.add(new Cast(to), x)));
    }

    private static void copies() {
        for (DType dtype : List.of(DType.FLOAT32, DType.BFLOAT16, DType.BOOL, DType.FLOAT64)) {
            copy(dtype, new Transpose(List.of(1, 0)), 33, 65);
            copy(dtype, new Transpose(List.of(1, 0)), 8, 100);
            copy(dtype, new Transpose(List.of(1, 0)), 3, 50);
            copy(dtype, new Transpose(List.of(0, 2, 1, 3)), 2, 9, 4, 16);
            copy(dtype, new Transpose(List.of(2, 3, 0, 1)), 3, 5, 11, 2);
            copy(dtype, new Transpose(List.of(0, 3, 1, 2)), 2, 9, 4, 40);
            copy(dtype, new Slice(List.of(1L, 8L), List.of(3L, 24L), List.of(1L, 1L)), 5, 32);
            copy(dtype, new Slice(List.of(1L, 3L), List.of(5L, 24L), List.of(2L, 1L)), 5, 32);
            copy(dtype, new Reverse(List.of(0)), 5, 32);
            copy(dtype, new Reverse(List.of(1)), 5, 32);
        }
    }

    private static void copy(DType dtype, Op op, long... dims) {
        ProgramBuilder builder = new ProgramBuilder();
        TensorType type = TensorType.of(dtype, dims);
        add(op + " of " + type, builder, builder.add(op, builder.parameter(type)));
    }

    private static void windows() {
        PoolSpec spec = new PoolSpec(List.of(3, 2), List.of(2, 1), List.of(1, 0), List.of(0, 1));
        for (long channels : new long[] {1, 6, 16}) {
            for (PoolKind kind : PoolKind.values()) {
                for (DType dtype : List.of(DType.FLOAT32, DType.BFLOAT16)) {
                    ProgramBuilder builder = new ProgramBuilder();
                    Value x = builder.parameter(TensorType.of(dtype, 2, 7, 6, channels));
                    Value pooled = builder.add(new Pool(kind, spec), x);
                    add(kind + " pooling of " + x.type(), builder, pooled, builder.add(new PoolGrad(kind, spec), x, pooled));
                }
            }
            ProgramBuilder builder = new ProgramBuilder();
            Value table = builder.parameter(TensorType.of(DType.BFLOAT16, 60, channels));
            add("rows of " + table.type(), builder, builder.add(new Gather(0), table, builder.parameter(TensorType.of(DType.INT32, 3, 9))));
        }
    }

    /** Steps of a loop whose parts of a sequence begin at no multiple of 16 bytes. */
    private static void pieces() {
        for (long length : new long[] {1, 6, 10, 16}) {
            TensorType step = TensorType.of(DType.FLOAT32, length, length);
            ProgramBuilder body = new ProgramBuilder();
            Value carry = body.parameter(step);
            Value slice = body.parameter(step);
            Value next = body.add(add(), body.add(mul(), carry, slice), body.add(new Transpose(List.of(1, 0)), slice));
            Program step1 = body.build(next, body.add(add(), next, body.add(sum(true, 1), slice)), body.add(sum(false, 0), slice));
            ProgramBuilder builder = new ProgramBuilder();
            List<Value> results = builder.add(new Scan(step1, 1, 1, 3, false, false),
                    List.of(builder.parameter(step), builder.parameter(new TensorType(DType.FLOAT32, Shape.of(3, length, length)))));
            add("steps of " + step, builder, results.toArray(Value[]::new));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void kernels_agreeWithReference(Case each) {
        check(OnShim.BACKEND, each);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void kernels_withWideIndices_agreeWithReference(Case each) {
        check(WIDE, each);
    }

    private static void check(Backend backend, Case each) {
        OnShim.check(backend, each.program(), TOLERANCE, each.program().parameterTypes().stream().map(OnShim::random).toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 7, 10, 64, 641, 1000, 65_535, 65_536, 1_000_003, (1L << 30) - 1, 1L << 30})
    void divisor_givesQuotientsOfAllSizes(long value) {
        Divisor divisor = Divisor.of(value);
        Stream<Long> near = Stream.iterate(0L, multiple -> multiple < Integer.MAX_VALUE, multiple -> multiple + value * Math.max(1, (1L << 18) / value));
        assertThat(Stream.concat(near, Stream.of((long) Integer.MAX_VALUE)).flatMap(n -> Stream.of(n - 1, n, n + 1))
                .filter(n -> n >= 0 && n <= Integer.MAX_VALUE)).allMatch(n ->
                ((n * Integer.toUnsignedLong(divisor.factor()) >>> 32) + n) >>> divisor.shift() == n / value);
    }

    @Test
    void index_isAsWideAsTheSizesAsk() {
        assertThat(sourceOf(1L << 15, 1L << 15)).contains(NARROW);
        assertThat(sourceOf((1L << 15) + 1, 1L << 15)).doesNotContain(NARROW);
    }

    private static String sourceOf(long... dims) {
        RecordingDriver driver = new RecordingDriver(convolution -> true);
        ProgramBuilder builder = new ProgramBuilder();
        driver.lower(builder.build(builder.add(new Unary(UnaryKind.NEG), builder.parameter(TensorType.of(DType.INT8, dims)))));
        return driver.sources().get(0).source();
    }
}
