package dev.keratin.backend.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Elements;
import dev.keratin.backend.ir.Literal;
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
import java.util.function.Supplier;

/** Runs programs by the reference interpreter and compares what comes out. */
final class Runs {
    /** Float32 sums and products of a few dozen elements in another order or by another formula. */
    private static final double TOLERANCE = 1e-4;

    private static final Backend BACKEND = new ReferenceProvider().create();

    private Runs() {}

    /** What a run leaves behind: the results, then all parameters. */
    static List<Literal> run(Program program, List<Literal> arguments) {
        Buffer[] given = arguments.stream().map(Runs::buffer).toArray(Buffer[]::new);
        Buffer[] results = program.resultTypes().stream().map(BACKEND::allocate).toArray(Buffer[]::new);
        try (Executable executable = BACKEND.compile(program)) {
            executable.run(given, results);
        }
        List<Literal> left = new ArrayList<>();
        for (Buffer result : results) {
            left.add(read(result));
        }
        for (Buffer argument : given) {
            left.add(read(argument));
        }
        return left;
    }

    private static Buffer buffer(Literal literal) {
        Buffer buffer = BACKEND.allocate(literal.type());
        ByteBuffer bytes = ByteBuffer.allocate((int) literal.type().byteSize()).order(ByteOrder.LITTLE_ENDIAN);
        literal.copyTo(bytes);
        buffer.write(bytes.rewind());
        return buffer;
    }

    private static Literal read(Buffer buffer) {
        ByteBuffer bytes = ByteBuffer.allocate((int) buffer.type().byteSize()).order(ByteOrder.LITTLE_ENDIAN);
        buffer.read(bytes);
        return Literal.of(buffer.type(), bytes.rewind());
    }

    /** Numbers around zero for every parameter; whole ones for integers. */
    static List<Literal> arguments(Program program, long seed) {
        Random random = new Random(seed);
        return program.parameterTypes().stream().map(type -> argument(type, random)).toList();
    }

    private static Literal argument(TensorType type, Random random) {
        ByteBuffer bytes = ByteBuffer.allocate((int) type.byteSize()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < type.shape().size(); i++) {
            double number = type.dtype() == DType.BOOL ? random.nextInt(2)
                    : type.dtype().isFloating() ? random.nextInt(33) / 8.0 - 2 : random.nextInt(7);
            Elements.write(bytes, i, type.dtype(), number);
        }
        return Literal.of(type, bytes);
    }

    /** Fails if one program does not do to some arguments what another does. */
    static void assertEquivalent(Program changed, Program original, long seed) {
        List<Literal> arguments = arguments(original, seed);
        assertClose(run(changed, arguments), run(original, arguments),
                () -> "seed " + seed + "\n" + original + "\nbecame\n" + changed);
    }

    static void assertClose(List<Literal> actual, List<Literal> expected, Supplier<String> context) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i).type()).isEqualTo(expected.get(i).type());
            for (long j = 0; j < actual.get(i).type().shape().size(); j++) {
                double a = actual.get(i).doubleAt(j);
                double e = expected.get(i).doubleAt(j);
                boolean close = Double.compare(a, e) == 0 || a == e || Math.abs(a - e) <= TOLERANCE * (1 + Math.abs(e));
                int tensor = i;
                long element = j;
                assertThat(close).withFailMessage(() -> "tensor " + tensor + " element " + element + ": " + a
                        + " instead of " + e + ", " + context.get()).isTrue();
            }
        }
    }
}
