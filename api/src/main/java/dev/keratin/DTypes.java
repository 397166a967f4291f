package dev.keratin;

import dev.keratin.backend.DType;

/** Which element type two operands are brought to, under Keras's rules (those of JAX). */
public final class DTypes {
    private DTypes() {}

    /**
     * The type of the result of an arithmetic op. Floating wins over integer, wide over narrow; float16 with bfloat16
     * gives float32; int8 with uint8 gives int32 (there is no int16); bool gives way to all.
     */
    public static DType resultType(DType a, DType b) {
        if (a == b || b == DType.BOOL) {
            return a;
        } else if (a == DType.BOOL) {
            return b;
        } else if (a.isFloating() != b.isFloating()) {
            return a.isFloating() ? a : b;
        } else if (a.byteSize() != b.byteSize()) {
            return a.byteSize() > b.byteSize() ? a : b;
        }
        return a.isFloating() ? DType.FLOAT32 : DType.INT32;
    }
}
