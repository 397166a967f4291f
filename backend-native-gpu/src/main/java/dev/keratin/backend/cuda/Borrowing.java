package dev.keratin.backend.cuda;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.jspecify.annotations.Nullable;

/** Who has what is shared on a device: the loans of the program that is being prepared, if one is. */
final class Borrowing {
    private final DeviceContext context;
    private final CUstream_st stream;
    private final int idle;
    private @Nullable Loans current;

    /**
     * Nobody has anything.
     *
     * @param stream whose work uses what is lent
     * @param idle how many things of a kind are kept that no program uses; at least one
     */
    Borrowing(DeviceContext context, CUstream_st stream, int idle) {
        this.context = context;
        this.stream = stream;
        this.idle = idle;
    }

    /** Does something that takes what is shared, for as long as the loans are open. */
    <T> T lending(Loans loans, Supplier<T> work) {
        current = loans;
        try {
            return work.get();
        } finally {
            current = null;
        }
    }

    /** Notes what is to be done when the program that is being prepared is closed. */
    void add(Runnable end) {
        if (current != null) {
            current.add(end);
        }
    }

    /** One of the shared things, for the program that is being prepared. */
    <K, V> V take(Shared<K, V> shared, K key, Function<K, V> make) {
        V value = shared.get(key, make);
        if (current != null) {
            shared.use(key);
            current.add(() -> shared.release(key));
        }
        return value;
    }

    /**
     * Things that are ended when the work that may use them is done.
     *
     * @param end what is done then
     */
    <K, V> Shared<K, V> shared(Consumer<V> end) {
        return new Shared<>(idle, value -> {
            if (!context.faults().isBroken()) {
                context.enter();
                context.settle(stream);
                end.accept(value);
            }
        });
    }
}
