package dev.keratin.backend.cpu;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.MatMul;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MatMulTest {
    @ParameterizedTest
    @EnumSource(names = "BOOL", mode = EnumSource.Mode.EXCLUDE)
    void matmul_everyTypeAndTranspose_agrees(DType dtype) {
        for (boolean a : new boolean[] {false, true}) {
            for (boolean b : new boolean[] {false, true}) {
                Agreement.check(new MatMul(a, b), TensorType.of(dtype, a ? new long[] {2, 7, 5} : new long[] {2, 5, 7}),
                        TensorType.of(dtype, b ? new long[] {2, 19, 7} : new long[] {2, 7, 19}));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3 4 5, 5 6", "4 5, 3 5 6", "1 4 5, 3 5 6", "3 4 5, 1 5 6", "2 1 4 5, 3 5 6", "2 3 4 5, 5 6",
        "2 3 4 5, 2 1 5 6", "2 1 3 4 5, 1 4 1 5 6", "1 5, 5 1", "4 1, 1 6", "2 4 1, 1 6", "64 33, 33 130"
    })
    void matmul_stretchedBatches_agrees(String a, String b) {
        for (DType dtype : new DType[] {DType.FLOAT32, DType.BFLOAT16, DType.FLOAT64, DType.INT32}) {
            Agreement.check(new MatMul(false, false), type(dtype, a), type(dtype, b));
        }
    }

    @ParameterizedTest
    @CsvSource({"0 5, 5 6", "4 0, 0 6", "4 5, 5 0", "0 4 5, 5 6", "3 4 0, 3 0 6"})
    void matmul_lengthZero_agrees(String a, String b) {
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT16, DType.FLOAT64, DType.INT32}) {
            Agreement.check(new MatMul(false, false), type(dtype, a), type(dtype, b));
        }
    }

    @ParameterizedTest
    @CsvSource({"3 4 5, 3 6 5", "5 4, 6 5", "2 3 5 4, 6 5", "2 1 1 4, 6 1"})
    void matmul_stretchedAndTransposed_agrees(String a, String b) {
        boolean transposeA = type(DType.FLOAT32, a).shape().dim(-1) == 4;
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            Agreement.check(new MatMul(transposeA, true), type(dtype, a), type(dtype, b));
        }
    }

    private static TensorType type(DType dtype, String dims) {
        Shape shape = Shape.scalar();
        for (String dim : dims.split(" ")) {
            shape = shape.concat(Shape.of(Long.parseLong(dim)));
        }
        return new TensorType(dtype, shape);
    }
}
