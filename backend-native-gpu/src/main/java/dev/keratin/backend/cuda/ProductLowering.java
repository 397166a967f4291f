package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.compiler.StridedCopy;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes matrix products: for the library where it takes them, else as a kernel. */
final class ProductLowering {
    private final Node node;
    private final Code code;
    private final MatMul op;
    private final Shape a;
    private final Shape b;
    private final Shape batch;
    private final long m;
    private final long n;
    private final long k;

    private ProductLowering(Node node, Code code) {
        this.node = node;
        this.code = code;
        this.op = (MatMul) node.op();
        this.a = node.inputs().get(0).type().shape();
        this.b = node.inputs().get(1).type().shape();
        Shape c = node.output().type().shape();
        this.batch = c.subShape(0, c.rank() - 2);
        this.m = c.dim(-2);
        this.n = c.dim(-1);
        this.k = a.dim(op.transposeA() ? -2 : -1);
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

    private static Shape batchOf(Shape matrices) {
        return matrices.subShape(0, matrices.rank() - 2);
    }

    private boolean suitsLibrary() {
        return node.output().type().dtype().isFloating() && k > 0 && node.output().type().shape().size() > 0
                && isUniform(a) && isUniform(b);
    }

    /** Whether the matrices follow each other as those of the result do, or are a single one. */
    private boolean isUniform(Shape matrices) {
        return batchOf(matrices).size() == batch.size() || batchOf(matrices).size() == 1;
    }

    private boolean library(Epilogue epilogue, List<Slot> summands, Slot result) {
        Optional<LibraryCall> call = suitsLibrary() ? code.driver().product(product(epilogue)) : Optional.empty();
        List<Slot> operands = new ArrayList<>(node.inputs().stream().map(code::slot).toList());
        operands.addAll(summands);
        operands.add(result);
        call.ifPresent(routine -> code.call(routine, node.op() + " " + node.scope(), operands.toArray(Slot[]::new)));
        return call.isPresent();
    }

    private Product product(Epilogue epilogue) {
        long count = batch.size();
        boolean joined = batchOf(b).size() == 1 && !op.transposeA() && batchOf(a).size() == count;
        DType dtype = node.output().type().dtype();
        return new Product(dtype, dtype, op.transposeA(), op.transposeB(), joined ? m * count : m, n, k, joined ? 1 : count,
                batchOf(a).size() == 1 ? 0 : m * k, batchOf(b).size() == 1 ? 0 : k * n, epilogue);
    }

    private void kernel() {
        DType dtype = node.output().type().dtype();
        String type = CTypes.stored(dtype);
        Joined joined = Joined.of(batch.dims(), strides(a), strides(b));
        long count = node.output().type().shape().size();
        KernelBuilder kernel = new KernelBuilder("product", "elementwise.cuh", "product.cuh");
        kernel.line("product(" + String.join(", ", kernel.pointer(code.slot(node.inputs().get(0)), "const " + type),
                kernel.pointer(code.slot(node.inputs().get(1)), "const " + type), kernel.pointer(code.slot(node.output()), type),
                kernel.number(count), kernel.number(n), kernel.number(k),
                kernel.numbers(op.transposeA() ? new long[] {1, m} : new long[] {k, 1}),
                kernel.numbers(op.transposeB() ? new long[] {1, k} : new long[] {n, 1}), kernel.number(m),
                kernel.numbers(joined.lengths()), kernel.numbers(joined.strides(0)), kernel.numbers(joined.strides(1))) + ");");
        kernel.launch(Geometry.loop(count), node.op() + " " + node.scope(), code);
    }

    private long[] strides(Shape matrices) {
        long[] strides = StridedCopy.stretched(batchOf(matrices), batch);
        long size = matrices.dim(-1) * matrices.dim(-2);
        for (int axis = 0; axis < strides.length; axis++) {
            strides[axis] *= size;
        }
        return strides;
    }
}
