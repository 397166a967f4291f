package dev.keratin;

import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import java.util.ArrayList;
import java.util.List;

/**
 * What distinguishes an op from others with the same operands. Control flow is traced anew at every call, so that its
 * programs are never the same object: they count as equal if their text and all their constants are.
 */
record OpKey(String text, List<String> bodies, List<Literal> constants) {
    /** The op itself, or a key if it runs programs. */
    static Object of(Op op) {
        if (op.bodies().isEmpty()) {
            return op;
        }
        List<Literal> constants = new ArrayList<>();
        op.bodies().forEach(body -> collect(body, constants));
        return new OpKey(op.toString(), op.bodies().stream().map(Program::text).toList(), constants);
    }

    private static void collect(Program program, List<Literal> constants) {
        for (Node node : program.nodes()) {
            if (node.op() instanceof Constant constant) {
                constants.add(constant.value());
            }
            node.op().bodies().forEach(body -> collect(body, constants));
        }
    }
}
