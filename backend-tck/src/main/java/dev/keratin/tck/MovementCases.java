package dev.keratin.tck;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Concat;
import dev.keratin.backend.ir.DynamicSlice;
import dev.keratin.backend.ir.DynamicUpdateSlice;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Pad;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.Reverse;
import dev.keratin.backend.ir.Slice;
import dev.keratin.backend.ir.Transpose;
import java.util.List;

/** Ops that move elements: every op on every type, and the corners of each on float32. */
final class MovementCases {
    private static final DType F32 = DType.FLOAT32;

    private MovementCases() {}

    static Family family() {
        Family family = new Family("movement");
        for (DType type : DType.values()) {
            addEveryOp(family, type);
        }
        transposes(family);
        broadcasts(family);
        slices(family);
        pads(family);
        concats(family);
        dynamic(family);
        return family;
    }

    private static void one(Family family, Op op, long... dims) {
        family.op(op, Tolerance.BITS, Input.of(F32, Values.SPECIAL, dims));
    }

    private static void addEveryOp(Family family, DType type) {
        Input x = Input.of(type, Types.wild(type), 3, 4, 5);
        Input starts = Input.of(DType.INT64, Values.of(1, 2, 9), 3);
        family.op(new Transpose(List.of(2, 0, 1)), Tolerance.BITS, x);
        family.op(new Reshape(Shape.of(15, 4)), Tolerance.BITS, x);
        family.op(new Broadcast(Shape.of(2, 3, 4, 5)), Tolerance.BITS, Input.of(type, Types.wild(type), 4, 1));
        family.op(new Slice(List.of(0L, 1L, 0L), List.of(3L, 3L, 5L), List.of(1L, 1L, 2L)), Tolerance.BITS, x);
        family.op(new Reverse(List.of(0, 2)), Tolerance.BITS, x);
        family.op(new Pad(List.of(1L, 0L, 2L), List.of(0L, 2L, 1L), List.of(0L, 1L, 2L)), Tolerance.BITS, x,
                Input.of(type, Types.plain(type)));
        family.op(new Concat(1), Tolerance.BITS, x, Input.of(type, Types.wild(type), 3, 2, 5), x);
        family.op(new DynamicSlice(Shape.of(2, 2, 3)), Tolerance.BITS, x, starts);
        family.op(new DynamicUpdateSlice(), Tolerance.BITS, x, Input.of(type, Types.plain(type), 2, 2, 3), starts);
    }

    private static void transposes(Family family) {
        one(family, new Transpose(List.of()));
        one(family, new Transpose(List.of(0)), 17);
        one(family, new Transpose(List.of(1, 0)), 17, 33);
        one(family, new Transpose(List.of(1, 0)), 333, 401);
        one(family, new Transpose(List.of(1, 0)), 1, 129);
        one(family, new Transpose(List.of(1, 0)), 0, 3);
        one(family, new Transpose(List.of(0, 1, 2)), 2, 3, 4);
        one(family, new Transpose(List.of(0, 2, 1)), 5, 17, 19);
        one(family, new Transpose(List.of(1, 0, 2)), 5, 17, 19);
        one(family, new Transpose(List.of(2, 1, 0)), 5, 17, 19);
        one(family, new Transpose(List.of(0, 2, 1, 3)), 4, 65, 8, 16);
        one(family, new Transpose(List.of(0, 3, 1, 2)), 4, 28, 28, 3);
        one(family, new Transpose(List.of(4, 2, 0, 3, 1)), 2, 3, 4, 5, 6);
    }

    private static void broadcasts(Family family) {
        one(family, new Broadcast(Shape.scalar()));
        one(family, new Broadcast(Shape.of(17)));
        one(family, new Broadcast(Shape.of(0, 3)), 3);
        one(family, new Broadcast(Shape.of(3, 0)), 3, 1);
        one(family, new Broadcast(Shape.of(317, 331)), 331);
        one(family, new Broadcast(Shape.of(317, 331)), 317, 1);
        one(family, new Broadcast(Shape.of(2, 3, 4, 5, 6)), 3, 1, 5, 1);
        one(family, new Reshape(Shape.scalar()), 1, 1);
        one(family, new Reshape(Shape.of(1, 1, 1)));
        one(family, new Reshape(Shape.of(0, 5)), 3, 0);
        one(family, new Reshape(Shape.of(331, 317)), 317, 331);
        one(family, new Reverse(List.of()), 5);
        one(family, new Reverse(List.of(0)), 0);
        one(family, new Reverse(List.of(0)), 100_003);
        one(family, new Reverse(List.of(1)), 33, 65);
        one(family, new Reverse(List.of(0, 1, 2, 3, 4)), 2, 3, 2, 3, 2);
    }

