package dev.keratin.autodiff;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The gradients that have reached each tensor so far. */
final class Gradients {
    private final Map<Tensor, Tensor> sums = new IdentityHashMap<>();

    @Nullable Tensor of(Tensor tensor) {
        return sums.get(tensor);
    }

    void add(Tensor tensor, Tensor gradient) {
        sums.merge(tensor, gradient, Ops::add);
    }

    @Nullable Tensor plus(@Nullable Tensor a, @Nullable Tensor b) {
        return a == null ? b : b == null ? a : Ops.add(a, b);
    }

    /** Passes the gradients of an application's outputs on to its inputs, if any have reached it. */
    void propagate(Application application) {
        if (!application.isReached()) {
            return;
        }
        List<@Nullable Tensor> gradients = Rules.of(application.op()).apply(application);
        for (int i = 0; i < gradients.size(); i++) {
            Tensor gradient = gradients.get(i);
            if (gradient != null && application.needs(i)) {
                add(application.input(i), gradient);
            }
        }
    }

    /** Passes the gradients of a function's outputs on to its inputs by its own rule, if any have reached it. */
    void propagate(List<Tensor> inputs, List<Tensor> outputs, UnaryOperator<List<Tensor>> rule, Set<Tensor> tracked) {
        if (outputs.stream().allMatch(output -> of(output) == null)) {
            return;
        }
        List<Tensor> reached = outputs.stream().map(output -> {
            Tensor gradient = of(output);
            return gradient != null ? gradient : Application.zeros(output);
        }).toList();
        List<Tensor> gradients = rule.apply(reached);
        for (int i = 0; i < inputs.size(); i++) {
            requireType(inputs.get(i), gradients.size() == inputs.size() ? gradients.get(i) : null, gradients.size());
            if (tracked.contains(inputs.get(i))) {
                add(inputs.get(i), gradients.get(i));
            }
        }
    }

    private static void requireType(Tensor input, @Nullable Tensor gradient, int count) {
        if (gradient == null || !gradient.type().equals(input.type())) {
            throw new IllegalStateException("customGradient: a gradient of the type of each input is required. Received: "
                    + (gradient == null ? count + " gradients" : gradient.type()) + " for an input of " + input.type()
                    + ". Give zerosLike(x) where there is none.");
        }
    }
}
