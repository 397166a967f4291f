package dev.keratin.optimizers;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import java.util.EnumMap;
import java.util.Map;

/** What all variables have in common in one step of an optimizer. */
public final class Step {
    private final Tensor learningRate;
    private final Tensor before;
    private final Slots slots;
    private final Gate gate;
    private final Map<DType, Tensor> numbers = new EnumMap<>(DType.class);
    private final Map<DType, Tensor> rates = new EnumMap<>(DType.class);

    Step(Tensor learningRate, Tensor before, Slots slots, Gate gate) {
        this.learningRate = learningRate;
        this.before = before;
        this.slots = slots;
        this.gate = gate;
    }

    /** How many updates were made before, this one included: 1 in the first step. */
    public Tensor number(DType dtype) {
        return numbers.computeIfAbsent(dtype, type -> Ops.cast(Ops.add(before, 1), type));
    }

    /** The learning rate. */
    public Tensor learningRate(DType dtype) {
        return rates.computeIfAbsent(dtype, type -> Ops.cast(learningRate, type));
    }

    /** The value of a scalar that belongs to all variables. */
    public Tensor shared(String name) {
        return slots.shared(name).value();
    }

    /** Replaces a scalar that belongs to all variables. */
    public void setShared(String name, Tensor value) {
        gate.assign(slots.shared(name), value);
    }

    Slots slots() {
        return slots;
    }

    Gate gate() {
        return gate;
    }
}