    private static void slices(Family family) {
        one(family, new Slice(List.of(), List.of(), List.of()));
        one(family, new Slice(List.of(3L), List.of(3L), List.of(1L)), 5);
        one(family, new Slice(List.of(1L), List.of(17L), List.of(5L)), 17);
        one(family, new Slice(List.of(0L), List.of(1023L), List.of(2L)), 1023);
        one(family, new Slice(List.of(7L, 0L), List.of(300L, 331L), List.of(1L, 1L)), 317, 331);
        one(family, new Slice(List.of(0L, 7L), List.of(317L, 300L), List.of(1L, 3L)), 317, 331);
        one(family, new Slice(List.of(0L, 1L, 0L, 1L, 0L), List.of(2L, 3L, 1L, 4L, 3L), List.of(1L, 2L, 1L, 2L, 2L)), 2, 3, 2, 4, 3);
    }

    private static void pads(Family family) {
        pad(family, new Pad(List.of(), List.of(), List.of()));
        pad(family, new Pad(List.of(2L), List.of(3L), List.of(0L)), 0);
        pad(family, new Pad(List.of(0L), List.of(0L), List.of(3L)), 17);
        pad(family, new Pad(List.of(0L, 1L, 2L, 0L), List.of(0L, 2L, 1L, 0L), List.of(0L, 0L, 0L, 0L)), 3, 9, 10, 5);
        pad(family, new Pad(List.of(5L, 0L), List.of(0L, 7L), List.of(0L, 1L)), 200, 150);
        pad(family, new Pad(List.of(1L, 1L, 1L, 1L, 1L), List.of(0L, 1L, 0L, 1L, 0L), List.of(1L, 0L, 2L, 0L, 1L)), 2, 2, 2, 2, 2);
    }

    private static void pad(Family family, Pad op, long... dims) {
        family.op(op, Tolerance.BITS, Input.of(F32, Values.SPECIAL, dims), Input.of(F32, Values.of(-7.5)));
    }

    private static void concats(Family family) {
        family.op(new Concat(0), Tolerance.BITS, Input.of(F32, Values.SPECIAL, 5));
        family.op(new Concat(0), Tolerance.BITS, Input.of(F32, Values.SPECIAL, 0), Input.of(F32, Values.NORMAL, 3));
        family.op(new Concat(1), Tolerance.BITS, Input.of(F32, Values.NORMAL, 317, 100), Input.of(F32, Values.NORMAL, 317, 231));
        family.op(new Concat(0), Tolerance.BITS, Input.of(F32, Values.NORMAL, 100, 33), Input.of(F32, Values.NORMAL, 1, 33),
                Input.of(F32, Values.NORMAL, 0, 33), Input.of(F32, Values.NORMAL, 7, 33));
        family.op(new Concat(2), Tolerance.BITS, Input.of(F32, Values.NORMAL, 2, 3, 1, 5), Input.of(F32, Values.NORMAL, 2, 3, 4, 5));
    }

    private static void dynamic(Family family) {
        for (double[] starts : new double[][] {{0, 0}, {3, 5}, {-4, 2}, {100, 100}, {-1e15, 1e15}}) {
            Input at = Input.of(DType.INT64, Values.of(starts), 2);
            String variant = "at " + (long) starts[0] + ", " + (long) starts[1];
            family.op(variant, new DynamicSlice(Shape.of(4, 7)), Tolerance.BITS, Input.of(F32, Values.SPECIAL, 9, 13), at);
            family.op(variant, new DynamicUpdateSlice(), Tolerance.BITS, Input.of(F32, Values.SPECIAL, 9, 13),
                    Input.of(F32, Values.NORMAL, 4, 7), at);
        }
        Input none = Input.of(DType.INT64, Values.of(0), 0);
        family.op(new DynamicSlice(Shape.scalar()), Tolerance.BITS, Input.of(F32, Values.NORMAL), none);
        family.op(new DynamicUpdateSlice(), Tolerance.BITS, Input.of(F32, Values.NORMAL), Input.of(F32, Values.NORMAL), none);
    }
}
