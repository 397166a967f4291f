package dev.keratin.backend.cuda;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A program that is copied node by node, and some of whose nodes are replaced. */
final class ProgramCopy {
    private final Program program;
    private final ProgramBuilder builder = new ProgramBuilder();
    private final Map<Value, Value> copies = new HashMap<>();

    ProgramCopy(Program program) {
        this.program = program;
    }

    /**
     * The copy.
     *
     * @param replaced told of each node in order; gives whether it has been replaced, or is no longer needed
     */
    Program run(Predicate<Node> replaced) {
        program.parameters().forEach(value -> copies.put(value, builder.parameter(value.type())));
        for (Node node : program.nodes()) {
            builder.scope(node.scope());
            if (!replaced.test(node)) {
                builder.copyNode(node, copies);
            }
        }
        program.updates().forEach(update ->
                builder.update(copies.get(program.parameters().get(update.parameter())), copies.get(update.value())));
        return builder.build(program.results().stream().map(copies::get).toList());
    }

    ProgramBuilder builder() {
        return builder;
    }

    /** The copy of a value that has been computed. */
    Value of(Value value) {
        return copies.get(value);
    }

    /** The copy of a value under a shape. */
    Value of(Value value, Shape shape) {
        Value copy = of(value);
        return copy.type().shape().equals(shape) ? copy : builder.add(new Reshape(shape), copy);
    }

    /** Says what stands for a value. */
    void put(Value value, Value replacement) {
        copies.put(value, replacement);
    }

    /** Adds a fusion for a routine of a library. */
    List<Value> routine(Program body, List<Value> operands) {
        return builder.add(new Fusion(FusionKind.ROUTINE, body), operands);
    }
}
