package dev.keratin.layers;

import dev.keratin.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a layer's call is told beside its inputs: whether it is for training, and the masks. Calls nest; losses added
 * anywhere inside reach the {@link Losses} collector around them.
 */
public final class CallContext {
    private static final ThreadLocal<@Nullable CallContext> INNERMOST = new ThreadLocal<>();
    private static final ThreadLocal<@Nullable Losses> COLLECTOR = new ThreadLocal<>();

    private final boolean training;
    private final Set<String> flags;
    private final List<@Nullable Tensor> masks;
    private final @Nullable CallContext outer;

    private CallContext(boolean training, Set<String> flags, List<@Nullable Tensor> masks, @Nullable CallContext outer) {
        this.training = training;
        this.flags = flags;
        this.masks = masks;
        this.outer = outer;
    }

    /** Collects what layers add to the loss on this thread while it is open. */
    public static final class Losses implements AutoCloseable {
        private final @Nullable Losses outer = COLLECTOR.get();
        private final List<Tensor> terms = new ArrayList<>();

        /** Starts collecting. */
        public Losses() {
            COLLECTOR.set(this);
        }

        /** The scalars that were added so far. */
        public List<Tensor> terms() {
            return List.copyOf(terms);
        }

        @Override
        public void close() {
            COLLECTOR.set(outer);
        }
    }

    /** Whether dropout drops, normalization uses the batch's statistics, and so on. */
    public boolean training() {
        return training;
    }

    /** Whether a keyword argument of Keras is true in this call. */
    public boolean flag(String keyword) {
        return flags.contains(keyword);
    }

    /** The mask of each input, null where all steps count. */
    public List<@Nullable Tensor> masks() {
        return masks;
    }

    /** The mask of the first input. */
    public @Nullable Tensor mask() {
        return masks.isEmpty() ? null : masks.get(0);
    }

    /** Whether the call that this thread is in is for training; {@code otherwise} outside of calls. */
    static boolean isTraining(boolean otherwise) {
        CallContext context = INNERMOST.get();
        return context == null ? otherwise : context.training;
    }

    static CallContext enter(boolean training, Set<String> flags, List<@Nullable Tensor> masks) {
        CallContext context = new CallContext(training, flags, masks, INNERMOST.get());
        INNERMOST.set(context);
        return context;
    }

    void exit() {
        INNERMOST.set(outer);
    }

    static void addLoss(Tensor scalar) {
        Losses collector = COLLECTOR.get();
        if (collector != null) {
            collector.terms.add(scalar);
        }
    }
}
