package dev.keratin.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.GatherElements;
import dev.keratin.backend.ir.GatherNd;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ScatterElements;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.ScatterNd;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.reference.ReferenceProvider;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** That wrong arguments are refused with a message that helps, and that nothing has changed then. */
final class ErrorChecks {
    private static final TensorType ROW = TensorType.of(DType.FLOAT32, 3);

    private final Backend backend;

    ErrorChecks(Backend backend) {
        this.backend = backend;
    }

    List<Check> all() {
        List<Check> checks = new ArrayList<>(List.of(
                new Check("run: too few arguments", () -> refuses(new Buffer[] {row()}, new Buffer[] {row()}, "2", "Received: 1")),
                new Check("run: too many results", () -> refuses(rows(2), rows(2), "1", "Received: 2")),
                new Check("run: argument of another type", () -> refuses(
                        new Buffer[] {row(), backend.allocate(TensorType.of(DType.INT32, 3))}, rows(1), "argument 1", "float32[3]", "Received: int32[3]")),
                new Check("run: result of another shape", () -> refuses(rows(2),
                        new Buffer[] {backend.allocate(TensorType.of(DType.FLOAT32, 4))}, "result 0", "Received: float32[4]")),
                new Check("run: buffer of another backend", this::foreignBuffer),
                new Check("run: result that is an argument", this::aliasedResult),
                new Check("run: closed argument", () -> closed(true)),
                new Check("run: closed result", () -> closed(false)),
                new Check("run: closed executable", this::closedExecutable),
                new Check("buffer: closed", this::closedBuffer),
                new Check("buffer: wrong number of bytes", this::wrongBytes)));
        for (DType index : List.of(DType.INT32, DType.INT64)) {
            checks.addAll(indexErrors(index));
        }
        return checks;
    }

    private Buffer row() {
        Buffer buffer = backend.allocate(ROW);
        buffer.write(ByteBuffer.allocate(12));
        return buffer;
    }

    private Buffer[] rows(int count) {
        Buffer[] rows = new Buffer[count];
        for (int i = 0; i < count; i++) {
            rows[i] = row();
        }
        return rows;
    }

    private static Program sum() {
        return Sketch.body(sketch -> sketch.result(sketch.plus(sketch.normal(3), sketch.normal(3))));
    }

    private void refuses(Buffer[] arguments, Buffer[] results, String... parts) {
        try (Executable executable = backend.compile(sum())) {
            assertThatThrownBy(() -> executable.run(arguments, results))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(parts);
        }
        close(arguments);
        close(results);
    }

    private static void close(Buffer... buffers) {
        for (Buffer buffer : buffers) {
            buffer.close();
        }
    }

    private void foreignBuffer() {
        Buffer foreign = new ReferenceProvider().create().allocate(ROW);
        refuses(new Buffer[] {row(), foreign}, rows(1), "argument 1", backend.name(), "Received: ");
    }

    private void aliasedResult() {
        Buffer both = row();
        refuses(new Buffer[] {both, row()}, new Buffer[] {both}, "result 0", "Received");
    }

    private void closed(boolean argument) {
        Buffer[] arguments = rows(2);
        Buffer[] results = rows(1);
        (argument ? arguments[1] : results[0]).close();
        try (Executable executable = backend.compile(sum())) {
            assertThatThrownBy(() -> executable.run(arguments, results))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("Buffer: ", "Received: ", "closed", ROW.toString());
        }
        close(arguments);
        close(results);
    }

    private void closedExecutable() {
        Executable executable = backend.compile(sum());
        executable.close();
        Buffer[] arguments = rows(2);
        Buffer[] results = rows(1);
        assertThatThrownBy(() -> executable.run(arguments, results))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("xecutable", "Received: ", "closed");
        close(arguments);
        close(results);
    }

    private void closedBuffer() {
        Buffer buffer = row();
        buffer.close();
        assertThatThrownBy(() -> buffer.read(ByteBuffer.allocate(12))).isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("Buffer: ", "Received: ", "closed", ROW.toString());
        assertThatThrownBy(() -> buffer.write(ByteBuffer.allocate(12))).isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("Buffer: ", "Received: ", "closed", ROW.toString());
    }

    private void wrongBytes() {
        try (Buffer buffer = row()) {
            assertThatThrownBy(() -> buffer.write(ByteBuffer.allocate(13))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("Buffer", "12", "Received: 13");
            assertThatThrownBy(() -> buffer.write(ByteBuffer.allocate(8))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("Buffer", "12", "Received: 8");
            assertThatThrownBy(() -> buffer.read(ByteBuffer.allocate(11))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("Buffer", "12", "Received: 11");
        }
    }

    private List<Check> indexErrors(DType index) {
        Input x = Input.of(DType.FLOAT32, Values.NORMAL, 10, 4);
        List<Check> checks = new ArrayList<>();
        for (long bad : index == DType.INT32 ? new long[] {12, -1, Integer.MIN_VALUE} : new long[] {10, 1L << 32}) {
            Values values = Values.byPlace(i -> i == 3 ? bad : i % 4);
            Input four = Input.of(index, values, 4);
            Input column = Input.of(index, values, 4, 1);
            Input full = Input.of(index, values, 2, 4);
            checks.add(indexError(index, bad, new Gather(0), x, four));
            checks.add(indexError(index, bad, new GatherNd(), x, column));
            checks.add(indexError(index, bad, new GatherElements(0), x, full));
            checks.add(indexError(index, bad, new ScatterNd(ScatterKind.ADD), x, column, Input.of(DType.FLOAT32, Values.NORMAL, 4, 4)));
            checks.add(indexError(index, bad, new ScatterElements(0, ScatterKind.SET), x, full,
                    Input.of(DType.FLOAT32, Values.NORMAL, 2, 4)));
        }
        return checks;
    }

    private Check indexError(DType index, long bad, Op op, Input... inputs) {
        return new Check("run: " + op.label() + " with the " + index + " index " + bad, () -> requireIndexError(bad, op, inputs));
    }

    /** The program overwrites its first parameter by something that does not need the gather, and by what does. */
    private void requireIndexError(long bad, Op op, Input... inputs) {
        Sketch sketch = new Sketch();
        Value state = sketch.normal(3);
        List<Value> operands = new ArrayList<>();
        for (Input input : inputs) {
            operands.add(sketch.parameter(input.type(), input.values()));
        }
        sketch.update(state, sketch.plus(state, 1));
        sketch.update(operands.get(0), sketch.plus(operands.get(0), 1));
        sketch.result(sketch.addAll(op, operands).toArray(Value[]::new));
        Program program = sketch.program();
        List<ByteBuffer> arguments = Runner.arguments(op.toString(), program, sketch.values());
        try (Runner runner = new Runner(backend, program, arguments)) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(runner::run).isInstanceOf(IndexOutOfBoundsException.class)
                        .hasMessageContainingAll(op.label() + ": index from 0 to 9", "Received: " + bad + " at position 3", ". ");
                for (int i = 0; i < arguments.size(); i++) {
                    assertThat(Sample.of(runner.argumentBuffers()[i]).bytes()).as("parameter %d", i).isEqualTo(arguments.get(i));
                }
            }
        }
    }
}
