package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Iota;
import dev.keratin.backend.ir.Node;

/** Writes ops that make values of nothing. */
final class SourceLowering {
    private SourceLowering() {}

    static void iota(Node node, Code code) {
        Iota iota = (Iota) node.op();
        Shape shape = iota.type().shape();
        DType dtype = iota.type().dtype();
        KernelBuilder kernel = new KernelBuilder("iota", "elementwise.cuh", "sources.cuh").within(shape.size());
        kernel.line((CTypes.isNarrow(dtype) ? "iota_narrow(" : "iota(")
                + kernel.pointer(code.slot(node.output()), CTypes.stored(dtype)) + ", " + kernel.number(shape.size()) + ", "
                + kernel.divisor(shape.dim(iota.axis())) + ", "
                + kernel.divisor(shape.subShape(iota.axis() + 1, shape.rank()).size()) + ");");
        kernel.launch(Geometry.loop(shape.size()), node.op() + " " + node.scope(), code);
    }

    static void randomBits(Node node, Code code) {
        long count = node.output().type().shape().size();
        KernelBuilder kernel = new KernelBuilder("random", "elementwise.cuh", "sources.cuh").within(count);
        kernel.line("random_bits<" + Packs.moved(Integer.BYTES, 0, code, code.slot(node.output())) + ">("
                + kernel.pointer(code.slot(node.inputs().get(0)), "const uint64_t") + ", "
                + kernel.pointer(code.slot(node.output()), "uint32_t") + ", " + kernel.number(count) + ");");
        kernel.launch(Geometry.loop((count + 3) / 4), node.op() + " " + node.scope(), code);
    }
}
