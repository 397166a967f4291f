package dev.keratin.data;

import dev.keratin.Tensor;
import dev.keratin.TensorScope;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Each batch of another data set, changed. */
final class MappedDataset extends Dataset {
    private final Dataset origin;
    private final UnaryOperator<Batch> function;

    MappedDataset(Dataset origin, UnaryOperator<Batch> function) {
        this.origin = origin;
        this.function = function;
    }

    @Override
    public BatchIterator iterator() {
        BatchIterator batches = origin.iterator();
        return new BatchIterator() {
            @Override
            public boolean hasNext() {
                return batches.hasNext();
            }

            @Override
            public Batch next() {
                return changed(batches.next());
            }

            @Override
            public void close() {
                batches.close();
            }
        };
    }

    @Override
    public long cardinality() {
        return origin.cardinality();
    }

    private Batch changed(Batch batch) {
        Set<Tensor> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        TensorScope scope = new TensorScope();
        try {
            Batch result = function.apply(batch);
            kept.addAll(result.tensors());
            result.tensors().forEach(scope::keep);
            return result;
        } finally {
            scope.close();
            batch.tensors().stream().filter(tensor -> !kept.contains(tensor)).forEach(Tensor::close);
        }
    }
}
