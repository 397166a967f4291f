package dev.keratin.models.training;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.data.Batch;
import dev.keratin.data.Dataset;
import dev.keratin.data.TensorRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what users pass as data into tensors and batches. */
final class Inputs {
    private Inputs() {}

    /**
     * The tensors that an argument stands for: a tensor, a Java array or number, a list of them, or a map by names.
     *
     * @param names in which order a map is read
     */
    static List<Tensor> tensors(String what, @Nullable Object given, List<String> names) {
        List<Tensor> tensors = new ArrayList<>();
        if (given instanceof Map) {
            Map<?, ?> byName = (Map<?, ?>) given;
            for (String name : names) {
                if (!byName.containsKey(name)) {
                    throw new IllegalArgumentException(what + ": an entry for each of " + names + " is required. Received: "
                            + byName.keySet() + ". Name the entries so.");
                }
                tensors.add(tensor(what, byName.get(name)));
            }
        } else if (given instanceof Collection) {
            ((Collection<?>) given).forEach(each -> tensors.add(tensor(what, each)));
        } else if (given != null) {
            tensors.add(tensor(what, given));
        }
        return tensors;
    }

    private static Tensor tensor(String what, @Nullable Object given) {
        if (given == null) {
            throw new IllegalArgumentException(what + ": a tensor or array is required. Received: null.");
        }
        Tensor tensor = Tensor.of(given);
        if (tensor.isClosed()) {
            throw new IllegalStateException(what + ": an open tensor is required. Received: " + tensor.type()
                    + " that has been closed. Use it before its scope, gradient tape or close() ends it.");
        }
        return tensor;
    }

    /** Rows of inputs, targets and weights that all have the same number. */
    static TensorRows rows(List<Tensor> x, List<Tensor> y, List<Tensor> weights) {
        if (x.isEmpty()) {
            throw new IllegalArgumentException("data: at least one input is required. Received: none.");
        }
        if (x.get(0).rank() > 0 && x.get(0).shape().dim(0) == 0) {
            throw new IllegalArgumentException("data: at least one sample is required. Received: " + x.get(0).type() + ".");
        }
        return Dataset.fromTensors(x, y, weights);
    }

    /**
     * Batches from anything that can be gone through: {@link Batch} objects, or arrays (x), (x, y), (x, y, weights). Tensors in
     * a collection, which gives the same ones each time, stay the caller's.
     */
    static Dataset batches(Iterable<?> given) {
        if (given instanceof Dataset) {
            return (Dataset) given;
        }
        boolean kept = given instanceof Collection;
        return Dataset.of((Iterable<Batch>) () -> {
            java.util.Iterator<?> elements = given.iterator();
            return new java.util.Iterator<>() {
                @Override
                public boolean hasNext() {
                    return elements.hasNext();
                }

                @Override
                public Batch next() {
                    return batch(elements.next(), kept);
                }
            };
        });
    }

    private static Batch batch(Object element, boolean kept) {
        if (element instanceof Batch batch) {
            return kept ? batch.copy() : batch;
        }
        if (element instanceof Object[] && ((Object[]) element).length >= 1 && ((Object[]) element).length <= 3) {
            Object[] parts = Arrays.stream((Object[]) element)
                    .map(part -> kept && part instanceof Tensor tensor ? Ops.copy(tensor) : part).toArray();
            return new Batch(tensors("x", parts[0], List.of()),
                    parts.length > 1 ? tensors("y", parts[1], List.of()) : List.of(),
                    parts.length > 2 ? tensors("sampleWeight", parts[2], List.of()) : List.of());
        }
        throw new IllegalArgumentException("data: batches are required: Batch, or arrays {x}, {x, y} or {x, y, weights}."
                + " Received: " + element.getClass().getTypeName() + ". For one array of samples pass x and y separately.");
    }
}
