package dev.keratin.backend.ir;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.List;

/** Shape rules of recurrent sequences. */
final class RecurrentRules {
    private RecurrentRules() {}

    static List<TensorType> lstm(Op op, List<TensorType> operands, boolean masked) {
        Sizes s = Sizes.of(op, operands, 0, 1);
        s.require(op, operands, List.of(s.sequence(4), s.state(), s.state(), s.matrix(4)), masked);
        return List.of(s.sequence(1), s.sequence(1), s.sequence(4));
    }

    static List<TensorType> lstmGrad(Op op, List<TensorType> operands, boolean masked) {
        Sizes s = Sizes.of(op, operands, 3, 0);
        s.require(op, operands, List.of(s.state(), s.state(), s.matrix(4), s.sequence(1), s.sequence(1), s.sequence(4),
                s.sequence(1), s.sequence(1)), masked);
        return List.of(s.sequence(4), s.state(), s.state());
    }

    static List<TensorType> gru(Op op, List<TensorType> operands, boolean masked) {
        Sizes s = Sizes.of(op, operands, 0, 1);
        TensorType bias = new TensorType(s.dtype(), Shape.of(3 * s.units()));
        s.require(op, operands, List.of(s.sequence(3), s.state(), s.matrix(3), bias), masked);
        return List.of(s.sequence(1), s.sequence(4));
    }

    static List<TensorType> gruGrad(Op op, List<TensorType> operands, boolean masked) {
        Sizes s = Sizes.of(op, operands, 2, 0);
        s.require(op, operands, List.of(s.state(), s.matrix(3), s.sequence(1), s.sequence(4), s.sequence(1)), masked);
        return List.of(s.sequence(3), s.sequence(3), s.state());
    }

    /** The lengths that all operands share. */
    private record Sizes(DType dtype, long batch, long time, long units) {
        static Sizes of(Op op, List<TensorType> operands, int sequence, int state) {
            boolean readable = operands.size() > Math.max(sequence, state)
                    && operands.get(sequence).shape().rank() == 3 && operands.get(state).shape().rank() == 2;
            Rules.require(op, readable, "a sequence [batch, time, ...] and a state [batch, units]", operands, "");
            Rules.requireDomain(op, operands.get(sequence), Domain.FLOATING);
            Shape steps = operands.get(sequence).shape();
            return new Sizes(operands.get(sequence).dtype(), steps.dim(0), steps.dim(1), operands.get(state).shape().dim(1));
        }

        TensorType sequence(int times) {
            return TensorType.of(dtype, batch, time, times * units);
        }

        TensorType state() {
            return TensorType.of(dtype, batch, units);
        }

        TensorType matrix(int times) {
            return TensorType.of(dtype, units, times * units);
        }

        void require(Op op, List<TensorType> operands, List<TensorType> expected, boolean masked) {
            List<TensorType> plain = masked ? operands.subList(0, operands.size() - 1) : operands;
            Rules.require(op, plain.equals(expected), "operands " + expected, operands, "");
            if (masked) {
                TensorType mask = operands.get(operands.size() - 1);
                Rules.require(op, mask.equals(TensorType.of(DType.BOOL, batch, time)), "a mask bool[batch, time]", operands, "");
            }
        }
    }
}
