package dev.keratin;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What applying an op means on this thread: run it (the outermost frame) or add it to a trace, and who is told of it.
 * Tracing pushes a frame of its own, so that recorders outside do not see the inside of a body.
 */
final class Frame {
    private static final ThreadLocal<Frame> CURRENT = ThreadLocal.withInitial(() -> new Frame(null, null));

    private final @Nullable Frame parent;
    private final @Nullable Trace trace;
    private final List<Recorder> recorders = new ArrayList<>();
    private String scope;

    private Frame(@Nullable Frame parent, @Nullable Trace trace) {
        this.parent = parent;
        this.trace = trace;
        this.scope = parent == null ? "" : parent.scope;
    }

    static Frame current() {
        return CURRENT.get();
    }

    static void push(Trace trace) {
        CURRENT.set(new Frame(CURRENT.get(), trace));
    }

    static void pop(Trace trace) {
        Frame frame = CURRENT.get();
        if (frame.trace == trace && frame.parent != null) {
            CURRENT.set(frame.parent);
        }
    }

    /** The trace that ops are added to; null when they are run. */
    @Nullable Trace trace() {
        return trace;
    }

    /** Those that are told, in the order they were started. */
    List<Recorder> recorders() {
        return recorders;
    }

    /** The path of the layers whose ops are applied, for profiles; empty outside of all. */
    String scope() {
        return scope;
    }

    /** Sets the path. */
    void scope(String path) {
        scope = path;
    }

    /** The frame of the outermost trace, where variables are read; this frame when nothing is traced. */
    Frame root() {
        Frame frame = this;
        while (frame.trace != null && frame.parent != null && frame.parent.trace != null) {
            frame = frame.parent;
        }
        return frame;
    }

    /** Whether a recorder sees what is applied here, be it as a part of the body of a loop or condition. */
    boolean isRecorded() {
        return !recorders.isEmpty() || isInRecordedBody();
    }

    @Nullable Frame parent() {
        return parent;
    }

    /** Whether what is traced here becomes a body of an op that a recorder around it sees. */
    boolean isInRecordedBody() {
        return parent != null && parent.isRecorded();
    }
}
