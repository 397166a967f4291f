package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Program;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pass, and all together, leave what random programs compute as it was. */
class EquivalenceTest {
    private static final int PROGRAMS = 150;
    private static final int NODES = 40;

    private static final Map<String, UnaryOperator<Program>> PASSES = new TreeMap<>(Map.ofEntries(
            Map.entry("dead code", DeadCode::run),
            Map.entry("simplify", Simplify::run),
            Map.entry("constant folding", ConstantFolding::run),
            Map.entry("common values", CommonValues::run),
            Map.entry("reduce forms", ReduceForms::run),
            Map.entry("unused state", UnusedState::run),
            Map.entry("invariants", Invariants::run),
            Map.entry("schedule", Schedule::run),
            Map.entry("simplify all", Compiler::simplify),
            Map.entry("all unfused", program -> Compiler.optimize(program, FusionPolicy.none())),
            Map.entry("all fused", program -> Compiler.optimize(program, FusionPolicy.all())),
            Map.entry("columns with elements", program ->
                    Compiler.optimize(program, FusionPolicy.all().withColumnElements(true))),
            Map.entry("columns with elements and results", program ->
                    Compiler.optimize(program, FusionPolicy.all().withColumnElements(true).withColumnResults(true))),
            Map.entry("few operands", program -> Compiler.optimize(program, FusionPolicy.all().withLimits(3, 4)))));

    static Stream<String> passes() {
        return PASSES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("passes")
    void pass_randomPrograms_keepsWhatTheyCompute(String pass) {
        for (long seed = 0; seed < PROGRAMS; seed++) {
            Program program = RandomProgram.of(seed, NODES);
            Runs.assertEquivalent(PASSES.get(pass).apply(program), program, seed);
        }
    }
}
