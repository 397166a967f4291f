package dev.keratin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
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
    private final List<EagerTensor> replaced = new ArrayList<>();

    /** Opens a scope on this thread. */
    public TensorScope() {
        INNERMOST.set(this);
    }

    /** Runs an action in a scope of its own; what it wants to hand out it keeps. */
    public static <T> T within(Function<TensorScope, T> action) {
        try (TensorScope scope = new TensorScope()) {
            return action.apply(scope);
        }
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
        close(tensor -> true);
    }

    /** Closes what the scope owns and the condition holds for; the rest goes to the scope around this one or the caller. */
    public void close(Predicate<Tensor> condition) {
        INNERMOST.set(outer);
        for (EagerTensor tensor : owned) {
            if (condition.test(tensor)) {
                tensor.close();
            } else if (outer != null) {
                outer.owned.add(tensor);
            }
        }
        if (outer != null && Recorder.isAnyActive()) {
            outer.replaced.addAll(replaced);
        } else {
            replaced.forEach(EagerTensor::close);
        }
        owned.clear();
        replaced.clear();
    }

    static @Nullable TensorScope innermost() {
        return INNERMOST.get();
    }

    /** Hands a tensor from a scope that was opened inside of another one to that other one, or to the caller if it is null. */
    static void keepBeyond(@Nullable TensorScope wide, Tensor tensor) {
        for (TensorScope scope = INNERMOST.get(); scope != null && scope != wide; scope = scope.outer) {
            scope.keep(tensor);
        }
    }

    static EagerTensor adopt(EagerTensor tensor) {
        TensorScope scope = INNERMOST.get();
        if (scope != null) {
            scope.owned.add(tensor);
        }
        return tensor;
    }

    /** Closes what a variable held before, as soon as no tape can need it. */
    static void retire(EagerTensor old) {
        TensorScope scope = INNERMOST.get();
        if (scope == null || Frame.current().recorders().isEmpty()) {
            old.close();
        } else {
            scope.replaced.add(old);
        }
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
