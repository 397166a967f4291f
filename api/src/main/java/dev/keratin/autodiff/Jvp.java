package dev.keratin.autodiff;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The Jacobian-vector product of a function: how its outputs change when its inputs move in a direction.
 *
 * <p>The vector-Jacobian product {@code u J} is linear in u; its own vector-Jacobian product with the direction v is J v.
 *
 * @param outputs what the function gives
 * @param tangents J v, of the types of the outputs
 */
public record Jvp(List<Tensor> outputs, List<Tensor> tangents) {
    /**
     * {@code keras.ops.jvp}.
     *
     * @param primals where
     * @param tangents the direction, of the types of the primals
     */
    public static Jvp of(UnaryOperator<List<Tensor>> function, List<Tensor> primals, List<Tensor> tangents) {
        try (GradientTape outer = new GradientTape()) {
            List<Tensor> outputs;
            List<Tensor> weights;
            List<@Nullable Tensor> pulled;
            try (GradientTape inner = new GradientTape()) {
                primals.forEach(inner::watch);
                outputs = function.apply(primals);
                weights = outputs.stream().map(Ops::onesLike).toList();
                weights.forEach(outer::watch);
                pulled = inner.gradient(outputs, primals, weights);
            }
            List<Tensor> targets = new ArrayList<>();
            List<Tensor> directions = new ArrayList<>();
            for (int i = 0; i < pulled.size(); i++) {
                Tensor each = pulled.get(i);
                if (each != null) {
                    targets.add(each);
                    directions.add(tangents.get(i));
                }
            }
            List<@Nullable Tensor> moved = outer.gradient(targets, weights, directions);
            List<Tensor> results = new ArrayList<>();
            for (int i = 0; i < outputs.size(); i++) {
                Tensor each = moved.get(i);
                results.add(outer.keep(each != null ? each : Ops.zerosLike(outputs.get(i))));
                outer.keep(outputs.get(i));
            }
            return new Jvp(outputs, List.copyOf(results));
        }
    }
}
