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

    private static final Map<String, UnaryOperator<Program>> PASSES = new TreeMap<>(Map.of(
            "dead code", DeadCode::run,
            "simplify", Simplify::run,
            "constant folding", ConstantFolding::run,
            "common values", CommonValues::run,
            "reduce forms", ReduceForms::run,
            "simplify all", Compiler::simplify,
            "all unfused", program -> Compiler.optimize(program, FusionPolicy.none()),
            "all fused", program -> Compiler.optimize(program, FusionPolicy.all()),
            "columns with elements", program ->
                    Compiler.optimize(program, FusionPolicy.all().withColumnElements(true)),
            "few operands", program -> Compiler.optimize(program, FusionPolicy.all().withLimits(3, 4))));

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
