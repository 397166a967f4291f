package dev.keratin;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Closes the concrete tensors that this thread makes while the scope is the innermost one, except those that are kept.
 *
 * <p>Open it in a try-with-resources statement; scopes nest and end in reverse order.
 */
public final class TensorScope implements AutoCloseable {
    private static final ThreadLocal<@Nullable TensorScope> INNERMOST = new ThreadLocal<>();

    private final @Nullable TensorScope outer = INNERMOST.get();
    private final Set<EagerTensor> owned = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Opens a scope on this thread. */
    public TensorScope() {
        INNERMOST.set(this);
    }

    /** Hands a tensor to the scope around this one, or to the caller if there is none. */
    public <T extends Tensor> T keep(T tensor) {
        if (tensor.isConcrete() && owned.remove(tensor) && outer != null) {
            outer.owned.add((EagerTensor) (Tensor) tensor);
        }
        return tensor;
    }

    /** Closes what the scope owns. */
    @Override
    public void close() {
        INNERMOST.set(outer);
        owned.forEach(EagerTensor::close);
        owned.clear();
    }

    static EagerTensor adopt(EagerTensor tensor) {
        TensorScope scope = INNERMOST.get();
        if (scope != null) {
            scope.owned.add(tensor);
        }
        return tensor;
    }

    static <T> T unscoped(Supplier<T> action) {
        TensorScope scope = INNERMOST.get();
        INNERMOST.remove();
        try {
            return action.get();
        } finally {
            INNERMOST.set(scope);
        }
    }
}
