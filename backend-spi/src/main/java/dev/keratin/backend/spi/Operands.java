package dev.keratin.backend.spi;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Program;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a backend's executables check of the buffers that they run with: how many, whose, of which types, and that no result
 * is an argument as well. All checks throw {@link IllegalArgumentException}.
 *
 * @param <B> the backend's own buffers
 */
public final class Operands<B extends Buffer> {
    private final Class<B> kind;
    private final String backend;
    private final TensorType[] types;
    private final int parameters;

    /**
     * The checks for one program.
     *
     * @param kind the class of the backend's buffers
     * @param backend its name
     */
    public Operands(Program program, Class<B> kind, String backend) {
        this.kind = kind;
        this.backend = backend;
        this.types = Stream.of(program.parameterTypes(), program.resultTypes()).flatMap(List::stream).toArray(TensorType[]::new);
        this.parameters = program.parameters().size();
    }

    /** How many arguments there are. */
    public int parameters() {
        return parameters;
    }

    /** How many arguments and results there are together. */
    public int count() {
        return types.length;
    }

    /** Refuses other numbers of arguments and results. */
    public void requireCounts(int arguments, int results) {
        if (arguments != parameters || results != types.length - parameters) {
            throw new IllegalArgumentException("Executable: " + parameters + " arguments and " + (types.length - parameters)
                    + " results are required. Received: " + arguments + " and " + results + ".");
        }
    }

    /** An argument, if it fits. */
    public B argument(Buffer[] arguments, int index) {
        return checked(arguments[index], index);
    }

    /** A result, if it fits and is none of the arguments. */
    public B result(Buffer[] results, int index, Buffer[] arguments) {
        B result = checked(results[index], parameters + index);
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] == result) {
                throw new IllegalArgumentException("Executable: a buffer of its own is required for result " + index
                        + ". Received: argument " + i + " again. Allocate another buffer of " + result.type() + ".");
            }
        }
        return result;
    }

    private B checked(Buffer buffer, int index) {
        if (!kind.isInstance(buffer)) {
            throw new IllegalArgumentException("Executable: a buffer of \"" + backend + "\" is required for " + place(index)
                    + ". Received: one of another backend. Copy the elements.");
        }
        if (buffer.type() != types[index] && !buffer.type().equals(types[index])) {
            throw new IllegalArgumentException("Executable: " + types[index] + " is required for " + place(index)
                    + ". Received: " + buffer.type() + ".");
        }
        return kind.cast(buffer);
    }

    private String place(int index) {
        return index < parameters ? "argument " + index : "result " + (index - parameters);
    }
}
