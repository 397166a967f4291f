package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import org.jspecify.annotations.Nullable;

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

    /** Its number, so that maps of values need not look far for those that are used together. */
    @Override
    public int hashCode() {
        return id;
    }

    /** Whether it is the same object. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    /** The number after a percent sign. */
    @Override
    public String toString() {
        return "%" + id;
    }
}
