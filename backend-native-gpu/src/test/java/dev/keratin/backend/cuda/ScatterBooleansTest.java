package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.ScatterElements;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.Value;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Truth values that are joined at the same place, several to one of them. */
@EnabledOnOs(OS.LINUX)
class ScatterBooleansTest {
    @ParameterizedTest
    @EnumSource(ScatterKind.class)
    void scatterElements_ofBooleans_isThatOfTheInterpreter(ScatterKind kind) {
        ProgramBuilder builder = new ProgramBuilder();
        Value x = builder.parameter(TensorType.of(DType.BOOL, 6));
        Value indices = builder.parameter(TensorType.of(DType.INT32, 8));
        Value updates = builder.parameter(TensorType.of(DType.BOOL, 8));
        List<ByteBuffer> arguments = List.of(OnShim.of(DType.BOOL, 0, 1, 0, 1, 0, 1), OnShim.of(DType.INT32, 0, 0, 1, 1, 2, 2, 3, 3),
                OnShim.of(DType.BOOL, 1, 1, 1, 0, 0, 0, 1, 1));
        OnShim.check(builder.build(List.of(builder.add(new ScatterElements(0, kind), x, indices, updates))), 0, arguments);
    }
}
