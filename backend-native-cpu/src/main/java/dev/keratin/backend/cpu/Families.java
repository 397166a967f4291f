package dev.keratin.backend.cpu;

import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvInputGrad;
import dev.keratin.backend.ir.ConvKernelGrad;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.StopGradient;
import java.util.HashMap;
import java.util.Map;

/** Which ops are written by which kernel family. One line for each op. */
final class Families {
    private static final StepWriter NOTHING = (node, code) -> {};

    private static final Map<Class<? extends Op>, StepWriter> WRITERS = new HashMap<>();

    static {
        // Memory: planned, never moved.
        WRITERS.put(Constant.class, NOTHING);
        WRITERS.put(Reshape.class, NOTHING);
        WRITERS.put(StopGradient.class, NOTHING);
        // oneDNN.
        WRITERS.put(MatMul.class, ContractionLowering::matMul);
        WRITERS.put(Conv.class, ContractionLowering::conv);
        WRITERS.put(ConvInputGrad.class, ContractionLowering::convInputGrad);
        WRITERS.put(ConvKernelGrad.class, ContractionLowering::convKernelGrad);
    }

    private Families() {}

    /** What writes the steps of an op. */
    static StepWriter of(Op op) {
        StepWriter writer = WRITERS.get(op.getClass());
        if (writer == null) {
            throw new UnsupportedOperationException("native-cpu: an op with a kernel is required. Received: " + op.label()
                    + ". Use -Dkeratin.backend=java for this program.");
        }
        return writer;
    }
}
