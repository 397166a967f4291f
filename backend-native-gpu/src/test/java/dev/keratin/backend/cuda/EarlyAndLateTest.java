package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class EarlyAndLateTest {
    private static final TensorType MATRIX = TensorType.of(DType.FLOAT32, 3, 3);
    private static final double TOLERANCE = 1e-6;

    private final ProgramBuilder builder = new ProgramBuilder();

    private static List<String> labels(Program program) {
        return EarlyAndLate.run(program).nodes().stream().map(Node::op).map(op -> op.label()).toList();
    }

    private Value product(Value a, Value b) {
        return builder.add(new MatMul(false, false), a, b);
    }

    private Value add(Value a, Value b) {
        return builder.add(new Binary(BinaryKind.ADD), a, b);
    }

    /** Two layers whose weights are cast and updated, each update right behind its gradient. */
    private Program training(TensorType weights) {
        Value x = builder.parameter(MATRIX);
        Value first = builder.parameter(weights);
        Value second = builder.parameter(MATRIX);
        Value y = product(x, x);
        Value z = product(y, builder.add(new Cast(DType.FLOAT32), builder.add(new Cast(DType.FLOAT16), second)));
        builder.update(second, add(second, z));
        builder.update(first, add(first, first));
        return builder.build(List.of(product(z, y)));
    }

    @Test
    void run_castsOfWeightsAndUpdates_standAtTheEnds() {
        assertThat(labels(training(MATRIX))).containsExactly("cast", "cast", "matMul", "matMul", "matMul", "add", "add");
    }

    @Test
    void run_updateThatKeepsADeviceBusy_staysBehindItsGradient() {
        assertThat(labels(training(TensorType.of(DType.FLOAT32, 1 << 22))))
                .containsExactly("cast", "cast", "matMul", "matMul", "add", "matMul", "add");
    }

    @Test
    void run_updateOfAParameterOnly_isNotEarly() {
        Value x = builder.parameter(MATRIX);
        Value count = builder.parameter(MATRIX);
        Value product = product(x, x);
        Value next = builder.add(new Unary(UnaryKind.EXP), count);
        builder.update(count, next);
        assertThat(labels(builder.build(List.of(product(product, next))))).containsExactly("matMul", "exp", "matMul");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void run_training_computesTheSame() {
        Program program = training(MATRIX);
        OnShim.check(program, TOLERANCE, program.parameters().stream().map(value -> OnShim.random(value.type())).toList());
    }
}
