package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Reduce;

/** The statements of one reduction of rows: a variable of each thread, which is joined at the end. */
final class Reductions {
    private Reductions() {}

    private static String functor(Node node) {
        return Fold.functor(((Reduce) node.op()).kind());
    }

    static String declare(Node node, ElementCode elements) {
        DType dtype = node.output().type().dtype();
        return CTypes.compute(dtype) + " " + elements.defineOnce(node.output()) + " = " + functor(node) + "::none<"
                + CTypes.stored(dtype) + ">();";
    }

    static String join(Node node, ElementCode elements) {
        String sum = elements.name(node.output());
        return "EACH(k, W) " + sum + " = " + functor(node) + "::join(" + sum + ", " + elements.element(node.inputs().get(0)) + ");";
    }

    static String finish(Node node, ElementCode elements) {
        String sum = elements.name(node.output());
        DType dtype = node.output().type().dtype();
        String joined = "row_reduce<" + functor(node) + ">(" + sum + ")";
        return sum + " = " + (dtype == DType.INT8 || dtype == DType.UINT8 ? ElementCode.wrapped(dtype, joined) : joined) + ";";
    }
}
