package dev.keratin.tck;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Domain;
import java.util.Arrays;
import java.util.List;

/** Element types and shapes that cases are made for. */
final class Types {
    /** No axes, no elements, less and more than a vector register holds, several axes, enough for several threads. */
    static final List<Shape> SHAPES = List.of(Shape.scalar(), Shape.of(0), Shape.of(3, 0, 2), Shape.of(1), Shape.of(17),
            Shape.of(1023), Shape.of(2, 3, 1, 5, 2), Shape.of(317, 331));

    private Types() {}

    static List<DType> in(Domain domain) {
        return Arrays.stream(DType.values()).filter(domain::contains).toList();
    }

    static List<DType> floating() {
        return in(Domain.FLOATING);
    }

    /** Something for every type: extremes for integers, plain numbers for floating types, both for bool. */
    static Values plain(DType type) {
        return type == DType.BOOL ? Values.BOOLS : type.isFloating() ? Values.NORMAL : Values.EXTREME;
    }

    /** Like {@link #plain}, with infinities, NaN and the like for floating types. */
    static Values wild(DType type) {
        return type == DType.BOOL ? Values.BOOLS : Values.EXTREME;
    }
}
