package dev.keratin.tck;

import dev.keratin.backend.ir.Program;
import java.util.stream.Stream;

/** The programs of the cases, for tests of what a backend makes of programs, not of what it computes. */
public final class CasePrograms {
    private CasePrograms() {}

    /** One for each case, in their order. */
    public static Stream<Program> all() {
        return CaseTable.families().stream().flatMap(family -> family.cases().stream()).map(each -> each.sketch().program());
    }
}
