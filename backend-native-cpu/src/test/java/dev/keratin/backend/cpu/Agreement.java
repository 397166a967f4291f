package dev.keratin.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Elements;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.reference.ReferenceProvider;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Runs programs on this backend and on the interpreter, with the same random operands, and compares the results. */
final class Agreement {
    private static final Backend NATIVE = new NativeCpuProvider().create();
    private static final Backend REFERENCE = new ReferenceProvider().create();
    private static final long SEED = 17;

    private Agreement() {}

    /** Checks one op. Its results may differ by rounding of sums of some hundred terms of size 1. */
    static void check(Op op, TensorType... operands) {
        check(program(op, operands));
    }

    /** A program of one op. */
    static Program program(Op op, TensorType... operands) {
        ProgramBuilder builder = new ProgramBuilder();
        List<Value> parameters = new ArrayList<>();
        for (TensorType type : operands) {
            parameters.add(builder.parameter(type));
        }
        return builder.build(builder.add(op, parameters));
    }

    static void check(Program program) {
        Random random = new Random(SEED);
        List<ByteBuffer> arguments = program.parameterTypes().stream().map(type -> random(type, random)).toList();
        List<double[]> expected = run(REFERENCE, program, arguments);
        List<double[]> actual = run(NATIVE, program, arguments);
        for (int i = 0; i < expected.size(); i++) {
            requireClose(actual.get(i), expected.get(i), program.resultTypes().get(i).dtype(), i);
        }
    }

    private static void requireClose(double[] actual, double[] expected, DType dtype, int result) {
        double tolerance = tolerance(dtype);
        for (int i = 0; i < expected.length; i++) {
            double scale = Math.max(1, Math.abs(expected[i]));
            boolean close = Double.compare(actual[i], expected[i]) == 0 || Math.abs(actual[i] - expected[i]) <= tolerance * scale;
            assertThat(close).as("seed %d, result %d, element %d: %s, expected %s", SEED, result, i, actual[i], expected[i]).isTrue();
        }
    }

    /** A few units in the last place, relative to the larger of 1 and the result. */
    private static double tolerance(DType dtype) {
        return switch (dtype) {
            case FLOAT16 -> 4e-3;
            case BFLOAT16 -> 3e-2;
            case FLOAT32 -> 3e-5;
            case FLOAT64 -> 1e-12;
            default -> 0;
        };
    }

    private static ByteBuffer random(TensorType type, Random random) {
        ByteBuffer bytes = bytes(type);
        for (int i = 0; i < type.shape().size(); i++) {
            double value = type.dtype() == DType.BOOL ? random.nextInt(3) > 0 ? 1 : 0
                    : type.dtype().isFloating() ? random.nextGaussian() / 2 : random.nextInt(100);
            Elements.write(bytes, i, type.dtype(), value);
        }
        return bytes;
    }

    private static ByteBuffer bytes(TensorType type) {
        return ByteBuffer.allocate(Math.toIntExact(type.byteSize())).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The results of a program, each as a row of numbers. */
    static List<double[]> run(Backend backend, Program program, List<ByteBuffer> arguments) {
        List<Buffer> buffers = new ArrayList<>();
        List<Buffer> results = new ArrayList<>();
        program.parameterTypes().forEach(type -> buffers.add(backend.allocate(type)));
        program.resultTypes().forEach(type -> results.add(backend.allocate(type)));
        try (Executable executable = backend.compile(program)) {
            for (int i = 0; i < arguments.size(); i++) {
                buffers.get(i).write(arguments.get(i).duplicate().order(ByteOrder.LITTLE_ENDIAN));
            }
            executable.run(buffers.toArray(new Buffer[0]), results.toArray(new Buffer[0]));
            return results.stream().map(Agreement::numbers).toList();
        } finally {
            buffers.forEach(Buffer::close);
            results.forEach(Buffer::close);
        }
    }

    private static double[] numbers(Buffer buffer) {
        ByteBuffer bytes = bytes(buffer.type());
        buffer.read(bytes);
        double[] numbers = new double[Math.toIntExact(buffer.type().shape().size())];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Elements.read(bytes, i, buffer.type().dtype());
        }
        return numbers;
    }
}
