package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * An LSTM over a whole sequence, the input's part computed before. With z_t = projected[:, t] + h_(t-1) * recurrent,
 * split into i, f, g, o along the last axis: c_t = sigmoid(f) * c_(t-1) + sigmoid(i) * tanh(g), h_t = sigmoid(o) *
 * tanh(c_t). Where the mask is false at t, h and c stay. Operands: projected [batch, time, 4 * units], h0 [batch,
 * units], c0 [batch, units], recurrent [units, 4 * units], all of the same floating type; mask bool [batch, time] if
 * masked. Results: h [batch, time, units], c [batch, time, units], gates [batch, time, 4 * units] (after sigmoid and
 * tanh, for the gradient).
 */
public record LstmSequence(boolean masked) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return RecurrentRules.lstm(this, operands, masked);
    }
}
