package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.ArgReduce;
import dev.keratin.backend.ir.CumulativeKind;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;

/**
 * How elements become one.
 *
 * @param type of what has been joined so far
 * @param functor of {@code joins.cuh}
 * @param none what changes nothing
 * @param load before an element of the operand
 * @param loaded behind it
 * @param store before the result
 * @param stored behind it
 */
record Fold(String type, String functor, String none, String load, String loaded, String store, String stored) {
    static Fold of(Node node) {
        return node.op() instanceof ArgReduce op ? ofPlaces(op, node.inputs().get(0).type().dtype())
                : of(functor(((Reduce) node.op()).kind()), node.output().type().dtype());
    }

    static Fold of(String functor, DType dtype) {
        String stored = CTypes.stored(dtype);
        return new Fold(CTypes.compute(dtype), functor, functor + "::none<" + stored + ">()", "Element<" + stored + ">::load(", ")",
                "Element<" + stored + ">::store(", ")");
    }

    private static Fold ofPlaces(ArgReduce op, DType dtype) {
        String type = "Best<" + CTypes.compute(dtype) + ">";
        return new Fold(type, op.largest() ? "First<Larger>" : "First<Smaller>", type + "{0, -1}",
                type + "{Element<" + CTypes.stored(dtype) + ">::load(", "), r}", "int32_t(", ".place)");
    }

    /** This one where the operand is what was joined before. */
    Fold further() {
        return new Fold(type, functor, none, "", "", store, stored);
    }

    /** This one where the result is joined later. */
    Fold unfinished() {
        return new Fold(type, functor, none, load, loaded, "", "");
    }

    /** What {@code joins.cuh} calls a kind. */
    static String functor(ReduceKind kind) {
        return switch (kind) {
            case SUM -> "Sum";
            case PROD -> "Prod";
            case MAX -> "Max";
            case MIN -> "Min";
            case ALL -> "All";
            case ANY -> "Any";
        };
    }

    static String functor(CumulativeKind kind) {
        return switch (kind) {
            case SUM -> "Sum";
            case PROD -> "Prod";
            case MAX -> "Max";
            case MIN -> "Min";
        };
    }
}
