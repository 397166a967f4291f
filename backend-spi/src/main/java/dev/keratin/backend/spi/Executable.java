package dev.keratin.backend.spi;

import dev.keratin.backend.ir.Program;
import java.util.List;

/**
 * A program made ready to run on one backend. Its owner closes it. Safe for use by several threads at once.
 */
public interface Executable extends AutoCloseable {
    /** The program as it was handed to the backend. */
    Program program();

    /**
     * Runs the program once and returns when its results can be read or handed to a further run.
     *
     * <p>The buffers of parameters that the program updates are overwritten. If an exception is thrown by a check of
     * values (an index out of range), no parameter has been overwritten.
     *
     * @param arguments one buffer for each parameter, of its type, of the same backend
     * @param results one buffer for each result, of its type; receives the elements; must not also be an argument
     * @throws IndexOutOfBoundsException if an op met an index outside of its range
     */
    void run(Buffer[] arguments, Buffer[] results);

    /**
     * Runs the program once as {@link #run} does, and measures its ops. The bodies of control flow count as one op with
     * their node.
     *
     * @return one span for each op, in the order they ran, none overlapping another; empty if the backend can't measure ops
     */
    default List<OpSpan> measure(Buffer[] arguments, Buffer[] results) {
        run(arguments, results);
        return List.of();
    }

    /** The optimised program, its fusions and its memory plan as text for people. */
    String explain();

    /** What each run takes; of a backend that plans nothing one kernel for each node. */
    default Footprint footprint() {
        return new Footprint(program().nodes().size(), 0);
    }

    /** Gives back what was prepared; a closed executable can't be run. */
    @Override
    void close();
}
