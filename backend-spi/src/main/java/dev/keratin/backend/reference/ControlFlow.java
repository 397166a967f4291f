package dev.keratin.backend.reference;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Cond;
import dev.keratin.backend.ir.CustomGradient;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Scan;
import dev.keratin.backend.ir.While;
import java.util.ArrayList;
import java.util.List;

/** Ops that run programs. */
final class ControlFlow {
    private ControlFlow() {}

    static void register(Kernels kernels) {
        kernels.multiple(Cond.class, ControlFlow::cond);
        kernels.multiple(While.class, ControlFlow::repeat);
        kernels.multiple(Scan.class, ControlFlow::scan);
        kernels.multiple(CustomGradient.class, (op, x, step) -> x.subList(0, op.values()));
        kernels.multiple(Fusion.class, (op, x, step) -> step.bodies().get(0).call(x));
    }

    private static List<Tensor> cond(Cond op, List<Tensor> operands, Step step) {
        boolean holds = operands.get(0).longs[0] != 0;
        return step.bodies().get(holds ? 0 : 1).call(operands.subList(1, operands.size()));
    }

    private static List<Tensor> repeat(While op, List<Tensor> operands, Step step) {
        List<Tensor> state = operands;
        while (step.bodies().get(0).call(state).get(0).longs[0] != 0) {
            state = step.bodies().get(1).call(state);
        }
        return state;
    }

    private static List<Tensor> scan(Scan op, List<Tensor> operands, Step step) {
        List<Tensor> carries = operands.subList(0, op.carries());
        List<Tensor> stacks = stacks(op, step);
        for (int i = 0; i < op.length(); i++) {
            int at = (int) (op.reverse() ? op.length() - 1 - i : i);
            List<Tensor> results = step.bodies().get(0).call(arguments(op, carries, operands, at));
            List<Tensor> stacked = new ArrayList<>(results.subList(op.carries(), results.size()));
            if (op.carriesIn()) {
                stacked.addAll(carries);
            }
            for (int j = 0; j < stacked.size(); j++) {
                stacks.get(j).place(row(stacked.get(j).shape(), at), stacked.get(j));
            }
            carries = results.subList(0, op.carries());
        }
        List<Tensor> results = new ArrayList<>(carries);
        results.addAll(stacks);
        return results;
    }

    private static List<Tensor> stacks(Scan op, Step step) {
        List<Tensor> stacks = new ArrayList<>();
        for (int i = op.carries(); i < step.node().outputs().size(); i++) {
            stacks.add(Tensor.zeros(step.result(i)));
        }
        return stacks;
    }

    private static List<Tensor> arguments(Scan op, List<Tensor> carries, List<Tensor> operands, int at) {
        List<Tensor> arguments = new ArrayList<>(carries);
        for (Tensor sequence : operands.subList(op.carries(), op.carries() + op.sequences())) {
            Shape shape = sequence.shape().remove(0);
            arguments.add(sequence.pick(shape, row(shape, at)));
        }
        arguments.addAll(operands.subList(op.carries() + op.sequences(), operands.size()));
        return arguments;
    }

    /** The offsets of the elements of a row of a stack of tensors. */
    private static int[] row(Shape shape, int row) {
        return Offsets.of(shape, shape.strides(), row * shape.size());
    }
}
