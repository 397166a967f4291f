package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests that run one small program on the faked device and look at the calls it makes. */
abstract class CallsOnFakeDevice extends OnFakeDevice {
    static final TensorType MATRIX = TensorType.of(DType.FLOAT32, 2, 2);
    static final int OUT_OF_MEMORY = 2;
    static final int ILLEGAL_ADDRESS = 700;

    @BeforeEach
    void forgetCalls() {
        FakeCuda.calls();
    }

    @AfterEach
    void mend() {
        FakeCuda.crash(0);
        FakeCuda.limit(1L << 32);
    }

    /** y = x * x + x, then x is replaced by x + y: two launches, a product between them. */
    static Program program() {
        ProgramBuilder builder = new ProgramBuilder();
        Value x = builder.parameter(MATRIX);
        Value y = builder.add(new Binary(BinaryKind.ADD), builder.add(new MatMul(false, false), x, x), x);
        return builder.build(List.of(y, builder.add(new Binary(BinaryKind.MUL), y, y)));
    }

    Buffer buffer(float... elements) {
        Buffer buffer = backend.allocate(MATRIX);
        write(buffer, elements);
        return buffer;
    }

    static void write(Buffer buffer, float... elements) {
        ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (float each : elements) {
            bytes.putFloat(each);
        }
        buffer.write(bytes.flip());
    }

    static float[] read(Buffer buffer) {
        ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        buffer.read(bytes);
        return new float[] {bytes.getFloat(0), bytes.getFloat(4), bytes.getFloat(8), bytes.getFloat(12)};
    }

    /** A step whose input and results are made anew each time, as a training loop does. */
    String step(Executable executable) {
        FakeCuda.calls();
        try (Buffer x = buffer(1, 0, 0, 1); Buffer y = backend.allocate(MATRIX); Buffer z = backend.allocate(MATRIX)) {
            executable.run(new Buffer[] {x}, new Buffer[] {y, z});
            assertThat(read(y)).containsExactly(2, 0, 0, 2);
        }
        return FakeCuda.calls();
    }
}
