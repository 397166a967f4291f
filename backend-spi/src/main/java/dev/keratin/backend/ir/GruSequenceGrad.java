package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * The gradient of GruSequence. Operands: h0, recurrent, then the results h, gates, then dh [batch, time, units]; mask
 * if masked. Results: dprojected [batch, time, 3 * units], drecurrent_product [batch, time, 3 * units] (the gradient of
 * r_t), dh0.
 */
public record GruSequenceGrad(boolean masked) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return RecurrentRules.gruGrad(this, operands, masked);
    }
}
