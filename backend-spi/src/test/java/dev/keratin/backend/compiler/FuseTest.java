package dev.keratin.backend.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuseTest {
    private static final FusionPolicy ALL = FusionPolicy.all();

    private final Graph g = new Graph();

    private static String kernels(Program program, FusionPolicy policy) {
        Program optimised = Compiler.optimize(program, policy);
        Runs.assertEquivalent(optimised, program, 1);
        return Graph.kernels(optimised);
    }

    @Test
    void mlpStep_withAdam_hasFewKernels() {
        assertThat(kernels(TrainingSteps.mlp(2, 128, 128, true), ALL)).isEqualTo("""
                LOOP(add pow sub sqrt pow sub div mul)
                EPILOGUE(matMul add relu)
                randomBits
                LOOP(cast ge mul select gt)
                EPILOGUE(matMul add)
                ROW(reduceMax sub exp reduceSum log sub eq cast mul reduceSum neg div sub mul)
                reduceSum
                matMul
                mul
                reduceSum
                EPILOGUE(matMul mul select select)
                LOOP(sub mul add square sub mul add mul sqrt add div sub)
                LOOP(sub mul add square sub mul add mul sqrt add div sub)
                matMul
                reduceSum
                LOOP(sub mul add square sub mul add mul sqrt add div sub)
                LOOP(sub mul add square sub mul add mul sqrt add div sub)""");
    }

    @Test
    void mlpStep_updatesAreInPlaceAndGradientsShareMemory() {
        Program step = Compiler.optimize(TrainingSteps.mlp(4, 16, 64, true), ALL);
        MemoryPlan plan = MemoryPlan.of(step, 64);
        assertThat(plan.finalCopies()).isEmpty();
        assertThat(plan.arenaBytes()).isEqualTo(plan.arenaLowerBound());
        assertThat(plan.arenaBytes()).isLessThan(MemoryPlan.of(TrainingSteps.mlp(4, 16, 64, true), 64).arenaBytes() / 2);
    }

    @Test
    void batchNormalisation_momentsAndGradients_areColumnsThatRecomputeCheapValues() {
        assertThat(kernels(TrainingSteps.residualBlocks(1, 2, 4, 3), ALL)).isEqualTo("""
                conv
                reduceSum
                mul
                COLUMN(sub square reduceSum)
                LOOP(mul add rsqrt mul)
                LOOP(sub mul mul add add relu sub square mul gt select)
                reduceSum
                COLUMN(sub mul reduceSum mul reduceSum)
                LOOP(mul mul sub)
                LOOP(mul mul sub)
                LOOP(sub mul sub mul sub mul)
                convKernelGrad
                LOOP(mul sub)""");
    }

    @Test
    void columnElements_allowed_savesTheExtraPass() {
        Program blocks = TrainingSteps.residualBlocks(2, 2, 4, 3);
        assertThat(bytes(Compiler.optimize(blocks, ALL.withColumnElements(true))))
                .isLessThan(bytes(Compiler.optimize(blocks, ALL)));
        Runs.assertEquivalent(Compiler.optimize(blocks, ALL.withColumnElements(true)), blocks, 2);
    }

    @Test
    void columnResults_allowed_areComputedByTheReduction() {
        Program blocks = TrainingSteps.residualBlocks(1, 2, 4, 3);
        assertThat(kernels(blocks, ALL.withColumnResults(true)))
                .contains("\nCOLUMN(reduceSum mul)\nCOLUMN(sub square reduceSum mul add rsqrt mul)\n");
        Runs.assertEquivalent(Compiler.optimize(blocks, ALL.withColumnResults(true)), blocks, 2);
    }

    @Test
    void columnResults_joinTheLastThatTheyNeedUnlessNothingWaitsForThem() {
        Value bias = g.input(3);
        Value sums = g.op(new Reduce(ReduceKind.SUM, List.of(0), false), g.input(4, 3));
        Value next = g.sub(bias, sums);
        g.update(bias, next);
        Program waiting = g.program(g.unary(UnaryKind.EXP, next));
        assertThat(kernels(waiting, ALL.withColumnResults(true))).isEqualTo("COLUMN(reduceSum sub exp)");

        Graph late = new Graph();
        Value early = late.op(new Reduce(ReduceKind.SUM, List.of(0), false), late.input(4, 3));
        Value product = late.op(new MatMul(false, false), late.input(2, 3), late.input(3, 3));
        assertThat(kernels(late.program(late.mul(early, late.op(new Reduce(ReduceKind.MAX, List.of(0), false), product))),
                ALL.withColumnResults(true))).isEqualTo("reduceSum\nmatMul\nCOLUMN(reduceMax mul)");

        Graph other = new Graph();
        Value parameter = other.input(3);
        Value reduced = other.op(new Reduce(ReduceKind.SUM, List.of(0), false), other.input(4, 3));
        other.update(parameter, other.sub(parameter, reduced));
        assertThat(kernels(other.program(reduced), ALL.withColumnResults(true))).isEqualTo("reduceSum\nsub");
    }

    private static long bytes(Program program) {
        return program.nodes().stream().mapToLong(Cost::bytes).sum();
    }

    @Test
    void layerNormalisation_forwardAndBackward_isOneRowAndOneColumn() {
        assertThat(kernels(TrainingSteps.layerNormalisation(4, 8), ALL).lines().map(line -> line.replaceAll("\\(.*", "")))
                .containsExactly("ROW", "COLUMN");
    }

    @Test
    void row_longerThanAllowed_staysApart() {
        Value x = g.input(4, 8);
        Program softmax = g.program(g.sum(g.unary(UnaryKind.EXP, x), true, 1));
        assertThat(kernels(softmax, ALL.withLimits(7, 24))).isEqualTo("exp\nreduceSum");
        assertThat(kernels(softmax, ALL.withLimits(8, 24))).isEqualTo("ROW(exp reduceSum)");
    }

    @Test
    void row_reductionWithoutKeptAxis_keepsItAndIsViewed() {
        Value x = g.input(4, 8);
        Program program = g.program(g.sum(g.unary(UnaryKind.EXP, x), false, 1));
        assertThat(Compiler.optimize(program, ALL).text()).isEqualTo("""
                (%0: float32[4, 8]) {
                  %1: float32[4, 1] = Fusion[ROW](%0)
                    (%0: float32[4, 8]) {
                      %1: float32[4, 8] = Unary[kind=EXP](%0)
                      %2: float32[4, 1] = Reduce[kind=SUM, axes=[1], keepDims=true](%1)
                      return %2
                    }
                  %2: float32[4] = Reshape[to=[4]](%1)
                  return %2
                }
                """);
    }

    @Test
    void loop_valueNeededThroughAnotherKernel_makesNoCycle() {
        Value x = g.input(4, 4);
        Value exp = g.unary(UnaryKind.EXP, x);
        Value scaled = g.mul(exp, g.matMul(exp, x));
        assertThat(kernels(g.program(scaled), ALL.withKinds(true, true, true, false))).isEqualTo("exp\nmatMul\nmul");
    }

    @Test
    void loop_cheapValueOfTwoKernels_isComputedTwiceInsteadOfStored() {
        Value x = g.input(64, 4);
        Value difference = g.sub(x, g.input(4));
        Value first = g.unary(UnaryKind.EXP, difference);
        Value second = g.mul(difference, g.sum(g.matMul(g.reshape(first, 4, 64), first), false, 0));
        assertThat(kernels(g.program(second), ALL)).isEqualTo("LOOP(sub exp)\nmatMul\nreduceSum\nLOOP(sub mul)");
    }

    @Test
    void loop_expensiveValueOfTwoKernels_isStored() {
        Value x = g.input(64, 4);
        Value exp = g.unary(UnaryKind.EXP, x);
        Value first = g.unary(UnaryKind.NEG, exp);
        Value second = g.mul(exp, g.sum(g.matMul(g.reshape(first, 4, 64), first), false, 0));
        assertThat(kernels(g.program(second), ALL)).isEqualTo("LOOP(exp neg)\nmatMul\nreduceSum\nmul");
    }

    @Test
    void loop_moreOperandsThanAllowed_isSplit() {
        Value sum = g.input(4);
        for (int i = 0; i < 9; i++) {
            sum = g.add(sum, g.input(4));
        }
        Program optimised = Compiler.optimize(g.program(sum), ALL.withLimits(16, 5));
        assertThat(optimised.nodes()).hasSize(3)
                .allSatisfy(node -> assertThat(node.inputs().size() + node.outputs().size()).isLessThanOrEqualTo(5));
    }

    @Test
    void loop_maskOfWideOperand_isStoredWhereTheOperandIsAtHand() {
        Value x = g.input(64, 4);
        Value first = g.unary(UnaryKind.EXP, x);
        Value gradient = g.matMul(g.reshape(first, 4, 64), first);
        Value mask = g.compare(CompareKind.GT, x, g.number(0));
        Value second = g.select(mask, g.sum(gradient, false, 0), g.number(0));
        Program optimised = Compiler.optimize(g.program(g.mul(second, second)), ALL);
        assertThat(Graph.kernels(optimised)).isEqualTo("LOOP(exp gt)\nmatMul\nreduceSum\nLOOP(select square)");
    }

    @Test
    void epilogue_valueReadTwice_endsBeforeIt() {
        Value x = g.input(4, 4);
        Value before = g.add(g.matMul(x, g.input(4, 4)), g.input(4));
        Program program = g.program(g.mul(g.unary(UnaryKind.TANH, before), g.unary(UnaryKind.SIGMOID, before)));
        assertThat(kernels(program, ALL)).isEqualTo("EPILOGUE(matMul add)\nLOOP(tanh sigmoid mul)");
    }

    @Test
    void epilogue_refusedByPolicy_takesTheLongestAcceptedPart() {
        Value x = g.input(4, 4);
        Value before = g.add(g.matMul(x, g.input(4, 4)), g.input(4));
        Program program = g.program(g.unary(UnaryKind.TANH, before));
        FusionPolicy biasOnly = ALL.withEpilogues(nodes -> nodes.size() <= 2 && nodes.get(0).op() instanceof MatMul);
        assertThat(kernels(program, biasOnly)).isEqualTo("EPILOGUE(matMul add)\ntanh");
    }

    @Test
    void epilogue_twoProductsAdded_oneTakesTheOther() {
        Value x = g.input(4, 4);
        Program program = g.program(g.add(g.matMul(x, g.input(4, 4)), g.matMul(g.input(4, 4), x)));
        assertThat(kernels(program, ALL)).isEqualTo("matMul\nEPILOGUE(matMul add)");
    }

    @Test
    void elementwise_notAcceptedByPolicy_staysSingle() {
        Value x = g.input(4);
        Program program = g.program(g.unary(UnaryKind.NEG, g.unary(UnaryKind.EXP, g.unary(UnaryKind.ERFINV, x))));
        assertThat(kernels(program, ALL.withElementwise(node -> !node.op().label().equals("erfinv"))))
                .isEqualTo("erfinv\nLOOP(exp neg)");
    }

    @Test
    void bodies_holdWhatTheirKindPromises() {
        for (long seed = 0; seed < 100; seed++) {
            for (Node node : Compiler.optimize(RandomProgram.of(seed, 60), ALL.withColumnElements(true).withColumnResults(true)).nodes()) {
                if (node.op() instanceof Fusion fusion) {
                    assertThatCode(() -> FusionContract.check(fusion)).doesNotThrowAnyException();
                }
            }
        }
        for (Program program : List.of(TrainingSteps.mlp(3, 4, 8, true), TrainingSteps.residualBlocks(2, 2, 4, 3))) {
            Compiler.optimize(program, ALL).nodes().stream().map(Node::op).filter(Fusion.class::isInstance)
                    .forEach(op -> FusionContract.check((Fusion) op));
        }
    }

    @Test
    void optimize_thousandLayers_fusesEachAlike() {
        Program deep = TrainingSteps.mlp(1000, 2, 4, false);
        Program optimised = Compiler.optimize(deep, ALL);
        assertThat(PlanText.kernels(optimised)).isEqualTo(7002);
    }
}
