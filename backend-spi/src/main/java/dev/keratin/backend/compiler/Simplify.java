package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Program;
import java.util.List;

/** Replaces nodes by fewer or cheaper ones that give the same numbers. */
final class Simplify {
    private Simplify() {}

    static List<Rewriter.Rule> rules() {
        return List.of(new SelectRules(), new BroadcastRules(), new ArithmeticRules(), new LayoutRules(), new BlockRules(),
                new ConvRules(), new PoolRules(), new OneHotRules(), new JoinRules());
    }

    static Program run(Program program) {
        return DeadCode.run(Rewriter.run(program, rules()));
    }
}
