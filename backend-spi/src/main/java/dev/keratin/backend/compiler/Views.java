package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Bitcast;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.StopGradient;
import dev.keratin.backend.ir.Value;
import java.util.HashMap;
import java.util.Map;

/** Which values of a program are the bytes of another value under a different type. */
final class Views {
    private final Map<Value, Value> roots = new HashMap<>();

    Views(Program program) {
        for (Node node : program.nodes()) {
            if (isView(node.op())) {
                roots.put(node.output(), rootOf(node.inputs().get(0)));
            }
        }
    }

    /** Whether an op gives the bytes of its operand. */
    static boolean isView(Op op) {
        return op instanceof Reshape || op instanceof StopGradient || op instanceof Bitcast;
    }

    /** The value whose bytes these are: a parameter or what a node that is no view computes. */
    Value rootOf(Value value) {
        return roots.getOrDefault(value, value);
    }
}
