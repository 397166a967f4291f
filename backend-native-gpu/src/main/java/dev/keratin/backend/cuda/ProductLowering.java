package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes matrix products: for the library where it takes them, else as a kernel. */
final class ProductLowering {
    private final Node node;
    private final Code code;
    private final ProductShape shape;

    private ProductLowering(Node node, Code code) {
        this.node = node;
        this.code = code;
        this.shape = ProductShape.of(node);
    }

    static void write(Node node, Code code) {
        ProductLowering product = new ProductLowering(node, code);
        if (!product.library(Epilogue.NONE, List.of(), code.slot(node.output()))) {
            product.kernel();
        }
    }

    /**
     * Writes a product and the nodes after it as one call of the library.
     *
     * @param result where the last one's value goes
     * @return whether the library has it, for values that lie where it takes them; if not, nothing was written
     */
    static boolean fused(List<Node> chain, Slot result, Code code) {
        boolean aligned = chain.stream().allMatch(node -> code.isAligned(node.output(), ProductCall.ALIGNMENT)
                && node.inputs().stream().allMatch(value -> code.isAligned(value, ProductCall.ALIGNMENT)));
        return aligned && Epilogue.parts(chain).filter(parts -> new ProductLowering(chain.get(0), code)
                .library(parts.epilogue(), parts.slots(code), result)).isPresent();
    }

    /** Writes a fusion of {@link BiasGradientFusion}, whose call was there when it was made. */
    static void routine(Node node, Code code) {
        Product product = ProductBody.product(((Fusion) node.op()).body());
        List<Value> values = new ArrayList<>(node.inputs());
        values.addAll(node.outputs());
        code.call(code.driver().product(product).orElseThrow(), "MatMul with " + product.form() + " " + node.scope(),
                values.stream().map(code::slot).toArray(Slot[]::new));
    }

    private boolean library(Epilogue epilogue, List<Slot> summands, Slot result) {
        Optional<LibraryCall> call = shape.suitsLibrary() ? code.driver().product(shape.product(epilogue, ProductForm.PLAIN))
                : Optional.empty();
        List<Slot> operands = new ArrayList<>(node.inputs().stream().map(code::slot).toList());
        operands.addAll(summands);
        operands.add(result);
        call.ifPresent(routine -> code.call(routine, node.op() + " " + node.scope(), operands.toArray(Slot[]::new)));
        return call.isPresent();
    }

    private void kernel() {
        String type = CTypes.stored(shape.dtype());
        Joined joined = Joined.of(shape.batch().dims(), shape.strides(shape.a()), shape.strides(shape.b()));
        long count = shape.c().size();
        KernelBuilder kernel = new KernelBuilder("product", "elementwise.cuh", "product.cuh");
        kernel.line("product(" + String.join(", ", kernel.pointer(code.slot(node.inputs().get(0)), "const " + type),
                kernel.pointer(code.slot(node.inputs().get(1)), "const " + type), kernel.pointer(code.slot(node.output()), type),
                kernel.number(count), kernel.number(shape.n()), kernel.number(shape.k()),
                kernel.numbers(shape.op().transposeA() ? new long[] {1, shape.m()} : new long[] {shape.k(), 1}),
                kernel.numbers(shape.op().transposeB() ? new long[] {1, shape.k()} : new long[] {shape.n(), 1}),
                kernel.number(shape.m()), kernel.divisors(joined.lengths()), kernel.numbers(joined.strides(0)),
                kernel.numbers(joined.strides(1))) + ");");
        kernel.launch(Geometry.loop(count), node.op() + " " + node.scope(), code);
    }
}
