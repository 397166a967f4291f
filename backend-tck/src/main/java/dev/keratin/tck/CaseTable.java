package dev.keratin.tck;

import java.util.List;

/** All cases. */
final class CaseTable {
    private CaseTable() {}

    static List<Family> families() {
        return List.of(UnaryCases.family(), BinaryCases.family(), BinaryCases.comparisons(), ConversionCases.family(),
                ConversionCases.sources(), MovementCases.family(), IndexingCases.family(), ReductionCases.family(),
                ReductionCases.ordering(), ProductCases.family(), AlgebraCases.family(), ConvCases.convolutions(), ConvCases.pooling(),
                RecurrentCases.family(), RecurrentLayerCases.family(), DenseLayerCases.family(), ControlFlowCases.family(),
                FusionCases.family(), ProgramCases.family(), UpdateCases.family());
    }
}
