package dev.keratin.autodiff;

import static dev.keratin.Ops.apply;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Concat;
import dev.keratin.backend.ir.GruSequence;
import dev.keratin.backend.ir.GruSequenceGrad;
import dev.keratin.backend.ir.LstmSequence;
import dev.keratin.backend.ir.LstmSequenceGrad;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Reshape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gradients of recurrent sequences. */
final class RecurrentRules {
    private RecurrentRules() {}

    static List<@Nullable Tensor> lstm(LstmSequence op, Application use) {
        Tensor h0 = use.input(1);
        List<Tensor> operands = new ArrayList<>(List.of(h0, use.input(2), use.input(3),
                use.output(0), use.output(1), use.output(2), use.gradient(0), use.gradient(1)));
        if (op.masked()) {
            operands.add(use.input(4));
        }
        List<Tensor> grads = Ops.apply(new LstmSequenceGrad(op.masked()), operands);
        Tensor recurrent = use.needs(3) ? stateProduct(h0, use.output(0), grads.get(0)) : null;
        List<@Nullable Tensor> all = new ArrayList<>(Arrays.asList(grads.get(0), grads.get(1), grads.get(2), recurrent));
        if (op.masked()) {
            all.add(null);
        }
        return all;
    }

    static List<@Nullable Tensor> gru(GruSequence op, Application use) {
        Tensor h0 = use.input(1);
        List<Tensor> operands = new ArrayList<>(List.of(h0, use.input(2), use.output(0), use.output(1), use.gradient(0)));
        if (op.masked()) {
            operands.add(use.input(4));
        }
        List<Tensor> grads = Ops.apply(new GruSequenceGrad(op.masked()), operands);
        Tensor product = grads.get(1);
        Tensor recurrent = use.needs(2) ? stateProduct(h0, use.output(0), product) : null;
        Tensor bias = use.needs(3) ? apply(new Reduce(ReduceKind.SUM, List.of(0, 1), false), product) : null;
        List<@Nullable Tensor> all = new ArrayList<>(Arrays.asList(grads.get(0), grads.get(2), recurrent, bias));
        if (op.masked()) {
            all.add(null);
        }
        return all;
    }

    /** The sum over batch and time of the outer products of the state before a step and the gradient there. */
    private static Tensor stateProduct(Tensor h0, Tensor h, Tensor gradient) {
        long batch = h.shape().dim(0);
        long time = h.shape().dim(1);
        long units = h.shape().dim(2);
        Tensor first = apply(new Reshape(Shape.of(batch, 1, units)), h0);
        Tensor before = apply(new Concat(1), first, ShapeRules.part(h, 1, 0, time - 1));
        Tensor states = apply(new Reshape(Shape.of(batch * time, units)), before);
        Tensor rows = apply(new Reshape(Shape.of(batch * time, gradient.shape().dim(2))), gradient);
        return apply(new MatMul(true, false), states, rows);
    }
}
