package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes each value once: a node with the op and operands of an earlier one gives way to it. */
final class CommonValues implements Rewriter.Rule {
    private record Key(Op op, List<Value> inputs) {}

    private final Map<Key, List<Value>> known = new HashMap<>();

    static Program run(Program program) {
        return DeadCode.run(Rewriter.run(program, List.of(new CommonValues())));
    }

    @Override
    public @Nullable List<Value> apply(Rewriter graph, Op op, List<Value> inputs) {
        return known.get(key(op, inputs));
    }

    @Override
    public void added(Node node) {
        known.put(key(node.op(), node.inputs()), node.outputs());
    }

    private static Key key(Op op, List<Value> inputs) {
        boolean swap = isCommutative(op) && inputs.get(0).id() > inputs.get(1).id();
        return new Key(op, swap ? List.of(inputs.get(1), inputs.get(0)) : inputs);
    }

    private static boolean isCommutative(Op op) {
        return op instanceof Binary binary && ArithmeticRules.isCommutative(binary.kind())
                || op instanceof Compare compare && (compare.kind() == CompareKind.EQ || compare.kind() == CompareKind.NE);
    }
}
