package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
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

    /** Writes a fusion with a {@link ProductBody}; node by node if the library no longer has its call, for lack of memory to try it. */
    static void routine(Node node, Code code) {
        Program body = ((Fusion) node.op()).body();
        List<Value> values = new ArrayList<>(node.inputs());
        values.addAll(node.outputs());
        Slot[] slots = values.stream().map(code::slot).toArray(Slot[]::new);
        String line = "MatMul with " + ProductBody.form(body) + " " + node.scope();
        ProductBody.call(body, code.driver()).ifPresentOrElse(call -> code.call(call, line, slots), () -> apart(body, slots, code));
    }

    private static void apart(Program body, Slot[] slots, Code code) {
        for (int i = 0; i < body.parameters().size(); i++) {
            code.place(body.parameters().get(i), slots[i]);
        }
        for (Node node : body.nodes()) {
            if (node.op() instanceof Constant constant) {
                code.define(node.output(), constant.value());
            } else {
                int result = body.results().indexOf(node.output());
                code.place(node.output(), result >= 0 ? slots[body.parameters().size() + result]
                        : code.scratch(node.output().type().byteSize()));
                Families.of(node.op()).write(node, code);
            }
        }
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
