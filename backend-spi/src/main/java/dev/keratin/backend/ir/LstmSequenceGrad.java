package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * The gradient of LstmSequence. Operands: h0, c0, recurrent, then the results h, c, gates, then dh [batch, time, units]
 * and dc [batch, time, units], the gradients of the results h and c; mask if masked. Results: dprojected [batch, time,
 * 4 * units], dh0, dc0. The gradient of recurrent is the matrix product of the shifted h and dprojected.
 */
public record LstmSequenceGrad(boolean masked) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return RecurrentRules.lstmGrad(this, operands, masked);
    }
}
