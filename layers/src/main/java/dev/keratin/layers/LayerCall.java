package dev.keratin.layers;

import dev.keratin.GraphNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Trace;
import dev.keratin.regularizers.Regularizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that happens round a layer's own computation: building, casting, masks, activity losses, scopes. */
final class LayerCall {
    private LayerCall() {}

    static List<Tensor> run(Layer layer, List<Tensor> inputs, boolean training) {
        return run(layer, inputs, training, Set.of());
    }

    static List<Tensor> run(Layer layer, List<Tensor> inputs, boolean training, Set<String> flags) {
        layer.checkInputs(InputRules.types(inputs));
        layer.ensureBuilt(InputRules.types(inputs));
        for (Tensor input : inputs) {
            if (input.isSymbolic()) {
                return layer.symbolicCalls().add(GraphNode.call(layer, inputs, flags));
            }
        }
        Trace.Scope scope = Trace.scope(layer.name());
        CallContext context = CallContext.enter(training, flags, masks(inputs));
        try {
            List<Tensor> outputs = layer.call(cast(layer, inputs), context);
            attachMasks(layer, inputs, context, outputs);
            penalise(layer, outputs);
            return outputs;
        } finally {
            context.exit();
            scope.close();
        }
    }

    private static List<@Nullable Tensor> masks(List<Tensor> inputs) {
        List<@Nullable Tensor> masks = new ArrayList<>(inputs.size());
        inputs.forEach(input -> masks.add(input.mask()));
        return masks;
    }

    private static List<Tensor> cast(Layer layer, List<Tensor> inputs) {
        if (!layer.castsInputs()) {
            return inputs;
        }
        List<Tensor> cast = new ArrayList<>(inputs.size());
        inputs.forEach(input -> cast.add(layer.dtypePolicy().compute(input)));
        return cast;
    }

    private static void attachMasks(Layer layer, List<Tensor> inputs, CallContext context, List<Tensor> outputs) {
        List<@Nullable Tensor> masks = layer.computeMask(inputs, context.masks(), outputs);
        for (int i = 0; i < outputs.size(); i++) {
            if (masks.get(i) != null) {
                outputs.get(i).attachMask(masks.get(i));
            }
        }
    }

    private static void penalise(Layer layer, List<Tensor> outputs) {
        Regularizer regularizer = layer.activityRegularizer();
        if (regularizer != null) {
            for (Tensor output : outputs) {
                CallContext.addLoss(Ops.divide(regularizer.call(output), output.shape().dim(0)));
            }
        }
    }
}
