package dev.keratin.backend.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import org.junit.jupiter.api.Test;

class PlanTextTest {
    private final Graph g = new Graph();

    @Test
    void of_update_namesPlacesCostsAndLifetimes() {
        Value x = g.input(2, 2);
        g.update(x, g.unary(UnaryKind.EXP, g.matMul(x, x)));

        assertThat(text(FusionPolicy.none())).isEqualTo("""
                parameters: %0: float32[2, 2] @ parameter 0
                %1: float32[2, 2] @ arena+0 = MatMul[transposeA=false, transposeB=false](%0, %0)  # 32 bytes, 16 flops
                %2: float32[2, 2] @ parameter 0 = Unary[kind=EXP](%1)  # 32 bytes, 4 flops
                results:\s
                update of parameter 0: %2: float32[2, 2] @ parameter 0
                total: 2 kernels, 64 bytes moved, 20 flops
                memory:
                    arena+0, 16 bytes: %1, last read by %2
                    parameter 0, 16 bytes: %2, kept to the end
                    arena 64 bytes, at the peak 64 of them hold living values
                """);
    }

    @Test
    void of_fusion_writesWhatWasFusedUnderIt() {
        Value x = g.input(2, 2);
        Value y = g.matMul(x, x);

        assertThat(text(FusionPolicy.all(), g.matMul(g.mul(g.unary(UnaryKind.EXP, y), x), x))).isEqualTo("""
                parameters: %0: float32[2, 2] @ parameter 0
                %1: float32[2, 2] @ arena+0 = Fusion[EPILOGUE](%0)  # 32 bytes, 24 flops
                    (%0: float32[2, 2]) {
                      %1: float32[2, 2] = MatMul[transposeA=false, transposeB=false](%0, %0)
                      %2: float32[2, 2] = Unary[kind=EXP](%1)
                      %3: float32[2, 2] = Binary[kind=MUL](%2, %0)
                      return %3
                    }
                %2: float32[2, 2] @ result 0 = MatMul[transposeA=false, transposeB=false](%1, %0)  # 48 bytes, 16 flops
                results: %2: float32[2, 2] @ result 0
                total: 2 kernels, 80 bytes moved, 40 flops
                memory:
                    arena+0, 16 bytes: %1, last read by %2
                    result 0, 16 bytes: %2, kept to the end
                    arena 64 bytes, at the peak 64 of them hold living values
                """);
    }

    @Test
    void of_view_isNamedWithTheBufferItShares() {
        Value x = g.input(2, 3);
        Value y = g.matMul(x, g.input(3, 4));

        assertThat(text(FusionPolicy.none(), g.matMul(g.reshape(y, 4, 2), x)))
                .contains("    arena+0, 32 bytes: %2 (also %3), last read by %4\n");
    }

    private String text(FusionPolicy policy, Value... results) {
        Program program = Compiler.optimize(g.program(results), policy);
        return PlanText.of(program, MemoryPlan.of(program, 64));
    }
}
