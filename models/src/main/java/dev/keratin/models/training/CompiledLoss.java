package dev.keratin.models.training;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.losses.Loss;
import dev.keratin.metrics.Mean;
import dev.keratin.metrics.Metric;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The losses of all outputs, their weights, and what is reported of them. */
final class CompiledLoss {
    private final List<@Nullable Loss> losses;
    private final List<Double> weights;
    private final Mean total = new Mean().name("loss");
    private final List<Mean> parts = new ArrayList<>();

    CompiledLoss(Compilation compilation, List<String> outputs) {
        losses = compilation.losses(outputs);
        weights = compilation.lossWeights(outputs);
        if (outputs.size() > 1) {
            outputs.forEach(name -> parts.add(new Mean().name(name + "_loss")));
        }
    }

    /** The loss of the first output, by which "accuracy" is resolved; null if there is none. */
    @Nullable Loss of(int output) {
        return losses.get(output);
    }

    /** The weighted sum of the outputs' losses; zero if there are none. */
    Tensor call(List<Tensor> yTrue, List<Tensor> yPred, List<Tensor> sampleWeights) {
        requireTargets(yTrue, yPred);
        @Nullable Tensor sum = null;
        int target = 0;
        for (int i = 0; i < losses.size(); i++) {
            Loss loss = losses.get(i);
            if (loss == null) {
                target += yTrue.size() == losses.size() ? 1 : 0;
                continue;
            }
            Tensor value = loss.call(yTrue.get(target++), yPred.get(i), weightOf(sampleWeights, i));
            if (!parts.isEmpty()) {
                parts.get(i).update(value, batchSize(yPred.get(i)));
            }
            Tensor weighted = weights.get(i) == 1 ? value : Ops.multiply(value, weights.get(i));
            sum = sum == null ? weighted : Ops.add(sum, weighted);
        }
        return sum != null ? sum : Ops.zeros();
    }

    /** Reports the total of a batch. */
    void track(Tensor loss, Tensor anyOutput) {
        total.update(loss, batchSize(anyOutput));
    }

    /** The means over the batches so far. */
    List<Metric> metrics() {
        List<Metric> all = new ArrayList<>();
        all.add(total);
        all.addAll(parts);
        return all;
    }

    static @Nullable Tensor weightOf(List<Tensor> sampleWeights, int output) {
        return sampleWeights.isEmpty() ? null : sampleWeights.get(sampleWeights.size() == 1 ? 0 : output);
    }

    private static Tensor batchSize(Tensor output) {
        return Ops.scalar(dev.keratin.backend.DType.FLOAT32, output.shape().dim(0));
    }

    private void requireTargets(List<Tensor> yTrue, List<Tensor> yPred) {
        long wanted = losses.stream().filter(loss -> loss != null).count();
        requireTargets(yTrue.size(), wanted, yPred.size());
        if (yPred.size() != losses.size()) {
            throw new IllegalArgumentException("loss: one loss for each of the outputs is required. Received: " + losses.size()
                    + " losses for " + yPred.size() + " outputs. Give compile a list or map of losses.");
        }
    }

    /** Refuses another number of targets than that of losses or outputs. */
    static void requireTargets(long targets, long losses, long outputs) {
        if (targets != losses && targets != outputs) {
            throw new IllegalArgumentException("loss: one target for each output with a loss is required (" + losses
                    + "). Received: " + targets + " targets for " + outputs + " outputs. Give several as a list or map.");
        }
    }
}
