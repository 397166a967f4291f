package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Program;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Random programs compute in their planned memory what they compute with memory for every value. */
class PlannedRunTest {
    private static final int PROGRAMS = 150;
    private static final int NODES = 50;

    @Test
    void plan_programsAsTraced_isSafe() {
        check(FusionPolicy.none(), false);
    }

    @Test
    void plan_optimisedPrograms_isSafe() {
        check(FusionPolicy.all(), true);
    }

    private static void check(FusionPolicy policy, boolean optimise) {
        for (long seed = 0; seed < PROGRAMS; seed++) {
            long current = seed;
            Program original = RandomProgram.of(seed, NODES);
            Program program = optimise ? Compiler.optimize(original, policy) : original;
            List<Literal> arguments = Runs.arguments(original, seed);
            Runs.assertClose(PlannedRun.run(program, arguments), Runs.run(original, arguments),
                    () -> "seed " + current + "\n" + PlanText.of(program, MemoryPlan.of(program, 64)));
        }
    }
}
