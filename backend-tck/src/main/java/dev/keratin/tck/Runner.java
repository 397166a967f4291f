package dev.keratin.tck;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Runs a program on one backend, on arguments kept on this side, and closes all that it made. */
final class Runner implements AutoCloseable {
    private final Executable executable;
    private final List<ByteBuffer> arguments;
    private final Buffer[] argumentBuffers;
    private final Buffer[] resultBuffers;

    Runner(Backend backend, Program program, List<ByteBuffer> arguments) {
        this.arguments = arguments;
        this.executable = backend.compile(program); // first: if it fails, nothing is left behind
        this.argumentBuffers = allocate(backend, program.parameterTypes());
        this.resultBuffers = allocate(backend, program.resultTypes());
    }

    /** The elements of each parameter, seeded by a name. */
    static List<ByteBuffer> arguments(String name, Program program, List<Values> values) {
        List<ByteBuffer> arguments = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Random random = new Random(31L * name.hashCode() + i);
            arguments.add(values.get(i).fill(program.parameterTypes().get(i), random));
        }
        return arguments;
    }

    static Buffer[] allocate(Backend backend, List<TensorType> types) {
        return types.stream().map(backend::allocate).toArray(Buffer[]::new);
    }

    Buffer[] argumentBuffers() {
        return argumentBuffers;
    }

    /** Writes the arguments, runs once, and reads the results, then the parameters. */
    List<Sample> run() {
        for (int i = 0; i < argumentBuffers.length; i++) {
            argumentBuffers[i].write(arguments.get(i).duplicate());
        }
        executable.run(argumentBuffers, resultBuffers);
        List<Sample> samples = new ArrayList<>();
        for (Buffer result : resultBuffers) {
            samples.add(Sample.of(result));
        }
        for (Buffer argument : argumentBuffers) {
            samples.add(Sample.of(argument));
        }
        return samples;
    }

    /** Runs again without writing or reading anything. */
    void repeat() {
        executable.run(argumentBuffers, resultBuffers);
    }

    /** Fails unless results and updated parameters are near those expected and the other parameters are as they were. */
    static void compare(Program program, List<Sample> expected, List<Sample> actual, Tolerance tolerance) {
        Set<Integer> updated = new HashSet<>();
        program.updates().forEach(update -> updated.add(update.parameter()));
        int results = program.results().size();
        for (int i = 0; i < expected.size(); i++) {
            boolean kept = i >= results && !updated.contains(i - results);
            String what = i < results ? "result " + i : (kept ? "untouched" : "updated") + " parameter " + (i - results);
            expected.get(i).requireNear(what, actual.get(i), kept ? Tolerance.BITS : tolerance);
        }
    }

    @Override
    public void close() {
        executable.close();
        for (Buffer buffer : argumentBuffers) {
            buffer.close();
        }
        for (Buffer buffer : resultBuffers) {
            buffer.close();
        }
    }
}
