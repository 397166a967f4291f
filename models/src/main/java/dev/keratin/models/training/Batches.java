package dev.keratin.models.training;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.data.Batch;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes batches from what users pass, and adds class weights to them. */
final class Batches {
    private Batches() {}

    static Batch of(Trainer model, Object x, @Nullable Object y, @Nullable Object sampleWeight) {
        return new Batch(Inputs.tensors("x", x, model.inputNames()), Inputs.tensors("y", y, model.outputNames()),
                Inputs.tensors("sampleWeight", sampleWeight, model.outputNames()));
    }

    /** The batch with the weight of each sample's class as its weight; owns new tensors beside those of the batch. */
    static Batch weighted(Batch batch, Map<Integer, Double> classWeight) {
        if (classWeight.isEmpty()) {
            return batch;
        }
        if (batch.y().size() != 1) {
            throw new IllegalArgumentException("classWeight: a model with one output is required. Received: "
                    + batch.y().size() + " targets. Use sampleWeight.");
        }
        Tensor y = batch.y().get(0);
        boolean oneHot = y.rank() > 1 && y.shape().dim(-1) > 1;
        Tensor labels = oneHot ? Ops.argmax(y, -1) : Ops.reshape(y, y.size());
        int[] classes = labels.toIntArray();
        float[] weights = new float[classes.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = classWeight.getOrDefault(classes[i], 1.0).floatValue();
        }
        Shape shape = oneHot ? y.shape().remove(-1) : y.rank() > 1 ? y.shape().remove(-1) : y.shape();
        Tensor weight = Tensor.of(weights, shape.dims());
        Tensor combined = batch.sampleWeights().isEmpty() ? weight : Ops.multiply(weight, batch.sampleWeights().get(0));
        return new Batch(batch.x(), batch.y(), List.of(combined));
    }
}
