package dev.keratin.models.training;

import dev.keratin.Tensor;
import dev.keratin.backend.TensorType;
import dev.keratin.data.Batch;
import dev.keratin.losses.Loss;
import java.util.List;
import java.util.stream.IntStream;

/** Checks inputs and targets against model and losses once, before a step runs on them. */
final class Targets {
    private Targets() {}

    static void check(Trainer model, Batch all) {
        List<TensorType> types = all.x().stream().map(Tensor::type).toList();
        model.checkBatch(types);
        List<TensorType> outputs = model.outputTypes(types);
        long wanted = IntStream.range(0, outputs.size()).filter(i -> model.lossOf(i) != null).count();
        CompiledLoss.requireTargets(all.y().size(), wanted, outputs.size());
        if (all.y().size() != outputs.size()) {
            return;
        }
        for (int i = 0; i < outputs.size(); i++) {
            Loss loss = model.lossOf(i);
            if (loss != null) {
                loss.checkTargets(all.y().get(i), outputs.get(i));
            }
        }
    }
}
