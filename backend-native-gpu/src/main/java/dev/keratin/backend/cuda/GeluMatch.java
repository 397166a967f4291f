package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A product whose sums, with or without a bias, go through gelu in its tanh form, and where there is a gradient the product that
 * it starts from.
 *
 * @param product the first product
 * @param bias what is added to it
 * @param sums what gelu is applied to
 * @param result gelu of the sums
 * @param gradient the gradient of the sums, if it is computed from them and a product that nothing else reads
 */
record GeluMatch(Node product, Optional<Value> bias, Value sums, Value result, Optional<Gradient> gradient) {
    /** gelu is a product of x and a function of x. */
    private static final int FEWEST_READERS = 2;

    /**
     * How the gradient of the sums is computed.
     *
     * @param product the gradient of the result of gelu
     * @param result the gradient of the sums
     */
    record Gradient(Node product, Value result) {
        /** The factors of the product, and the sums. */
        List<Value> operands(Value sums) {
            return Stream.concat(product.inputs().stream(), Stream.of(sums)).toList();
        }
    }

    /** The factors of the first product, and the bias. */
    List<Value> operands() {
        return Stream.concat(product.inputs().stream(), bias.stream()).toList();
    }

    /** All in a program. */
    static List<GeluMatch> all(Program program, Uses uses) {
        return program.nodes().stream().filter(node -> node.op() instanceof MatMul).map(node -> of(node, program, uses))
                .flatMap(Optional::stream).toList();
    }

    private static Optional<GeluMatch> of(Node product, Program program, Uses uses) {
        Optional<Value> bias = bias(product.output(), uses);
        Value sums = bias.isPresent() ? uses.readers(product.output()).get(0).output() : product.output();
        if (uses.readers(sums).size() < FEWEST_READERS) {
            return Optional.empty();
        }
        Gelu gelu = new Gelu(sums);
        return program.nodes().stream().filter(node -> gelu.follow(node) && gelu.isValue(node.output())).map(Node::output).findFirst()
                .map(result -> new GeluMatch(product, bias, sums, result, gradient(product, sums, program, uses)));
    }

    /** What is added to a product that nothing else reads, if it is one number for each column. */
    private static Optional<Value> bias(Value product, Uses uses) {
        List<Node> readers = uses.readers(product);
        if (uses.escapes(product) || readers.size() != 1 || !readers.get(0).op().equals(new Binary(BinaryKind.ADD))) {
            return Optional.empty();
        }
        Value other = readers.get(0).inputs().get(readers.get(0).inputs().get(0) == product ? 1 : 0);
        return Optional.of(other).filter(value -> Epilogue.isBias(value.type().shape(), product.type().shape()));
    }

    private static Optional<Gradient> gradient(Node first, Value sums, Program program, Uses uses) {
        return program.nodes().stream()
                .filter(node -> node.op() instanceof MatMul && node != first && node.output().type().equals(sums.type()))
                .map(product -> gradientOf(product, sums, program, uses)).flatMap(Optional::stream).findFirst();
    }

    private static Optional<Gradient> gradientOf(Node product, Value sums, Program program, Uses uses) {
        Gelu gelu = new Gelu(sums);
        gelu.gradient(product.output());
        return program.nodes().stream().filter(node -> gelu.follow(node) && gelu.isGradient(node.output())).map(Node::output).findFirst()
                .filter(result -> isReadFor(result, product.output(), gelu, uses)).map(result -> new Gradient(product, result));
    }

    /** Whether a gradient, and all that is computed from it on the way to a result, is read for this result alone. */
    private static boolean isReadFor(Value result, Value gradient, Gelu gelu, Uses uses) {
        Set<Node> way = new HashSet<>();
        collect(result, gelu, uses, way);
        Stream<Value> between = way.stream().map(Node::output).filter(value -> value != result);
        return Stream.concat(Stream.of(gradient), between)
                .allMatch(value -> !uses.escapes(value) && way.containsAll(uses.readers(value)));
    }

    private static void collect(Value result, Gelu gelu, Uses uses, Set<Node> way) {
        Node node = uses.producer(result);
        if (gelu.isOfGradient(result) && way.add(node)) {
            node.inputs().forEach(input -> collect(input, gelu, uses, way));
        }
    }
}
