package dev.keratin.optimizers;

import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Elements;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state that an optimizer keeps for each trained variable (a "slot" has a name and one variable for each) and for
 * all of them together. Files hold it in the order in which it was added.
 */
public final class Slots {
    private final List<Variable> trainable;
    private final List<Variable> all = new ArrayList<>();
    private final Map<String, Map<Variable, Variable>> slots = new HashMap<>();
    private final Map<String, Variable> shared = new HashMap<>();

    Slots(List<Variable> trainable) {
        this.trainable = List.copyOf(trainable);
    }

    /** The variables that are trained. */
    public List<Variable> trainable() {
        return trainable;
    }

    /** Adds slots of zeros in the shape and type of each variable: all of the first variable, then all of the second. */
    public void add(String... names) {
        for (Variable variable : trainable) {
            for (String name : names) {
                add(variable, name, 0);
            }
        }
    }

    /** Adds one slot of one variable, in its shape and type, filled with a number. */
    public void add(Variable variable, String name, double initial) {
        put(variable, name, new Variable(
                variable.type(), filled(variable.type(), initial), false, path(variable) + "_" + name));
    }

    /** Adds one slot of zeros of another type; its name in files is that of the variable alone. */
    public void add(Variable variable, String name, TensorType type) {
        String own = variable.name().substring(variable.name().lastIndexOf('/') + 1);
        put(variable, name, new Variable(type, filled(type, 0), false, own));
    }

    /** Adds a scalar that belongs to all variables. */
    public void addShared(String name, DType dtype, double initial) {
        Variable variable = scalar(name, dtype, initial);
        shared.put(name, variable);
        all.add(variable);
    }

    /** Whether the variable has the slot. */
    public boolean has(Variable variable, String name) {
        return find(variable, name) != null;
    }

    /** A slot of a variable. */
    public Variable get(Variable variable, String name) {
        Variable slot = find(variable, name);
        if (slot == null) {
            throw new IllegalArgumentException("Slots: the name of a slot that was added is required. Received: \"" + name
                    + "\" for " + variable + ". Known: " + slots.keySet() + ".");
        }
        return slot;
    }

    /** A scalar that belongs to all variables. */
    public Variable shared(String name) {
        Variable variable = shared.get(name);
        if (variable == null) {
            throw new IllegalArgumentException("Slots: the name of a scalar that was added is required. Received: \""
                    + name + "\". Known: " + shared.keySet() + ".");
        }
        return variable;
    }

    List<Variable> all() {
        return all;
    }

    static Variable scalar(String name, DType dtype, double initial) {
        TensorType type = new TensorType(dtype, Shape.scalar());
        return new Variable(type, filled(type, initial), false, name);
    }

    static ByteBuffer filled(TensorType type, double value) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(type.byteSize())).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; value != 0 && i < type.shape().size(); i++) {
            Elements.write(bytes, i, type.dtype(), value);
        }
        return bytes.position(0);
    }

    private @Nullable Variable find(Variable variable, String name) {
        return slots.getOrDefault(name, Map.of()).get(variable);
    }

    private void put(Variable variable, String name, Variable slot) {
        slots.computeIfAbsent(name, key -> new HashMap<>()).put(variable, slot);
        all.add(slot);
    }

    private static String path(Variable variable) {
        return variable.name().replace('/', '_');
    }
}
