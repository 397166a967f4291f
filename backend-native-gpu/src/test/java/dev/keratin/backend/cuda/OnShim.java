package dev.keratin.backend.cuda;

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

/** Runs programs with the kernels of this backend on the CPU, on arguments kept on this side. */
final class OnShim {
    static final ShimDriver DRIVER = new ShimDriver();
    static final Backend BACKEND = new CudaBackend(DRIVER);
    private static final Backend REFERENCE = new ReferenceProvider().create();
    private static final long SEED = 23;

    private OnShim() {}

    /** Fails unless the results are near those of the interpreter: relative to 1 or the larger of both. */
    static void check(Program program, double tolerance, List<ByteBuffer> arguments) {
        check(BACKEND, program, tolerance, arguments);
    }

    /** The same for another backend. */
    static void check(Backend backend, Program program, double tolerance, List<ByteBuffer> arguments) {
        List<ByteBuffer> expected = run(REFERENCE, program, arguments);
        List<ByteBuffer> actual = run(backend, program, arguments);
        for (int i = 0; i < program.results().size(); i++) {
            TensorType type = program.resultTypes().get(i);
            for (int at = 0; at < type.shape().size(); at++) {
                double want = Elements.read(expected.get(i), at, type.dtype());
                double got = Elements.read(actual.get(i), at, type.dtype());
                assertThat(Double.compare(want, got) == 0 || Math.abs(want - got) <= tolerance * Math.max(1, Math.abs(want)))
                        .as("result %d, element %d of %s: %s, expected %s; seed %d", i, at, type, got, want, SEED).isTrue();
            }
        }
    }

    /** The elements of the results, then of the parameters. */
    static List<ByteBuffer> run(Backend backend, Program program, List<ByteBuffer> arguments) {
        try (Executable executable = backend.compile(program)) {
            return run(backend, executable, arguments);
        }
    }

    private static List<ByteBuffer> run(Backend backend, Executable executable, List<ByteBuffer> arguments) {
        List<Buffer> in = executable.program().parameterTypes().stream().map(backend::allocate).toList();
        List<Buffer> out = executable.program().resultTypes().stream().map(backend::allocate).toList();
        try {
            for (int i = 0; i < in.size(); i++) {
                in.get(i).write(arguments.get(i).duplicate());
            }
            executable.run(in.toArray(Buffer[]::new), out.toArray(Buffer[]::new));
            List<ByteBuffer> elements = new ArrayList<>();
            out.forEach(buffer -> elements.add(read(buffer)));
            in.forEach(buffer -> elements.add(read(buffer)));
            return elements;
        } finally {
            in.forEach(Buffer::close);
            out.forEach(Buffer::close);
        }
    }

    static ByteBuffer read(Buffer buffer) {
        ByteBuffer bytes = empty(buffer.type());
        buffer.read(bytes);
        return bytes;
    }

    private static ByteBuffer empty(TensorType type) {
        return ByteBuffer.allocate((int) type.byteSize()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Elements as given. */
    static ByteBuffer of(DType dtype, double... elements) {
        ByteBuffer bytes = empty(TensorType.of(dtype, elements.length));
        for (int i = 0; i < elements.length; i++) {
            Elements.write(bytes, i, dtype, elements[i]);
        }
        return bytes;
    }

    /** Numbers from -1 to 1, small whole numbers for types that hold no others. */
    static ByteBuffer random(TensorType type) {
        Random random = new Random(SEED);
        ByteBuffer bytes = empty(type);
        for (int i = 0; i < type.shape().size(); i++) {
            Elements.write(bytes, i, type.dtype(), type.dtype().isFloating() ? 2 * random.nextDouble() - 1 : random.nextInt(50));
        }
        return bytes;
    }
}
