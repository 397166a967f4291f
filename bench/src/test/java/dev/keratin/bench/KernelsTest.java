package dev.keratin.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.ir.Program;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KernelsTest {
    @Test
    void gradient_ofAConvolution_isTakenWithoutTheConvolution() {
        try (Kernel.Run run = Kernels.named("conv-gradient").prepare()) {
            assertThat(ops(run.program())).contains("ConvInputGrad", "ConvKernelGrad").doesNotContain("Conv");
        }
    }

    @Test
    void table_everyKernel_runsAndStatesItsRates_andTogetherTheyReachTheFamilies() {
        Set<String> reached = new TreeSet<>();
        for (String name : Kernels.names()) {
            try (Kernel.Run run = Kernels.named(name).prepare()) {
                assertThat(run.run()).as(name).isEqualTo(run.program().results().size());
                assertThat(run.line(10)).matches("\\S+ +10\\.0 us +\\d+\\.\\d GFLOP/s +\\d+\\.\\d GB/s")
                        .startsWith(name + " ").doesNotEndWith(" 0.0 GB/s");
                reached.addAll(ops(run.program()));
            }
        }
        assertThat(reached).contains("ArgReduce", "Cholesky", "Concat", "Conv", "ConvInputGrad", "ConvKernelGrad", "Cumulative",
                "Eigh", "Fusion", "Gather", "GruSequence", "GruSequenceGrad", "LstmSequence", "LstmSequenceGrad", "Lu", "MatMul",
                "Pool", "PoolGrad", "Qr", "RandomBits", "Reduce", "ScatterNd", "Sort", "Svd", "TopK", "Transpose");
    }

    @Test
    void named_unknown_listsTheNames() {
        assertThatThrownBy(() -> Kernels.named("cnov")).hasMessageContaining("name of a kernel is required")
                .hasMessageContaining("Received: \"cnov\"").hasMessageContaining("conv, conv-gradient");
    }

    private static Set<String> ops(Program program) {
        return program.nodes().stream().map(node -> node.op().getClass().getSimpleName()).collect(Collectors.toSet());
    }
}
