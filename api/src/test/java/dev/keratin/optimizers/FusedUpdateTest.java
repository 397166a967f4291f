package dev.keratin.optimizers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Trace;
import dev.keratin.Variable;
import dev.keratin.backend.compiler.Compiler;
import dev.keratin.backend.compiler.FusionPolicy;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step of an optimizer is one kernel for each variable and one for the numbers they share. */
class FusedUpdateTest {
    private final List<Variable> variables = List.of(
            new Variable(Ops.zeros(4, 3), true, "kernel"), new Variable(Ops.zeros(3), true, "bias"));

    private Program step(Optimizer optimizer) {
        optimizer.build(variables);
        try (Trace trace = Trace.begin()) {
            optimizer.apply(variables.stream().map(each -> trace.parameter(each.type())).toList(), variables);
            return Compiler.optimize(trace.finish(List.<Tensor>of()).program(), FusionPolicy.all());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Adam", "AdamW", "RMSprop", "Adagrad", "Adadelta", "Adamax", "Nadam", "Ftrl", "Lion", "ScheduleFreeAdamW"})
    void step_ofAnOptimizer_isOneKernelForEachVariable(String name) {
        List<Node> nodes = step(Optimizers.get(name)).nodes();
        assertThat(nodes.stream().filter(node -> node.output().type().shape().rank() > 0)).hasSize(2)
                .allMatch(node -> node.op() instanceof Fusion);
    }

    @Test
    void step_withAveragesAndAccumulation_isOneKernelForEachVariable() {
        Adam adam = new Adam().weightDecay(0.1).clipvalue(1).useEma(true).emaOverwriteFrequency(3)
                .gradientAccumulationSteps(2);
        Program step = step(adam);
        assertThat(step.nodes()).hasSize(3).allMatch(node -> node.op() instanceof Fusion);
        assertThat(step.updates()).hasSize(11);
    }
}
