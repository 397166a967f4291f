package dev.keratin.data;

import dev.keratin.Tensor;

/**
 * Samples to train with and others to test with; the tensors belong to the caller.
 *
 * @param xTrain inputs to train with, the samples along the first axis
 * @param yTrain targets to train with
 * @param xTest inputs to test with
 * @param yTest targets to test with
 */
public record TrainTest(Tensor xTrain, Tensor yTrain, Tensor xTest, Tensor yTest) implements AutoCloseable {
    /** Closes all four tensors. */
    @Override
    public void close() {
        xTrain.close();
        yTrain.close();
        xTest.close();
        yTest.close();
    }
}
