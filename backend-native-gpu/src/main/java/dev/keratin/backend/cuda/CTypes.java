package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;

/** What element types are called in kernels. */
final class CTypes {
    private CTypes() {}

    /** As elements are stored. */
    static String stored(DType dtype) {
        return switch (dtype) {
            case FLOAT16 -> "f16";
            case BFLOAT16 -> "bf16";
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
            case INT8 -> "int8_t";
            case UINT8 -> "uint8_t";
            case INT32 -> "int32_t";
            case INT64 -> "int64_t";
            case BOOL -> "bool";
        };
    }

    /** As they are computed with. */
    static String compute(DType dtype) {
        return switch (dtype) {
            case FLOAT16, BFLOAT16, FLOAT32 -> "float";
            case INT8, UINT8, INT32 -> "int32_t";
            case BOOL -> "uint8_t";
            case FLOAT64, INT64 -> stored(dtype);
        };
    }

    /** The type that a floating type is computed in. */
    static DType wide(DType dtype) {
        return dtype == DType.FLOAT64 ? dtype : DType.FLOAT32;
    }

    /** A type without meaning, for elements that are only moved. */
    static String moved(DType dtype) {
        return moved(dtype.byteSize());
    }

    /** A type without meaning that takes 1, 2, 4, 8 or 16 bytes. */
    static String moved(int bytes) {
        return switch (bytes) {
            case 1 -> "uint8_t";
            case 2 -> "uint16_t";
            case 4 -> "uint32_t";
            case 8 -> "uint64_t";
            default -> "Pack<uint64_t, 2>";
        };
    }

    /** Whether it is a float of 16 bits. */
    static boolean isNarrow(DType dtype) {
        return dtype == DType.FLOAT16 || dtype == DType.BFLOAT16;
    }
}
