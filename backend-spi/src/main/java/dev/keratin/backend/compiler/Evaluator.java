package dev.keratin.backend.compiler;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Literal;
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

/** Computes the results of ops on constants by the reference interpreter. */
final class Evaluator {
    private final Backend backend = new ReferenceProvider().create();

    /** The results of an op. */
    List<Literal> evaluate(Op op, List<Literal> operands) {
        ProgramBuilder builder = new ProgramBuilder();
        List<Value> inputs = operands.stream().map(operand -> builder.add(new Constant(operand))).toList();
        return run(builder.build(builder.add(op, inputs)));
    }

    private List<Literal> run(Program program) {
        List<Buffer> results = new ArrayList<>();
        try (Executable executable = backend.compile(program)) {
            program.resultTypes().forEach(type -> results.add(backend.allocate(type)));
            executable.run(new Buffer[0], results.toArray(Buffer[]::new));
            return results.stream().map(Evaluator::read).toList();
        } finally {
            results.forEach(Buffer::close);
        }
    }

    private static Literal read(Buffer buffer) {
        TensorType type = buffer.type();
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(type.byteSize())).order(ByteOrder.LITTLE_ENDIAN);
        buffer.read(bytes);
        return Literals.compact(Literal.of(type, bytes.rewind()));
    }
}
