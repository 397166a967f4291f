package dev.keratin.backend.cuda;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What fusions of products mean that a library computes in one call. Their operands and results are those of the call, in its
 * order.
 */
final class ProductBody {
    private final Uses uses;
    private final ProgramBuilder builder = new ProgramBuilder();
    private final Map<Value, Value> copies = new HashMap<>();

    private ProductBody(List<Value> operands, Uses uses) {
        this.uses = uses;
        operands.forEach(value -> copies.put(value, builder.parameter(value.type())));
    }

    /** The gradients of weights and bias, from the input [rows, m] and the gradient of the result [rows, n]. */
    static Program sums(TensorType input, TensorType gradient) {
        ProgramBuilder builder = new ProgramBuilder();
        Value a = builder.parameter(input);
        Value b = builder.parameter(gradient);
        return builder.build(List.of(builder.add(new MatMul(true, false), a, b),
                builder.add(new Reduce(ReduceKind.SUM, List.of(0), false), b)));
    }

    /**
     * A product, the bias and gelu.
     *
     * @param keeps whether there is a second result: what gelu is applied to
     */
    static Program gelu(GeluMatch match, boolean keeps, Uses uses) {
        ProductBody body = new ProductBody(match.operands(), uses);
        Value result = body.copy(match.result());
        return body.builder.build(keeps ? List.of(result, body.copy(match.sums())) : List.of(result));
    }

    /** A product and the gradient of gelu, whose input is the last operand. */
    static Program gradient(Value sums, GeluMatch.Gradient gradient, Uses uses) {
        ProductBody body = new ProductBody(gradient.operands(sums), uses);
        return body.builder.build(body.copy(gradient.result()));
    }

    /** The copy of a value and of all that it is computed from. */
    private Value copy(Value value) {
        if (!copies.containsKey(value)) {
            Node node = uses.producer(value);
            node.inputs().forEach(this::copy);
            builder.copyNode(node, copies);
        }
        return copies.get(value);
    }

    /** The call for a body, if the library has it. */
    static Optional<LibraryCall> call(Program body, GpuDriver driver) {
        ProductForm form = form(body);
        boolean bias = body.parameters().size() > 2 && form != ProductForm.GELU_GRADIENT;
        ProductShape shape = ProductShape.of(matMul(body));
        return shape.suitsLibrary() ? driver.product(shape.product(new Epilogue(false, bias, false), form)) : Optional.empty();
    }

    private static Node matMul(Program body) {
        return body.nodes().stream().filter(node -> node.op() instanceof MatMul).findFirst().orElseThrow();
    }

    /** What a body computes beside a product. */
    static ProductForm form(Program body) {
        if (body.nodes().stream().anyMatch(node -> node.op() instanceof Reduce)) {
            return ProductForm.SUMS;
        }
        if (!bends(body, matMul(body).output())) {
            return ProductForm.GELU_GRADIENT;
        }
        return body.results().size() > 1 ? ProductForm.GELU_KEPT : ProductForm.GELU;
    }

    /** Whether a value goes through tanh. */
    private static boolean bends(Program body, Value value) {
        Set<Value> reached = new HashSet<>(Set.of(value));
        for (Node node : body.nodes()) {
            if (node.inputs().stream().anyMatch(reached::contains)) {
                reached.addAll(node.outputs());
            }
        }
        return body.nodes().stream().anyMatch(node -> node.op().equals(new Unary(UnaryKind.TANH)) && reached.contains(node.output()));
    }
}
