package dev.keratin.backend.cuda;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.reference.ReferenceProvider;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes ops that the host computes, by the reference implementation: linear algebra, whose matrices are small and whose
 * loops depend on their values. Operands are copied to the host and results back, so a program with such an op waits for
 * the device in the middle.
 */
final class HostLowering {
    private HostLowering() {}

    static void write(Node node, Code code) {
        HostOp op = new HostOp(node);
        List<Slot> operands = node.inputs().stream().map(code::slot).toList();
        List<Slot> results = node.outputs().stream().map(code::slot).toList();
        code.addOnHost(node.op() + " on the host " + node.scope(), frame -> op.run(frame, operands, results));
    }

    /** A program of one op on the host, with memory for what it takes and gives. */
    private static final class HostOp {
        private final Executable executable;
        private final Buffer[] arguments;
        private final Buffer[] results;

        HostOp(Node node) {
            Backend host = new ReferenceProvider().create();
            this.executable = host.compile(program(node));
            this.arguments = buffers(host, node.inputs());
            this.results = buffers(host, node.outputs());
        }

        private static Program program(Node node) {
            ProgramBuilder builder = new ProgramBuilder();
            return builder.build(builder.add(node.op(), node.inputs().stream().map(value -> builder.parameter(value.type())).toList()));
        }

        private static Buffer[] buffers(Backend host, List<Value> values) {
            return values.stream().map(value -> host.allocate(value.type())).toArray(Buffer[]::new);
        }

        void run(Frame frame, List<Slot> operands, List<Slot> targets) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(largest());
            for (int i = 0; i < arguments.length; i++) {
                bytes.clear().limit((int) arguments[i].type().byteSize());
                frame.driver().copyOut(frame.at(operands.get(i)), bytes);
                arguments[i].write(bytes.rewind());
            }
            executable.run(arguments, results);
            for (int i = 0; i < results.length; i++) {
                bytes.clear().limit((int) results[i].type().byteSize());
                results[i].read(bytes);
                frame.driver().copyIn(bytes.rewind(), frame.at(targets.get(i)));
            }
        }

        private int largest() {
            return Math.toIntExact(Stream.of(arguments, results).flatMap(Stream::of).map(Buffer::type)
                    .mapToLong(TensorType::byteSize).max().orElse(0));
        }
    }
}
