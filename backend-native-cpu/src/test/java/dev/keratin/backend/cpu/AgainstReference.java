package dev.keratin.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Elements;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.reference.ReferenceProvider;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Runs a program on this backend and on the reference interpreter with the same random arguments. */
final class AgainstReference {
    static final Backend NATIVE = new NativeCpuProvider().create();
    static final Backend REFERENCE = new ReferenceProvider().create();

    /** Relative to the largest magnitude, for types with this many fraction bits: both sides err by a few units. */
    private static final double UNITS = 16;

    private AgainstReference() {}

    /** Fails unless all results and updated parameters agree within a tolerance. */
    static void check(Program program) {
        check(program, arguments(program, 1));
    }

    static void check(Program program, List<ByteBuffer> arguments) {
        check(program, arguments, 0);
    }

    /** With errors as large as those of numbers of size {@code magnitude}, for sums in another order. */
    static void check(Program program, List<ByteBuffer> arguments, double magnitude) {
        List<ByteBuffer> expected = run(REFERENCE, program, arguments);
        List<ByteBuffer> actual = run(NATIVE, program, arguments);
        List<TensorType> types = new ArrayList<>(program.resultTypes());
        types.addAll(program.parameterTypes());
        for (int i = 0; i < types.size(); i++) {
            compare(program, i, types.get(i), expected.get(i), actual.get(i), magnitude);
        }
    }

    private static void compare(Program program, int which, TensorType type, ByteBuffer expected, ByteBuffer actual, double magnitude) {
        for (int i = 0; i < type.shape().size(); i++) {
            double want = Elements.read(expected, i, type.dtype());
            double got = Elements.read(actual, i, type.dtype());
            double tolerance = UNITS * unit(type.dtype()) * Math.max(Math.abs(want), Math.max(magnitude, smallest(type.dtype())));
            boolean same = want == got || Double.isNaN(want) && Double.isNaN(got) || Math.abs(want - got) <= tolerance;
            assertThat(same).as("output %d, element %d of %s: expected %s, actual %s in\n%s", which, i, type, want, got, program)
                    .isTrue();
        }
    }

    private static double unit(DType dtype) {
        return switch (dtype) {
            case FLOAT16 -> 0x1p-10 / 4;
            case BFLOAT16 -> 0x1p-7 / 4;
            case FLOAT32 -> 0x1p-23;
            case FLOAT64 -> 0x1p-52;
            default -> 0;
        };
    }

    private static double smallest(DType dtype) {
        return dtype == DType.FLOAT16 ? 0x1p-14 : dtype == DType.FLOAT64 ? 1e-290 : 1e-37;
    }

    static List<ByteBuffer> run(Backend backend, Program program, List<ByteBuffer> arguments) {
        Buffer[] in = new Buffer[arguments.size()];
        for (int i = 0; i < in.length; i++) {
            in[i] = backend.allocate(program.parameterTypes().get(i));
            in[i].write(arguments.get(i).duplicate());
        }
        Buffer[] out = program.resultTypes().stream().map(backend::allocate).toArray(Buffer[]::new);
        try (Executable executable = backend.compile(program)) {
            executable.run(in, out);
        }
        List<ByteBuffer> results = new ArrayList<>();
        for (Buffer buffer : out) {
            results.add(read(buffer));
        }
        for (Buffer buffer : in) {
            results.add(read(buffer));
        }
        return results;
    }

    private static ByteBuffer read(Buffer buffer) {
        ByteBuffer bytes = empty(buffer.type());
        buffer.read(bytes);
        buffer.close();
        return bytes.clear().order(ByteOrder.LITTLE_ENDIAN);
    }

    static ByteBuffer empty(TensorType type) {
        return ByteBuffer.allocate((int) type.byteSize()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Numbers around 0 for floating types, small whole numbers for others. */
    static List<ByteBuffer> arguments(Program program, double scale) {
        Random random = new Random(42);
        return program.parameterTypes().stream().map(type -> random(type, random, scale)).toList();
    }

    static ByteBuffer random(TensorType type, Random random, double scale) {
        ByteBuffer bytes = empty(type);
        for (int i = 0; i < type.shape().size(); i++) {
            double value = type.dtype().isFloating() ? scale * random.nextGaussian() : random.nextInt(15) - 7;
            Elements.write(bytes, i, type.dtype(), type.dtype() == DType.BOOL ? random.nextInt(2) : value);
        }
        return bytes;
    }

    /** Elements as given. */
    static ByteBuffer of(DType dtype, double... values) {
        ByteBuffer bytes = empty(TensorType.of(dtype, values.length));
        for (int i = 0; i < values.length; i++) {
            Elements.write(bytes, i, dtype, values[i]);
        }
        return bytes;
    }
}
