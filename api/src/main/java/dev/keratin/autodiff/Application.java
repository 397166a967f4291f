package dev.keratin.autodiff;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.ir.Op;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** One recorded use of an op, as a gradient rule sees it. */
final class Application {
    private final Op op;
    private final List<Tensor> inputs;
    private final List<Tensor> outputs;
    private final Gradients gradients;
    private final Set<Tensor> tracked;

    Application(Op op, List<Tensor> inputs, List<Tensor> outputs, Gradients gradients, Set<Tensor> tracked) {
        this.op = op;
        this.inputs = inputs;
        this.outputs = outputs;
        this.gradients = gradients;
        this.tracked = tracked;
    }

    Op op() {
        return op;
    }

    List<Tensor> inputs() {
        return inputs;
    }

    Tensor input(int index) {
        return inputs.get(index);
    }

    List<Tensor> outputs() {
        return outputs;
    }

    Tensor output(int index) {
        return outputs.get(index);
    }

    /** The result of an op that has just one. */
    Tensor output() {
        return outputs.get(0);
    }

    /** Whether a gradient has reached one of the outputs. */
    boolean isReached() {
        return outputs.stream().anyMatch(output -> gradients.of(output) != null);
    }

    /** Whether a gradient has reached an output. */
    boolean isReached(int index) {
        return gradients.of(outputs.get(index)) != null;
    }

    /** The gradient of the only output. */
    Tensor gradient() {
        return gradient(0);
    }

    /** The gradient of an output, zeros if none has reached it. */
    Tensor gradient(int index) {
        Tensor gradient = gradients.of(outputs.get(index));
        return gradient != null ? gradient : zeros(outputs.get(index));
    }

    /** Whether an input's gradient is of use. */
    boolean needs(int index) {
        return tracked.contains(inputs.get(index));
    }

    /** The inputs whose gradients are of use, among those from one position to before another. */
    List<Integer> needed(int from, int to) {
        return IntStream.range(from, to).filter(i -> needs(i) && inputs.get(i).dtype().isFloating()).boxed().toList();
    }

    static Tensor zeros(Tensor like) {
        return Ops.full(like.shape(), 0, like.dtype());
    }
}
