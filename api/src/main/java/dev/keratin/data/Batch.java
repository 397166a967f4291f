package dev.keratin.data;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a model takes in one step. The first axis of every tensor counts the same samples.
 *
 * @param x inputs, at least one
 * @param y targets, one for each output of the model; empty where there are none
 * @param sampleWeights weights of the samples in the loss, one for each output or one for all; empty for ones
 */
public record Batch(List<Tensor> x, List<Tensor> y, List<Tensor> sampleWeights) implements AutoCloseable {
    /** Checks that all have the same number of samples. */
    public Batch {
        x = List.copyOf(x);
        y = List.copyOf(y);
        sampleWeights = List.copyOf(sampleWeights);
        if (x.isEmpty()) {
            throw new IllegalArgumentException("Batch: at least one input is required. Received: none.");
        }
        requireSameLength(Stream.of(x, y, sampleWeights).flatMap(List::stream).toList());
    }

    /** Inputs without targets. */
    public static Batch of(Tensor x) {
        return new Batch(List.of(x), List.of(), List.of());
    }

    /** One input and one target. */
    public static Batch of(Tensor x, Tensor y) {
        return new Batch(List.of(x), List.of(y), List.of());
    }

    /** One input, one target and the weight of each sample. */
    public static Batch of(Tensor x, Tensor y, Tensor sampleWeight) {
        return new Batch(List.of(x), List.of(y), List.of(sampleWeight));
    }

    /** The number of samples. */
    public long size() {
        return x.get(0).shape().dim(0);
    }

    /** All tensors: inputs, targets, weights. */
    public List<Tensor> tensors() {
        return Stream.of(x, y, sampleWeights).flatMap(List::stream).toList();
    }

    /** Copies of all tensors, which the caller closes. */
    public Batch copy() {
        return new Batch(copies(x), copies(y), copies(sampleWeights));
    }

    private static List<Tensor> copies(List<Tensor> tensors) {
        return tensors.stream().map(Ops::copy).toList();
    }

    /** Closes all tensors. */
    @Override
    public void close() {
        tensors().forEach(Tensor::close);
    }

    private static void requireSameLength(List<Tensor> tensors) {
        for (Tensor tensor : tensors) {
            if (tensor.rank() == 0 || tensor.shape().dim(0) != tensors.get(0).shape().dim(0)) {
                throw new IllegalArgumentException("Batch: tensors whose first axes have the same length are required."
                        + " Received: " + tensors.stream().map(Tensor::type).toList()
                        + ". Give one target, and one weight if any, for each sample.");
            }
        }
    }
}
