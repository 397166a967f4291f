package dev.keratin.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.Backends;
import dev.keratin.CompiledFunction;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.TensorScope;
import dev.keratin.Variable;
import dev.keratin.autodiff.GradientTape;
import dev.keratin.optimizers.schedules.ExponentialDecay;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OptimizerTest {
    /** One float32 rounding of numbers up to 4. */
    private static final double ROUNDING = 5e-7;

    private TensorScope scope = new TensorScope();
    private Variable kernel = variable("dense/kernel", 1, 2);
    private Variable bias = variable("dense/bias", 3);

    @BeforeEach
    void open() {
        scope.close();
        scope = new TensorScope();
        kernel = variable("dense/kernel", 1, 2);
        bias = variable("dense/bias", 3);
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static Variable variable(String name, float... values) {
        return new Variable(Tensor.of(values, values.length), true, name);
    }

    private static void assertHolds(Variable variable, float... expected) {
        assertThat(variable.value().toFloatArray()).containsExactly(expected, within((float) ROUNDING));
    }

    private static Tensor row(float... values) {
        return Tensor.of(values, values.length);
    }

    @Test
    void apply_withANullGradient_leavesThatVariable() {
        new SGD(0.5).apply(Arrays.asList(row(2, 4), null), List.of(kernel, bias));
        assertHolds(kernel, 0, 0);
        assertHolds(bias, 3);
    }

    @Test
    void apply_withNullGradientsOnly_isRefused() {
        assertThatThrownBy(() -> new SGD().apply(Arrays.asList((Tensor) null, null), List.of(kernel, bias)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SGD \"sgd\": a gradient for at least one variable is required")
                .hasMessageContaining("[dense/kernel, dense/bias]").hasMessageContaining("while the gradient tape is open");
    }

    @Test
    void apply_ofAnUnknownVariable_isRefused() {
        Adam adam = new Adam();
        adam.build(List.of(kernel));
        assertThatThrownBy(() -> adam.apply(List.of(row(1)), List.of(bias)))
                .hasMessageContaining("was built for").hasMessageContaining("dense/bias")
                .hasMessageContaining("new optimizer");
        assertThat(adam.iterations().value().item()).isZero();
    }

    @Test
    void apply_ofAGradientOfAnotherShape_isRefused() {
        assertThatThrownBy(() -> new SGD().apply(List.of(row(1)), List.of(kernel)))
                .hasMessageContaining("of its variable's shape").hasMessageContaining("float32[1]");
        assertThatThrownBy(() -> new SGD().apply(List.of(row(1)), List.of(kernel, bias)))
                .hasMessageContaining("1 gradients and 2 variables");
    }

    @Test
    void apply_onAConstrainedVariable_constrainsTheNewValue() {
        kernel.setConstraint(value -> Ops.maximum(value, 0));
        new SGD(1).apply(List.of(row(5, 1)), List.of(kernel));
        assertHolds(kernel, 0, 1);
    }

    @Test
    void apply_insideATape_leavesWhatASecondGradientNeeds() {
        SGD sgd = new SGD(0.1).momentum(0.9);
        try (GradientTape tape = new GradientTape()) {
            Tensor loss = Ops.sum(Ops.square(kernel.value()));
            sgd.apply(tape.gradient(loss, List.of(kernel)), List.of(kernel));
            assertThat(tape.gradient(loss, List.of(kernel)).get(0).toFloatArray()).containsExactly(2, 4);
        }
        assertHolds(kernel, 0.8f, 1.6f);
    }

    @Test
    void apply_manyTimes_keepsNoMemory() {
        Tensor gradient = row(0.1f, 0.2f);
        Adam adam = new Adam().useEma(true).gradientAccumulationSteps(2).globalClipnorm(1).weightDecay(0.1);
        adam.apply(List.of(gradient), List.of(kernel));
        long bytes = Backends.current().allocatedBytes();
        for (int i = 0; i < 5; i++) {
            adam.apply(List.of(gradient), List.of(kernel));
        }
        assertThat(Backends.current().allocatedBytes()).isEqualTo(bytes);
    }

    @Test
    void excludeFromWeightDecay_byName_spares() {
        SGD sgd = new SGD(0.5).weightDecay(1).excludeFromWeightDecay("bias");
        sgd.apply(List.of(row(0, 0), row(0)), List.of(kernel, bias));
        assertHolds(kernel, 0.5f, 1);
        assertHolds(bias, 3);
    }

    @Test
    void excludeFromWeightDecay_ofVariables_spares() {
        SGD sgd = new SGD(0.5).weightDecay(1).excludeFromWeightDecay(List.of(kernel));
        sgd.apply(List.of(row(0, 0), row(0)), List.of(kernel, bias));
        assertHolds(kernel, 1, 2);
        assertHolds(bias, 1.5f);
    }

    @Test
    void gradientAccumulation_withAMissingGradient_countsItAsZero() {
        SGD sgd = new SGD(1).gradientAccumulationSteps(2);
        sgd.apply(List.of(row(1, 1), row(4)), List.of(kernel, bias));
        sgd.apply(Arrays.asList(row(3, 1), null), List.of(kernel, bias));
        assertHolds(kernel, -1, 1);
        assertHolds(bias, 3);
        sgd.apply(List.of(row(0, 0), row(2)), List.of(kernel, bias));
        sgd.apply(List.of(row(0, 0), row(2)), List.of(kernel, bias));
        assertHolds(bias, 1);
    }

    @Test
    void finalizeVariableValues_withAverages_takesThem() {
        SGD sgd = new SGD(1).useEma(true).emaMomentum(0.5);
        sgd.apply(List.of(row(1, 0)), List.of(kernel));
        sgd.apply(List.of(row(2, 2)), List.of(kernel));
        assertHolds(kernel, -2, 0);
        sgd.finalizeVariableValues(List.of(kernel));
        assertHolds(kernel, -1, 1);
    }

    @Test
    void learningRate_setBetweenCompiledSteps_countsFromTheNextOne() {
        SGD sgd = new SGD(1);
        sgd.build(List.of(kernel));
        try (CompiledFunction step = new CompiledFunction(gradients -> {
            sgd.apply(gradients, List.of(kernel));
            return List.of();
        })) {
            step.call(List.of(row(1, 1)));
            sgd.learningRate(0.25);
            step.call(List.of(row(1, 1)));
        }
        assertHolds(kernel, -0.25f, 0.75f);
        assertThat(sgd.currentLearningRate()).isEqualTo(0.25);
    }

    @Test
    void learningRate_withASchedule_followsItAndCantBeSet() {
        SGD sgd = new SGD(new ExponentialDecay(1, 1, 0.5));
        sgd.apply(List.of(row(1, 1)), List.of(kernel));
        sgd.apply(List.of(row(1, 1)), List.of(kernel));
        assertHolds(kernel, -0.5f, 0.5f);
        assertThat(sgd.currentLearningRate()).isCloseTo(0.25, within(ROUNDING));
        assertThat(sgd.variables()).extracting(Variable::name).containsExactly("iteration");
        assertThatThrownBy(() -> sgd.learningRate(0.1)).hasMessageContaining("SGD: a learning rate that is a number")
                .hasMessageContaining("0.1 for ExponentialDecay");
    }

    @Test
    void lossScale_ofAnInfiniteGradient_halvesTheScaleAndChangesNothingElse() {
        LossScaleOptimizer optimizer =
                new LossScaleOptimizer(new SGD(1).momentum(0.5)).initialScale(8).dynamicGrowthSteps(2);
        assertThat(optimizer.scaleLoss(Tensor.of(2f)).item()).isEqualTo(16);
        optimizer.apply(List.of(row(8, Float.POSITIVE_INFINITY)), List.of(kernel));
        assertHolds(kernel, 1, 2);
        assertThat(optimizer.iterations().value().item()).isZero();
        assertThat(optimizer.scaleLoss(Tensor.of(1f)).item()).isEqualTo(4);
        optimizer.apply(List.of(row(4, 4)), List.of(kernel));
        optimizer.apply(List.of(row(0, 0)), List.of(kernel));
        assertHolds(kernel, -0.5f, 0.5f);
        assertThat(optimizer.scaleLoss(Tensor.of(1f)).item()).isEqualTo(8);
    }

    @Test
    void settings_thatContradict_areRefused() {
        assertThatThrownBy(() -> new Adam().clipnorm(1).clipvalue(2)).hasMessageContaining("at most one of clipnorm");
        assertThatThrownBy(() -> new Adam().emaMomentum(2)).hasMessageContaining("from 0 to 1").hasMessageContaining("2.0");
        assertThatThrownBy(() -> new Adam().gradientAccumulationSteps(1)).hasMessageContaining("at least 2");
        assertThatThrownBy(() -> new SGD().momentum(-1)).hasMessageContaining("from 0 to 1").hasMessageContaining("-1.0");
    }

    @Test
    void settings_ofTheState_afterTheFirstStepAreRefused() {
        Adam adam = new Adam();
        adam.build(List.of(kernel));
        assertThatThrownBy(() -> adam.amsgrad(true)).hasMessageContaining("before the first step");
        assertThatThrownBy(() -> adam.useEma(true)).hasMessageContaining("Make a new optimizer");
    }

    @Test
    void get_ofAnUnknownName_namesNearMisses() {
        assertThatThrownBy(() -> Optimizers.get("adamm")).hasMessageContaining("\"adamm\"").hasMessageContaining("\"adam\"");
    }

    @Test
    void get_ofAName_givesKerasDefaults() {
        assertThat(Optimizers.get("rmsprop").config().toString()).startsWith("{\"name\":\"rm_sprop\","
                + "\"learning_rate\":0.0010000000474974513").contains("\"rho\":0.9").contains("\"epsilon\":1.0E-7");
    }

    @Test
    void registry_always_holdsWhatTrajectoriesCover() {
        assertThat(Trajectories.cases().stream().map(Trajectories::of).map(each -> each.get("optimizer").get("class_name"))
                .map(name -> name.asText()).flatMap(name -> List.of(name, name.toLowerCase(java.util.Locale.ROOT)).stream())
                .collect(Collectors.toSet())).isEqualTo(Optimizers.registry().names());
    }
}
