package dev.keratin.autodiff;

import static dev.keratin.Ops.apply;

import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvInputGrad;
import dev.keratin.backend.ir.ConvKernelGrad;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Pool;
import dev.keratin.backend.ir.PoolGrad;
import dev.keratin.backend.ir.PoolKind;
import dev.keratin.backend.ir.Reshape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gradients of matrix products, convolutions and pooling. */
final class ContractionRules {
    private ContractionRules() {}

    static List<@Nullable Tensor> matMul(MatMul op, Application use) {
        Tensor a = use.input(0);
        Tensor b = use.input(1);
        Tensor g = use.gradient();
        boolean ta = op.transposeA();
        boolean tb = op.transposeB();
        Tensor left = null;
        if (use.needs(0)) {
            left = ta ? product(b, g, tb, true) : product(g, b, false, !tb);
        }
        Tensor right = null;
        if (use.needs(1) && b.rank() == 2 && !ta) {
            right = tb ? product(rows(g), rows(a), true, false) : product(rows(a), rows(g), true, false);
        } else if (use.needs(1)) {
            right = tb ? product(g, a, true, ta) : product(a, g, !ta, false);
        }
        return Arrays.asList(
                left == null ? null : Rules.unbroadcast(left, a.shape()),
                right == null ? null : Rules.unbroadcast(right, b.shape()));
    }

    private static Tensor product(Tensor a, Tensor b, boolean transposeA, boolean transposeB) {
        return apply(new MatMul(transposeA, transposeB), a, b);
    }

    /** All leading axes made one. */
    private static Tensor rows(Tensor x) {
        long columns = x.shape().dim(-1);
        return x.rank() == 2 ? x : apply(new Reshape(Shape.of(x.shape().subShape(0, x.rank() - 1).size(), columns)), x);
    }

    static List<@Nullable Tensor> conv(Conv op, Application use) {
        Tensor input = use.input(0);
        Tensor kernel = use.input(1);
        Tensor g = use.gradient();
        return Arrays.asList(
                use.needs(0) ? apply(new ConvInputGrad(op.spec(), input.shape()), g, kernel) : null,
                use.needs(1) ? apply(new ConvKernelGrad(op.spec(), kernel.shape()), input, g) : null);
    }

    static List<@Nullable Tensor> convInputGrad(ConvInputGrad op, Application use) {
        Tensor output = use.input(0);
        Tensor kernel = use.input(1);
        Tensor g = use.gradient();
        return Arrays.asList(
                use.needs(0) ? apply(new Conv(op.spec()), g, kernel) : null,
                use.needs(1) ? apply(new ConvKernelGrad(op.spec(), kernel.shape()), g, output) : null);
    }

    static List<@Nullable Tensor> convKernelGrad(ConvKernelGrad op, Application use) {
        Tensor input = use.input(0);
        Tensor output = use.input(1);
        Tensor g = use.gradient();
        return Arrays.asList(
                use.needs(0) ? apply(new ConvInputGrad(op.spec(), input.shape()), output, g) : null,
                use.needs(1) ? apply(new Conv(op.spec()), input, g) : null);
    }

    static List<@Nullable Tensor> poolGrad(PoolGrad op, Application use) {
        if (!use.needs(1)) {
            return Arrays.asList(null, null);
        }
        return Arrays.asList(null, op.kind() == PoolKind.MAX ? MaxPoolRule.picked(op.spec(), use.input(0), use.gradient())
                : apply(new Pool(op.kind(), op.spec()), use.gradient()));
    }
}
