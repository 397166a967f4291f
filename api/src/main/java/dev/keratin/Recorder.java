package dev.keratin;

import dev.keratin.backend.ir.Op;
import java.util.List;
import java.util.function.UnaryOperator;

/** Is told of every op that is applied on this thread while it is active: what a gradient tape implements. */
public interface Recorder {
    /** An op has been applied. */
    void record(Op op, List<Tensor> inputs, List<Tensor> outputs);

    /**
     * A function has been called that brings its own gradient; the ops it consists of are not told of.
     *
     * @param gradient from the gradients of the outputs to those of the inputs
     */
    void record(List<Tensor> inputs, List<Tensor> outputs, UnaryOperator<List<Tensor>> gradient);

    /** A tensor has been copied into a variable. */
    void use(Tensor tensor);

    /** A variable has been read. */
    void read(Variable variable, Tensor value);

    /** Makes a recorder active on this thread until {@link #stop}. */
    static void start(Recorder recorder) {
        Frame.current().recorders().add(recorder);
    }

    /** Whether a recorder is active on this thread. */
    static boolean isAnyActive() {
        return !Frame.current().recorders().isEmpty();
    }

    /** Ends what {@link #start} began; harmless when it has ended. */
    static void stop(Recorder recorder) {
        Frame.current().recorders().remove(recorder);
    }
}
