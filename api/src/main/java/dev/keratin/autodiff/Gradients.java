package dev.keratin.autodiff;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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
}
