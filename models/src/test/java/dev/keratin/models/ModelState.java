package dev.keratin.models;

import dev.keratin.Variable;
import dev.keratin.optimizers.Optimizer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Every bit of a model that training changes, to compare what it was with what it is.
 *
 * @param weights of the layers
 * @param optimizer the optimizer's state; empty before it has any
 * @param metrics what metrics have gathered; empty before compile
 */
public record ModelState(List<ByteBuffer> weights, List<ByteBuffer> optimizer, List<ByteBuffer> metrics) {
    /** What the model holds now. */
    public static ModelState of(Model model) {
        Optimizer optimizer = model.optimizerOrNull();
        List<Variable> gathered = new ArrayList<>();
        if (model.isCompiled()) {
            model.metrics().forEach(metric -> gathered.addAll(metric.variables()));
        }
        return new ModelState(bytes(model.weights()),
                optimizer == null || !optimizer.isBuilt() ? List.of() : bytes(optimizer.variables()), bytes(gathered));
    }

    /** The same without metrics, which the beginning of an epoch resets. */
    public ModelState withoutMetrics() {
        return new ModelState(weights, optimizer, List.of());
    }

    private static List<ByteBuffer> bytes(List<Variable> variables) {
        return variables.stream().map(variable -> variable.value().toBytes()).toList();
    }
}
