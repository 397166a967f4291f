package dev.keratin.backend.cuda;

import java.util.ArrayList;
import java.util.List;

/** What a program has from a driver, kernels and routines, until it is closed. */
final class Loans implements AutoCloseable {
    private final List<Runnable> ends = new ArrayList<>();

    /** Something else, with what gives it back. */
    void add(Runnable end) {
        ends.add(end);
    }

    /** Gives everything back; the work that uses it may still be under way. */
    @Override
    public void close() {
        ends.forEach(Runnable::run);
        ends.clear();
    }
}
