package dev.keratin.backend.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.BackendProvider;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import dev.keratin.backend.spi.OutOfBackendMemoryException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class ReferenceBackendTest {
    private final Backend backend = new ReferenceBackend();

    private Buffer floats(TensorType type, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        Buffer buffer = backend.allocate(type);
        buffer.write(bytes);
        return buffer;
    }

    private static float[] read(Buffer buffer) {
        ByteBuffer bytes = ByteBuffer.allocate((int) buffer.type().byteSize()).order(ByteOrder.LITTLE_ENDIAN);
        buffer.read(bytes);
        float[] values = new float[bytes.capacity() / 4];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    @Test
    void serviceLoader_findsTheProvider() {
        assertThat(ServiceLoader.load(BackendProvider.class)).anySatisfy(provider -> {
            assertThat(provider.name()).isEqualTo("java");
            assertThat(provider.priority()).isZero();
            assertThat(provider.unavailableReason()).isEmpty();
            assertThat(provider.create().name()).isEqualTo("java");
        });
    }

    @Test
    void run_matMulAndAdd_givesTheProduct() {
        TensorType square = TensorType.of(DType.FLOAT32, 2, 2);
        ProgramBuilder builder = new ProgramBuilder();
        Value a = builder.parameter(square);
        Value b = builder.parameter(TensorType.of(DType.FLOAT32, 2));
        Value sum = builder.add(new Binary(BinaryKind.ADD), builder.add(new MatMul(false, true), a, a), b);
        Buffer result = backend.allocate(square);
        backend.compile(builder.build(sum))
                .run(new Buffer[] {floats(square, 1, 2, 3, 4), floats(b.type(), 10, 20)}, new Buffer[] {result});
        assertThat(read(result)).containsExactly(15, 31, 21, 45);
    }

    @Test
    void run_swapOfTwoParameters_readsWhatTheyHeldAtTheStart() {
        TensorType type = TensorType.of(DType.FLOAT32, 1);
        ProgramBuilder builder = new ProgramBuilder();
        Value a = builder.parameter(type);
        Value b = builder.parameter(type);
        builder.update(a, b);
        builder.update(b, a);
        Buffer first = floats(type, 1);
        Buffer second = floats(type, 2);
        backend.compile(builder.build()).run(new Buffer[] {first, second}, new Buffer[0]);
        assertThat(read(first)).containsExactly(2);
        assertThat(read(second)).containsExactly(1);
    }

    @Test
    void run_indexOutOfRange_throwsAndUpdatesNothing() {
        TensorType type = TensorType.of(DType.FLOAT32, 2);
        ProgramBuilder builder = new ProgramBuilder();
        Value x = builder.parameter(type);
        Value indices = builder.parameter(TensorType.of(DType.INT32, 2));
        builder.update(x, builder.add(new Gather(0), builder.add(new Binary(BinaryKind.ADD), x, x), indices));
        Program program = builder.build();
        Buffer held = floats(type, 1, 2);
        Buffer wrong = backend.allocate(indices.type());
        ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0, 1).putInt(4, 2);
        wrong.write(bytes);
        assertThatThrownBy(() -> backend.compile(program).run(new Buffer[] {held, wrong}, new Buffer[0]))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("gather: index from 0 to 1 is required. Received: 2 at position 1."
                        + " Correct the indices or take an axis that is long enough.");
        assertThat(read(held)).containsExactly(1, 2);
    }

    @Test
    void close_buffer_givesItsBytesBackOnce() {
        Buffer buffer = backend.allocate(TensorType.of(DType.FLOAT32, 10));
        assertThat(backend.allocatedBytes()).isEqualTo(40);
        buffer.close();
        buffer.close();
        assertThat(backend.allocatedBytes()).isZero();
        assertThat(buffer.isClosed()).isTrue();
        assertThatThrownBy(() -> buffer.read(ByteBuffer.allocate(40)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Buffer: an open buffer is required. Received: a closed one of float32[10]."
                        + " Use it before it is closed.");
    }

    @Test
    void allocate_moreThanTheHeap_throwsOutOfBackendMemory() {
        assertThatThrownBy(() -> backend.allocate(TensorType.of(DType.FLOAT32, 1L << 40)))
                .isInstanceOf(OutOfBackendMemoryException.class)
                .hasMessageContainingAll("allocate: float32[1099511627776] needs", "Received: 0 bytes in open buffers", "-Xmx");
        assertThat(backend.allocatedBytes()).isZero();
    }

    @Test
    void run_closedExecutable_throws() {
        Executable executable = backend.compile(new ProgramBuilder().build());
        executable.close();
        assertThatThrownBy(() -> executable.run(new Buffer[0], new Buffer[0]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Executable: an open executable is required. Received: a closed one");
    }
}
