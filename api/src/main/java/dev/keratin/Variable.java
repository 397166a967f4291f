package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.Buffer;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A tensor whose elements can be replaced: a weight, a counter, a statistic. Owns native memory as long as it is
 * reachable or until it is closed.
 *
 * <p>Inside a step that is being compiled reading and assigning are part of the step. Not synchronised: assign from one
 * thread at a time; reading while nobody assigns is safe.
 */
public final class Variable implements AutoCloseable {
    private final String name;
    private final TensorType type;
    private boolean trainable;
    private @Nullable UnaryOperator<Tensor> constraint;
    private EagerTensor current;

    /**
     * A variable that starts as a copy of a tensor.
     *
     * @param initial concrete
     * @param trainable whether gradient tapes watch it
     * @param name for messages and files, such as {@code "kernel"}
     */
    public Variable(Tensor initial, boolean trainable, String name) {
        this(initial.type(), initial.requireConcrete("Variable").read(), trainable, name);
    }

    /** A variable that starts with the given bytes: little-endian elements in row-major order. */
    public Variable(TensorType type, ByteBuffer initial, boolean trainable, String name) {
        this.name = name;
        this.type = type;
        this.trainable = trainable;
        Backend backend = Backends.current();
        Buffer buffer = backend.allocate(type);
        buffer.write(initial);
        this.current = new EagerTensor(backend, buffer);
    }

    /** What it is called in messages and files. */
    public String name() {
        return name;
    }

    /** The element type and shape; never changes. */
    public TensorType type() {
        return type;
    }

    /** The element type. */
    public DType dtype() {
        return type.dtype();
    }

    /** The lengths of the axes. */
    public Shape shape() {
        return type.shape();
    }

    /** Whether gradient tapes watch it and optimizers change it. */
    public boolean isTrainable() {
        return trainable;
    }

    /** Sets {@link #isTrainable}. */
    public void setTrainable(boolean trainable) {
        this.trainable = trainable;
    }

    /** What optimizers pass its value through after they have changed it; null for nothing. */
    public @Nullable UnaryOperator<Tensor> constraint() {
        return constraint;
    }

    /** Sets {@link #constraint}. */
    public void setConstraint(@Nullable UnaryOperator<Tensor> constraint) {
        this.constraint = constraint;
    }

    /**
     * What it holds now. Owned by the variable: don't close it. A compiled step that assigns the variable changes the
     * elements of a tensor read before; copy it to keep them.
     */
    public Tensor value() {
        Frame root = Frame.current().root();
        Trace trace = root.trace();
        Tensor value = trace == null ? concrete() : trace.read(this);
        for (Recorder recorder : root.recorders()) {
            recorder.read(this, value);
        }
        return value;
    }

    /** Replaces what it holds by a copy of a tensor of the same type. */
    public void assign(Tensor value) {
        if (!value.type().equals(type)) {
            throw new IllegalArgumentException("Variable \"" + name + "\": a value of " + type
                    + " is required. Received: " + value.type() + ". Use cast or reshape.");
        }
        Frame frame = Frame.current();
        if (frame.trace() == null) {
            assignConcrete(value.requireConcrete("assign"));
            frame.recorders().forEach(recorder -> recorder.use(value));
        } else if (frame.root() == frame) {
            frame.trace().assign(this, value);
        } else {
            throw new IllegalStateException("Variable \"" + name + "\": assignments are required outside of bodies of loops"
                    + " and conditions. Received: one inside. Carry the value through the loop and assign the result.");
        }
    }

    /** {@code assign(value() + delta)}. */
    public void assignAdd(Tensor delta) {
        assign(Ops.add(value(), delta));
    }

    /** {@code assign(value() - delta)}. */
    public void assignSub(Tensor delta) {
        assign(Ops.subtract(value(), delta));
    }

    /** Replaces all elements by the given bytes: little-endian elements in row-major order. */
    public void assign(ByteBuffer elements) {
        concrete().bufferOn(Backends.current()).write(elements);
    }

    /** The concrete tensor, whatever is being traced. */
    EagerTensor concrete() {
        return current;
    }

    /** Gives the memory back; the variable can't be used any more. */
    @Override
    public void close() {
        current.close();
    }

    private void assignConcrete(EagerTensor value) {
        EagerTensor copy = TensorScope.unscoped(() -> (EagerTensor) Dispatch.copy(value));
        EagerTensor old = current;
        current = copy;
        TensorScope.retire(old);
    }

    @Override
    public String toString() {
        return "Variable(" + name + ", " + type + ")";
    }
}
