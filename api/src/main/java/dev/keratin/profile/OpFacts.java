package dev.keratin.profile;

import dev.keratin.backend.compiler.Cost;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.spi.OpSpan;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of an op before it runs.
 *
 * @param name such as {@code "matMul+add+relu"}
 * @param kernel what computes it, in the backend's words
 * @param layers the paths of the layers it belongs to, with {@code /gradient} behind them for backward ops
 * @param operands the types of what it reads
 * @param results the types of what it computes
 * @param flops what it computes, as {@link Cost} counts
 * @param bytes what it reads and writes at least
 */
record OpFacts(String name, String kernel, List<String> layers, List<String> operands, List<String> results, long flops,
        long bytes) {
    private static final int MOST_NAMES = 8;

    static OpFacts of(OpSpan span, String path) {
        Node node = span.node();
        if (node == null) {
            return new OpFacts("copy", span.kernel(), layers(Stream.of(path)), List.of(), List.of(), 0, 0);
        }
        Stream<String> layers = parts(node).map(part -> part.scope().isEmpty() ? path : part.scope());
        return new OpFacts(name(node), span.kernel(), layers(layers), types(node.inputs()), types(node.outputs()),
                Cost.flops(node), Cost.bytes(node));
    }

    /** The nodes that a fusion was made of; else the node. */
    private static Stream<Node> parts(Node node) {
        return node.op() instanceof Fusion fusion
                ? fusion.body().nodes().stream().filter(part -> !(part.op() instanceof Constant)) : Stream.of(node);
    }

    private static String name(Node node) {
        List<String> names = parts(node).map(part -> part.op().label()).toList();
        String shown = names.stream().limit(MOST_NAMES).collect(Collectors.joining("+"));
        return names.size() <= MOST_NAMES ? shown : shown + "+" + (names.size() - MOST_NAMES) + " more";
    }

    private static List<String> layers(Stream<String> paths) {
        return paths.filter(path -> !path.isEmpty()).distinct().toList();
    }

    private static List<String> types(List<Value> values) {
        return values.stream().map(value -> value.type().toString()).toList();
    }
}
