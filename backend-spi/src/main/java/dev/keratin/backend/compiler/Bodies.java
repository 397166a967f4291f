package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Cond;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Scan;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.ir.While;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Applies a pass to the bodies of control flow. */
final class Bodies {
    private Bodies() {}

    /** A program whose bodies went through a pass that keeps their parameters and results; the same if none changed. */
    static Program map(Program program, UnaryOperator<Program> pass) {
        if (program.nodes().stream().noneMatch(node -> isControlFlow(node.op()))) {
            return program;
        }
        ProgramBuilder builder = new ProgramBuilder();
        Map<Value, Value> copies = new HashMap<>();
        program.parameters().forEach(value -> copies.put(value, builder.parameter(value.type())));
        boolean changed = false;
        for (Node node : program.nodes()) {
            Op op = map(node.op(), pass);
            changed |= !op.equals(node.op());
            builder.copyNode(new Node(op, node.inputs(), node.outputs(), node.scope()), copies);
        }
        program.updates().forEach(update ->
                builder.update(copies.get(program.parameters().get(update.parameter())), copies.get(update.value())));
        return changed ? builder.build(program.results().stream().map(copies::get).toList()) : program;
    }

    static boolean isControlFlow(Op op) {
        return op instanceof Cond || op instanceof While || op instanceof Scan;
    }

    private static Op map(Op op, UnaryOperator<Program> pass) {
        if (op instanceof Cond cond) {
            return new Cond(pass.apply(cond.thenProgram()), pass.apply(cond.elseProgram()));
        }
        if (op instanceof While loop) {
            return new While(pass.apply(loop.condition()), pass.apply(loop.body()));
        }
        if (op instanceof Scan scan) {
            return new Scan(pass.apply(scan.body()), scan.carries(), scan.sequences(), scan.length(), scan.reverse(),
                    scan.carriesIn());
        }
        return op;
    }
}
