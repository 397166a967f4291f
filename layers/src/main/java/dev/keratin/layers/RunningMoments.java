package dev.keratin.layers;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Mean and variance of batches together, in float64 (Chan, Golub and LeVeque, 1979). */
final class RunningMoments {
    private double[] mean = {};
    private double[] variance = {};
    private double count;

    boolean isEmpty() {
        return count == 0;
    }

    double[] mean() {
        return mean;
    }

    double[] variance() {
        return variance;
    }

    /** Adds a batch; axes that are not kept are averaged over. */
    void add(Tensor batch, int[] kept) {
        int[] reduced = IntStream.range(0, batch.rank()).filter(axis -> Arrays.stream(kept).noneMatch(k -> k == axis)).toArray();
        Tensor exact = Ops.cast(batch, DType.FLOAT64);
        double[] batchMean = reduced.length == 0 ? exact.toDoubleArray() : Ops.mean(exact, reduced).toDoubleArray();
        double[] batchVariance = reduced.length == 0 ? new double[batchMean.length] : Ops.var(exact, reduced).toDoubleArray();
        double batchCount = reduced.length == 0 ? 1 : (double) batch.size() / batchMean.length;
        if (count == 0) {
            mean = new double[batchMean.length];
            variance = new double[batchMean.length];
        }
        count += batchCount;
        double weight = batchCount / count;
        for (int i = 0; i < mean.length; i++) {
            double distance = batchMean[i] - mean[i];
            mean[i] += distance * weight;
            variance[i] = variance[i] * (1 - weight) + batchVariance[i] * weight + distance * distance * weight * (1 - weight);
        }
    }
}
