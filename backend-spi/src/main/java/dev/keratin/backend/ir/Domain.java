package dev.keratin.backend.ir;

import dev.keratin.backend.DType;

/** A set of element types that an op accepts. */
public enum Domain {
    /** float16, bfloat16, float32, float64. */
    FLOATING,
    /** Floating and integer types. */
    NUMBER,
    /** Integer types and bool. */
    BITS,
    /** Integer types. */
    INTEGER,
    /** Every type. */
    ANY;

    /** Whether a type is in the set. */
    public boolean contains(DType type) {
        return switch (this) {
            case FLOATING -> type.isFloating();
            case NUMBER -> type != DType.BOOL;
            case BITS -> !type.isFloating();
            case INTEGER -> type.isInteger();
            case ANY -> true;
        };
    }
}
