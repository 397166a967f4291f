package dev.keratin.autodiff;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Trace;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Scan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a scan: a scan in the opposite direction. It carries the gradients of the carries and the sums of the
 * gradients of the constants; each step runs the body again from the carries that the step began with and differentiates
 * it.
 */
final class ScanGradient {
    private final Scan op;
    private final Application use;
    private final Program body;
    private final List<Integer> carries;
    private final List<Integer> sequences;
    private final List<Integer> constants;
    private final List<Integer> outputs;

    ScanGradient(Scan op, Application use) {
        this.op = op;
        this.use = use;
        this.body = op.body();
        List<TensorType> arguments = body.parameterTypes();
        int firstConstant = op.carries() + op.sequences();
        this.carries = ControlRules.floating(arguments.subList(0, op.carries()), 0);
        this.sequences = use.needed(op.carries(), firstConstant);
        this.constants = use.needed(firstConstant, arguments.size());
        this.outputs = ControlRules.floating(body.resultTypes(), op.carries());
    }

    List<@Nullable Tensor> gradients() {
        List<Tensor> operands = new ArrayList<>();
        carries.forEach(i -> operands.add(use.gradient(i)));
        constants.forEach(i -> operands.add(Application.zeros(use.input(i))));
        List<Tensor> began = carriesIn();
        operands.addAll(began);
        operands.addAll(use.inputs().subList(op.carries(), op.carries() + op.sequences()));
        outputs.forEach(i -> operands.add(use.gradient(i)));
        operands.addAll(use.inputs().subList(op.carries() + op.sequences(), use.inputs().size()));

        int carried = carries.size() + constants.size();
        Scan backward = new Scan(step(), carried, began.size() + op.sequences() + outputs.size(), op.length(), !op.reverse(),
                false);
        List<Tensor> results = Ops.apply(backward, operands);

        List<@Nullable Tensor> gradients = ControlRules.empty(use.inputs().size());
        List<Integer> order = Stream.of(carries, constants, sequences).flatMap(List::stream).toList();
        for (int i = 0; i < order.size(); i++) {
            gradients.set(order.get(i), results.get(i));
        }
        return gradients;
    }

    /** The carries that each step began with; computed again if the scan did not give them. */
    private List<Tensor> carriesIn() {
        List<Tensor> results = use.outputs();
        if (!op.carriesIn()) {
            results = Ops.apply(new Scan(body, op.carries(), op.sequences(), op.length(), op.reverse(), true), use.inputs());
        }
        return results.subList(results.size() - op.carries(), results.size());
    }

    /** One step back: (gradients of carries, sums, carries, slices, gradients of outputs, constants). */
    private Program step() {
        List<TensorType> types = body.parameterTypes();
        try (Trace trace = Trace.begin()) {
            List<Tensor> carried = parameters(trace, carries.stream().map(types::get));
            List<Tensor> sums = parameters(trace, constants.stream().map(types::get));
            List<Tensor> arguments = new ArrayList<>(parameters(trace, types.subList(0, op.carries() + op.sequences()).stream()));
            List<Tensor> produced = parameters(trace, outputs.stream().map(body.resultTypes()::get));
            arguments.addAll(parameters(trace, types.subList(op.carries() + op.sequences(), types.size()).stream()));

            List<Integer> wanted = Stream.of(carries, constants, sequences).flatMap(List::stream).toList();
            List<Integer> seeds = Stream.of(carries, outputs).flatMap(List::stream).toList();
            List<Tensor> cotangents = Stream.of(carried, produced).flatMap(List::stream).toList();
            List<Tensor> gradients = new ArrayList<>(ControlRules.pullBack(body, arguments, wanted, seeds, cotangents));
            for (int i = 0; i < sums.size(); i++) {
                int at = carries.size() + i;
                gradients.set(at, Ops.add(sums.get(i), gradients.get(at)));
            }
            return trace.finish(gradients).program();
        }
    }

    private static List<Tensor> parameters(Trace trace, Stream<TensorType> types) {
        return types.map(trace::parameter).toList();
    }
}
