package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.Comparator;
import java.util.stream.Collectors;

/** The values of a program that take the most memory, for messages. */
final class LargestValues {
    private static final int SHOWN = 3;

    private LargestValues() {}

    /** A line such as {@code float32[32, 112, 112, 64] of conv "conv1"}, for each of them. */
    static String text(Program program) {
        return program.nodes().stream().filter(node -> !(node.op() instanceof Constant))
                .sorted(Comparator.comparingLong(LargestValues::bytes).reversed()).limit(SHOWN)
                .map(node -> node.output().type() + " of " + (node.op().label() + " " + node.scope()).strip())
                .collect(Collectors.joining(", "));
    }

    private static long bytes(Node node) {
        return node.outputs().stream().map(Value::type).mapToLong(type -> type.byteSize()).sum();
    }
}
