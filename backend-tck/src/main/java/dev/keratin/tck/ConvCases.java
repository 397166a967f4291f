package dev.keratin.tck;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvInputGrad;
import dev.keratin.backend.ir.ConvKernelGrad;
import dev.keratin.backend.ir.ConvSpec;
import dev.keratin.backend.ir.Pool;
import dev.keratin.backend.ir.PoolGrad;
import dev.keratin.backend.ir.PoolKind;
import dev.keratin.backend.ir.PoolSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Convolution and pooling over 1 to 3 axes, with all that their geometry can ask for, and their gradients. */
final class ConvCases {
    /** A convolution: geometry, input and kernel. */
    private record Layout(ConvSpec spec, Shape input, Shape kernel) {}

    private ConvCases() {}

    static Family convolutions() {
        Family family = new Family("convolutions");
        for (Layout layout : layouts()) {
            for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
                everyOp(family, type, layout);
            }
        }
        for (DType type : List.of(DType.FLOAT16, DType.BFLOAT16)) {
            layouts().stream().limit(6).forEach(layout -> everyOp(family, type, layout));
        }
        everyOp(family, DType.FLOAT32, layout(2, 1, 1, 1, 1, 1, Shape.of(8, 28, 28, 32), Shape.of(3, 3, 32, 64)));
        everyOp(family, DType.FLOAT32, layout(2, 1, 0, 0, 1, 1, Shape.of(8, 14, 14, 64), Shape.of(1, 1, 64, 32)));
        return family;
    }

    private static List<Layout> layouts() {
        List<Layout> layouts = new ArrayList<>();
        Shape image = Shape.of(2, 9, 8, 4);
        layouts.add(layout(2, 1, 0, 0, 1, 1, image, Shape.of(3, 3, 4, 6)));
        layouts.add(layout(2, 2, 0, 1, 1, 1, image, Shape.of(3, 2, 4, 6)));
        layouts.add(layout(1, 2, 2, 0, 2, 1, Shape.of(3, 17, 5), Shape.of(3, 5, 7)));
        layouts.add(layout(3, 2, 1, 0, 1, 1, Shape.of(1, 5, 6, 7, 3), Shape.of(2, 3, 2, 3, 4)));
        layouts.add(layout(2, 1, 1, 1, 1, 2, image, Shape.of(3, 3, 2, 6)));
        layouts.add(layout(2, 1, 1, 1, 1, 4, image, Shape.of(3, 3, 1, 4)));
        layouts.add(layout(2, 2, 1, 2, 1, 4, image, Shape.of(3, 3, 1, 8)));
        layouts.add(layout(2, 1, 2, 2, 2, 1, image, Shape.of(3, 3, 4, 5)));
        layouts.add(layout(2, 1, 3, 5, 1, 1, image, Shape.of(2, 2, 4, 3)));
        layouts.add(layout(2, 3, 1, 0, 2, 2, Shape.of(1, 13, 11, 6), Shape.of(3, 2, 3, 4)));
        layouts.add(layout(2, 1, 0, 0, 1, 1, Shape.of(1, 3, 3, 1), Shape.of(3, 3, 1, 1)));
        layouts.add(layout(2, 1, 0, 0, 1, 1, Shape.of(2, 4, 4, 33), Shape.of(1, 1, 33, 17)));
        layouts.add(layout(2, 2, 0, 0, 1, 1, Shape.of(2, 8, 8, 16), Shape.of(1, 1, 16, 16)));
        layouts.add(layout(2, 4, 0, 0, 1, 1, Shape.of(2, 8, 8, 3), Shape.of(4, 4, 3, 16)));
        layouts.add(layout(2, 5, 0, 0, 1, 1, Shape.of(1, 11, 12, 3), Shape.of(2, 2, 3, 4)));
        layouts.add(layout(2, 1, 1, 1, 1, 1, Shape.of(0, 5, 5, 3), Shape.of(3, 3, 3, 4)));
        layouts.add(layout(1, 1, 0, 0, 1, 1, Shape.of(2, 1, 3), Shape.of(1, 3, 5)));
        layouts.add(layout(1, 1, 2, 0, 1, 1, Shape.of(2, 30, 16), Shape.of(3, 16, 16)));
        layouts.add(layout(1, 1, 4, 0, 4, 1, Shape.of(2, 30, 8), Shape.of(2, 8, 8)));
        layouts.add(layout(1, 1, 1, 1, 1, 8, Shape.of(2, 30, 8), Shape.of(3, 1, 8)));
        layouts.add(layout(3, 1, 1, 1, 1, 1, Shape.of(2, 4, 5, 6, 8), Shape.of(3, 3, 3, 8, 8)));
        layouts.add(layout(3, 1, 0, 1, 2, 2, Shape.of(1, 6, 6, 6, 4), Shape.of(2, 2, 2, 2, 4)));
        layouts.add(new Layout(new ConvSpec(List.of(1, 2), List.of(0, 1), List.of(2, 1), List.of(2, 1), 1), image, Shape.of(2, 3, 4, 5)));
        return layouts;
    }

    private static Layout layout(int n, int stride, int low, int high, int dilation, int groups, Shape input, Shape kernel) {
        return new Layout(new ConvSpec(Collections.nCopies(n, stride), Collections.nCopies(n, low),
                Collections.nCopies(n, high), Collections.nCopies(n, dilation), groups), input, kernel);
    }

    private static void everyOp(Family family, DType type, Layout layout) {
        Conv conv = new Conv(layout.spec());
        Input input = Input.of(type, Values.UNIT, layout.input());
        Input kernel = Input.of(type, Values.UNIT, layout.kernel());
        Shape output = conv.infer(List.of(input.type(), kernel.type())).get(0).shape();
        Input gradient = Input.of(type, Values.UNIT, output);
        Shape taps = layout.kernel().remove(-1);
        family.op(conv, Tolerance.sum(taps.size()), input, kernel);
        family.op(new ConvInputGrad(layout.spec(), layout.input()), Tolerance.sum(taps.with(-1, output.dim(-1)).size()), gradient, kernel);
        family.op(new ConvKernelGrad(layout.spec(), layout.kernel()), Tolerance.sum(output.remove(-1).size()), input, gradient);
    }

    static Family pooling() {
        Family family = new Family("pooling");
        for (PoolKind kind : PoolKind.values()) {
            for (DType type : Types.floating()) {
                pool(family, kind, type, Shape.of(2, 9, 8, 5), spec(2, 2, 2, 0, 0));
                pool(family, kind, type, Shape.of(2, 9, 8, 5), spec(2, 3, 2, 1, 1));
            }
            for (int channels : new int[] {1, 16, 33}) {
                pool(family, kind, DType.FLOAT32, Shape.of(3, 17, channels), spec(1, 2, 2, 0, 1));
                pool(family, kind, DType.FLOAT32, Shape.of(2, 8, 7, channels), spec(2, 3, 1, 1, 1));
                pool(family, kind, DType.FLOAT32, Shape.of(1, 5, 6, 7, channels), spec(3, 2, 2, 0, 1));
            }
            pool(family, kind, DType.FLOAT32, Shape.of(1, 1, 1, 1), spec(2, 1, 1, 0, 0));
            pool(family, kind, DType.FLOAT32, Shape.of(0, 4, 4, 2), spec(2, 2, 2, 0, 0));
            pool(family, kind, DType.FLOAT32, Shape.of(1, 9, 9, 3), spec(2, 2, 3, 1, 0));
            for (DType type : List.of(DType.FLOAT16, DType.BFLOAT16)) {
                pool(family, kind, type, Shape.of(2, 8, 9, 35), spec(2, 2, 2, 0, 0));
                pool(family, kind, type, Shape.of(2, 8, 9, 35), spec(2, 3, 2, 1, 1));
            }
            pool(family, kind, DType.FLOAT32, Shape.of(1, 9, 9, 3), spec(2, 4, 3, 3, 2));
            pool(family, kind, DType.FLOAT32, Shape.of(2, 7, 7, 64), spec(2, 7, 7, 0, 0));
            pool(family, kind, DType.FLOAT32, Shape.of(1, 100_003, 1), spec(1, 3, 2, 1, 1));
            pool(family, kind, DType.FLOAT32, Shape.of(2, 6, 9, 3),
                    new PoolSpec(List.of(2, 3), List.of(1, 3), List.of(0, 2), List.of(1, 0)));
        }
        return family;
    }

    private static PoolSpec spec(int n, int window, int stride, int low, int high) {
        return new PoolSpec(Collections.nCopies(n, window), Collections.nCopies(n, stride), Collections.nCopies(n, low),
                Collections.nCopies(n, high));
    }

    private static void pool(Family family, PoolKind kind, DType type, Shape x, PoolSpec spec) {
        Pool pool = new Pool(kind, spec);
        Shape output = pool.infer(List.of(new TensorType(type, x))).get(0).shape();
        Input gradient = Input.of(type, Values.UNIT, output);
        Tolerance forward = kind == PoolKind.MAX ? Tolerance.EXACT : Tolerance.sum(4);
        for (Values values : List.of(Values.NORMAL, Values.FEW)) {
            String variant = values == Values.FEW ? "few" : "";
            family.op(variant, pool, forward, Input.of(type, values, x));
            family.op(variant, new PoolGrad(kind, spec), Tolerance.sum(9), Input.of(type, values, x), gradient);
        }
    }
}
