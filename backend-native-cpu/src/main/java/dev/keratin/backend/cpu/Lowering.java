package dev.keratin.backend.cpu;

import dev.keratin.backend.compiler.MemoryPlan;
import dev.keratin.backend.ir.Program;

/** Writes an optimised program as code: header, the steps of each node, the copies at the end. */
final class Lowering {
    private Lowering() {}

    /** The code of a program. */
    static Code lower(Program program, ConstantPool constants) {
        return lower(new Placement(program, constants, false));
    }

    /** The code of a body, which is written as a part of a step of {@code outer}. */
    static Code body(Program body, Code outer) {
        return lower(new Placement(body, outer.placement().pool(), true));
    }

    private static Code lower(Placement placement) {
        Program program = placement.program();
        Code code = new Code(placement);
        code.word(program.parameters().size()).word(program.results().size()).word(placement.arenaBytes());
        int count = code.length();
        code.word(0);
        program.nodes().forEach(node -> Families.of(node.op()).write(node, code));
        placement.finalCopies().forEach(copy -> finalCopy(copy, code));
        code.patch(count, code.steps().size());
        return code;
    }

    private static void finalCopy(MemoryPlan.Copy copy, Code code) {
        Placement placement = code.placement();
        code.begin(Opcode.COPY, null).slot(placement.of(copy.from())).slot(placement.of(copy.to())).word(copy.bytes()).end();
    }
}
