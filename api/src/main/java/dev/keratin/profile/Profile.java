package dev.keratin.profile;

import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import dev.keratin.backend.spi.OpSpan;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Measures every op that any thread runs from {@link #start} to {@link #close}, and writes it down as a Chrome trace:
 * a JSON file that chrome://tracing and ui.perfetto.dev show.
 *
 * <p>Each op as it was executed is one span. Its {@code args} say the layer it belongs to (all layers, for a fusion), the
 * types of its operands and results, what it computes (FLOPs) and moves (bytes, of operands and results), and the rates
 * that follow. Spans of ops lie within the span of their program, those of programs within those of {@link #span}.
 *
 * <p>The system property {@code keratin.profile} names a file: then the whole run of the JVM is measured. Any number of
 * profiles may be active at a time. Programs run one after another while they are measured as otherwise; an op costs
 * about a microsecond more. Nothing is measured while no profile is active.
 */
public final class Profile implements AutoCloseable {
    private static final String PROPERTY = "keratin.profile";
    private static final Span NO_SPAN = () -> {};
    private static final List<Profile> ACTIVE = new CopyOnWriteArrayList<>();

    static {
        String file = System.getProperty(PROPERTY);
        if (file != null) {
            Profile whole = start(Path.of(file));
            Runtime.getRuntime().addShutdownHook(new Thread(whole::close));
        }
    }

    private final @Nullable ChromeTrace trace;
    private final Totals totals = new Totals();

    private Profile(@Nullable ChromeTrace trace) {
        this.trace = trace;
    }

    /** What lasts until it is closed. */
    public interface Span extends AutoCloseable {
        @Override
        void close();
    }

    /** Starts to measure for {@link #table}; no file is written. */
    public static Profile start() {
        return activated(new Profile(null));
    }

    /**
     * Starts to measure into a file, which is replaced if it is there.
     *
     * @throws java.io.UncheckedIOException if it can't be written
     */
    public static Profile start(Path file) {
        return activated(new Profile(new ChromeTrace(file)));
    }

    private static Profile activated(Profile profile) {
        ACTIVE.add(profile);
        return profile;
    }

    /** Whether anything is measured now. */
    public static boolean isActive() {
        return !ACTIVE.isEmpty();
    }

    /** A span of a name of your own round what this thread does until it is closed; nothing while no profile is active. */
    public static Span span(String name) {
        if (ACTIVE.isEmpty()) {
            return NO_SPAN;
        }
        long start = System.nanoTime();
        return () -> {
            long nanoseconds = System.nanoTime() - start;
            ACTIVE.forEach(profile -> profile.add(name, start, nanoseconds));
        };
    }

    /**
     * Runs a program once and measures its ops.
     *
     * @param path the layer that ops belong to that were traced in none
     */
    public static void run(Executable executable, String path, Buffer[] arguments, Buffer[] results) {
        long start = System.nanoTime();
        List<OpSpan> spans = executable.measure(arguments, results);
        long nanoseconds = System.nanoTime() - start;
        for (Profile profile : ACTIVE) {
            profile.add("program", start, nanoseconds);
            spans.forEach(span -> profile.add(OpFacts.of(span, path), span));
        }
    }

    private void add(String name, long start, long nanoseconds) {
        if (trace != null) {
            trace.write(name, start, nanoseconds);
        }
    }

    private void add(OpFacts facts, OpSpan span) {
        totals.add(facts, span.nanoseconds());
        if (trace != null) {
            trace.write(facts, span);
        }
    }

    /**
     * The ops by the time they took, longest first, one line each: milliseconds in all, share of all ops, how often it
     * ran, GFLOP/s, GB/s, the op, its result and its layers. May be asked for at any time, also after {@link #close}.
     */
    public String table() {
        return totals.table();
    }

    /** Ends measuring and finishes the file; closing twice is harmless. */
    @Override
    public void close() {
        ACTIVE.remove(this);
        if (trace != null) {
            trace.close();
        }
    }
}
