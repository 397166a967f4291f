package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * A GRU (the variant that resets after the product) over a whole sequence, the input's part computed before. With r_t =
 * h_(t-1) * recurrent + bias, x_t = projected[:, t], each split into z, r, n along the last axis: z = sigmoid(x_z +
 * r_z), r = sigmoid(x_r + r_r), n = tanh(x_n + r * r_n), h_t = z * h_(t-1) + (1 - z) * n. Where the mask is false at t,
 * h stays. Operands: projected [batch, time, 3 * units], h0 [batch, units], recurrent [units, 3 * units], bias [3 *
 * units], all of the same floating type; mask bool [batch, time] if masked. Results: h [batch, time, units], gates
 * [batch, time, 4 * units] (z, r, n after their functions, and r_n, for the gradient).
 */
public record GruSequence(boolean masked) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return RecurrentRules.gru(this, operands, masked);
    }
}
