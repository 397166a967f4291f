package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;

/**
 * A tensor in a program: a parameter or one result of a node. Two values are the same only if they are one object.
 */
public final class Value {
    private final int id;
    private final TensorType type;

    Value(int id, TensorType type) {
        this.id = id;
        this.type = type;
    }

    /** Its number in the program, unique there, from 0. */
    public int id() {
        return id;
    }

    /** Its element type and shape. */
    public TensorType type() {
        return type;
    }

    /** The number after a percent sign. */
    @Override
    public String toString() {
        return "%" + id;
    }
}
