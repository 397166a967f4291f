package dev.keratin.metrics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Configuration;
import dev.keratin.Tensor;
import dev.keratin.TensorScope;
import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Configurable;
import dev.keratin.config.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure that is gathered over batches: {@link #updateState} adds a batch, {@link #result} says what came out so far,
 * {@link #resetState} starts anew. What is gathered lies in variables, so a metric works eagerly and as a part of a
 * compiled step.
 *
 * <p>To make one's own, extend this class, make variables with {@link #addVariable} in the constructor, and write
 * {@link #updateState} and {@link #result} with {@code Ops}; or wrap a function with {@link MeanMetricWrapper}. Not safe
 * for use by several threads.
 */
public abstract class Metric implements Configurable {
    private final List<Variable> variables = new ArrayList<>();
    private String name;
    private @Nullable DType dtype;
    private boolean built;

    /** A metric that computes in floatx. */
    protected Metric(String name) {
        this.name = name;
    }

    /**
     * Adds a batch.
     *
     * @param yTrue what should have come out, such as [batch, ...]
     * @param yPred what came out, such as [batch, ..., outputs]; a mask attached to it says what counts, where a metric
     *     is a mean over samples
     * @param sampleWeight how much each sample counts, such as [batch]; null for 1
     */
    public abstract void updateState(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight);

    /** {@link #updateState(Tensor, Tensor, Tensor)} with equal weights. */
    public final void updateState(Tensor yTrue, Tensor yPred) {
        updateState(yTrue, yPred, null);
    }

    /** The figure for all batches since the last reset; usually a scalar. */
    public abstract Tensor result();

    /** {@link #result()} as a number. */
    public final double value() {
        TensorScope scope = new TensorScope();
        try {
            return result().item();
        } finally {
            scope.close();
        }
    }

    /** Forgets all batches. Takes place at once, also while a step is being compiled. */
    public void resetState() {
        for (Variable variable : variables) {
            variable.assign(zeros(variable.type()));
        }
    }

    /** Which way it improves; unknown unless stated otherwise. */
    public Direction direction() {
        return Direction.UNKNOWN;
    }

    /** What it is called in logs. */
    public final String name() {
        return name;
    }

    /** What it is computed in; floatx unless set. */
    public final DType dtype() {
        return dtype != null ? dtype : defaultDtype();
    }

    /** What it gathers in: those whose shapes are known by now. */
    public final List<Variable> variables() {
        ensureBuilt();
        return List.copyOf(variables);
    }

    /** A variable that starts, and starts anew, with zeros; for subclasses. */
    protected final Variable addVariable(String name, long... dims) {
        TensorType type = TensorType.of(dtype(), dims);
        Variable variable = new Variable(type, zeros(type), false, name);
        variables.add(variable);
        return variable;
    }

    /** Makes the variables whose shapes depend on arguments only; called once, before they are used. */
    void build() {}

    DType defaultDtype() {
        return Configuration.floatx();
    }

    final void ensureBuilt() {
        if (!built) {
            built = true;
            build();
        }
    }

    /** Gives it another name in logs. */
    public final void rename(String name) {
        this.name = name;
    }

    final void setDtype(@Nullable DType dtype) {
        this.dtype = dtype;
    }

    private static ByteBuffer zeros(TensorType type) {
        return ByteBuffer.allocate(Math.toIntExact(type.byteSize()));
    }

    /** {@code name} and {@code dtype}; subclasses add their own arguments. */
    @Override
    public ObjectNode config() {
        return Json.object().put("name", name).put("dtype", dtype().toString());
    }

    @Override
    public String toString() {
        return className() + " \"" + name() + "\"";
    }
}
