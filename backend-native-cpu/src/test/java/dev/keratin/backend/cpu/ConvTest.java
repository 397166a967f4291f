package dev.keratin.backend.cpu;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvInputGrad;
import dev.keratin.backend.ir.ConvKernelGrad;
import dev.keratin.backend.ir.ConvSpec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvTest {
    private static final DType[] TYPES = {DType.FLOAT32, DType.FLOAT64, DType.BFLOAT16, DType.FLOAT16};

    @ParameterizedTest
    @CsvSource({
        // input, kernel, strides, lows, highs, dilations, groups
        "2 9 3, 3 3 5, 1, 0, 0, 1, 1",
        "2 9 4, 3 4 6, 2, 1, 0, 1, 1",
        "2 16 2, 3 2 4, 1, 4, 0, 2, 1",
        "2 8 7 1, 3 3 1 4, 1 1, 0 0, 0 0, 1 1, 1",
        "2 8 8 3, 3 3 3 16, 1 1, 1 1, 1 1, 1 1, 1",
        "3 9 8 16, 3 3 16 32, 2 2, 0 0, 1 1, 1 1, 1",
        "2 9 8 16, 1 1 16 8, 2 2, 0 0, 0 0, 1 1, 1",
        "2 9 8 16, 1 1 16 8, 1 1, 0 0, 0 0, 1 1, 1",
        "1 7 5, 1 5 3, 1, 0, 0, 1, 1",
        "2 9 8 6, 1 1 3 8, 1 1, 0 0, 0 0, 1 1, 2",
        "2 9 8 6, 1 1 6 8, 1 1, 1 0, 0 1, 1 1, 1",
        "2 7 7 8, 3 3 4 6, 1 1, 1 1, 1 1, 1 1, 2",
        "2 9 9 16, 3 3 1 16, 2 2, 0 1, 1 1, 1 1, 16",
        "2 9 9 3, 3 3 1 6, 1 1, 1 1, 1 1, 1 1, 3",
        "2 9 9 4, 3 2 4 5, 1 2, 2 1, 2 0, 2 1, 1",
        "1 5 6 7 2, 3 3 2 2 3, 1 2 1, 1 1 0, 1 1 1, 1 1 1, 1",
        "1 5 6 5 4, 2 2 2 2 4, 2 2 2, 0 0 0, 0 0 0, 1 2 1, 2",
        "0 8 8 3, 3 3 3 4, 1 1, 1 1, 1 1, 1 1, 1"
    })
    void conv_everyGeometry_agreesWithItsGradients(String input, String kernel, String strides, String lows, String highs,
            String dilations, int groups) {
        ConvSpec spec = new ConvSpec(ints(strides), ints(lows), ints(highs), ints(dilations), groups);
        for (DType dtype : TYPES) {
            TensorType x = type(dtype, input);
            TensorType k = type(dtype, kernel);
            TensorType y = new Conv(spec).infer(List.of(x, k)).get(0);
            Agreement.check(new Conv(spec), x, k);
            Agreement.check(new ConvInputGrad(spec, x.shape()), y, k);
            Agreement.check(new ConvKernelGrad(spec, k.shape()), x, y);
        }
    }

    private static List<Integer> ints(String text) {
        return Arrays.stream(text.split(" ")).map(Integer::valueOf).toList();
    }

    private static TensorType type(DType dtype, String dims) {
        return TensorType.of(dtype, Arrays.stream(dims.split(" ")).mapToLong(Long::parseLong).toArray());
    }
}
