package dev.keratin.backend.cuda;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Value;
import java.util.List;

/** What the fusions of {@link BiasGradientFusion} mean. Their operands and results are those of the library's call, in its order. */
final class ProductBody {
    private ProductBody() {}

    /** The gradients of weights and bias, from the input [rows, m] and the gradient of the result [rows, n]. */
    static Program sums(TensorType input, TensorType gradient) {
        ProgramBuilder builder = new ProgramBuilder();
        Value a = builder.parameter(input);
        Value b = builder.parameter(gradient);
        return builder.build(List.of(builder.add(new MatMul(true, false), a, b),
                builder.add(new Reduce(ReduceKind.SUM, List.of(0), false), b)));
    }

    /** What is asked of the library for a body. */
    static Product product(Program body) {
        Node matMul = body.nodes().stream().filter(node -> node.op() instanceof MatMul).findFirst().orElseThrow();
        return ProductShape.of(matMul).product(Epilogue.NONE, ProductForm.SUMS);
    }
}
