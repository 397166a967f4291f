package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Concat;
import dev.keratin.backend.ir.GruSequence;
import dev.keratin.backend.ir.GruSequenceGrad;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.LstmSequence;
import dev.keratin.backend.ir.LstmSequenceGrad;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Pad;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.Slice;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What the fusions of a recurrent layer mean.
 *
 * <p>Forward, the operands are input [batch * time, features], kernel, recurrent kernel, h0, then c0 (LSTM) or the recurrent
 * bias (GRU), then the bias, if there is one. Results: output, the last c [batch, 1, units] (LSTM), and in training what
 * the library keeps for the gradient, of which no more is said here than how many bytes it has.
 *
 * <p>The gradient has the same operands, then output, what was kept, the gradient of the output, and that of the last c
 * (LSTM). It is written as if nothing had been kept. Results: the gradients of the forward operands, in their order.
 */
final class RecurrentBody {
    private final Recurrence layer;
    private final ProgramBuilder builder = new ProgramBuilder();
    private final List<Value> operands = new ArrayList<>();

    private RecurrentBody(Recurrence layer, List<TensorType> operands) {
        this.layer = layer;
        operands.forEach(type -> this.operands.add(builder.parameter(type)));
    }

    /** How many results the forward pass has beside what is kept. */
    static int states(Recurrence.Cell cell) {
        return cell == Recurrence.Cell.LSTM ? 2 : 1;
    }

    /** How many operands the gradient has beside those of the forward pass. */
    static int gradientOperands(Recurrence.Cell cell) {
        return 2 + states(cell);
    }

    /**
     * The forward pass.
     *
     * @param kept bytes kept for the gradient; 0 if there is none
     */
    static Program forward(Recurrence layer, List<TensorType> operands, long kept) {
        return new RecurrentBody(layer, operands).forward(kept);
    }

    /** The gradient. */
    static Program gradient(Recurrence layer, List<TensorType> operands) {
        return new RecurrentBody(layer, operands).gradient();
    }

    private Program forward(long kept) {
        List<Value> sequence = sequence();
        List<Value> results = new ArrayList<>(List.of(sequence.get(0)));
        if (isLstm()) {
            results.add(steps(sequence.get(1), layer.time() - 1, layer.time()));
        }
        if (kept > 0) {
            results.add(builder.add(new Broadcast(Shape.of(kept)), zero(DType.UINT8)));
        }
        return builder.build(results);
    }

    private boolean isLstm() {
        return layer.cell() == Recurrence.Cell.LSTM;
    }

    private Value zero(DType dtype) {
        TensorType scalar = new TensorType(dtype, Shape.scalar());
        return builder.constant(dtype.isFloating() ? Literal.splat(scalar, 0.0) : Literal.splat(scalar, 0L));
    }

    private Value steps(Value sequences, long from, long to) {
        return builder.add(new Slice(List.of(0L, from, 0L), List.of(layer.batch(), to, layer.units()), List.of(1L, 1L, 1L)), sequences);
    }

    /** The results of the sequence op. */
    private List<Value> sequence() {
        Value sums = builder.add(new MatMul(false, false), operands.get(0), operands.get(1));
        if (layer.biased()) {
            sums = builder.add(new Binary(BinaryKind.ADD), sums, operands.get(Recurrence.OPERANDS));
        }
        Value projected = builder.add(new Reshape(layer.sequences(layer.cell().gates())), sums);
        Value recurrent = operands.get(2);
        Value h = operands.get(3);
        Value other = operands.get(4);
        return isLstm() ? builder.add(new LstmSequence(false), List.of(projected, h, other, recurrent))
                : builder.add(new GruSequence(false), List.of(projected, h, recurrent, other));
    }

    private Program gradient() {
        List<Value> sequence = sequence();
        List<Value> gradients = isLstm() ? lstmGradients(sequence) : gruGradients(sequence);
        Value dz = rows(gradients.get(0));
        Value recurrentSums = isLstm() ? dz : rows(gradients.get(1));
        List<Value> results = new ArrayList<>(List.of(builder.add(new MatMul(false, true), dz, operands.get(1)),
                builder.add(new MatMul(true, false), operands.get(0), dz),
                builder.add(new MatMul(true, false), before(sequence.get(0)), recurrentSums),
                gradients.get(isLstm() ? 1 : 2), isLstm() ? gradients.get(2) : sum(recurrentSums)));
        if (layer.biased()) {
            results.add(sum(dz));
        }
        return builder.build(results);
    }

    private Value operandOfGradient(int index) {
        return operands.get(Recurrence.OPERANDS + (layer.biased() ? 1 : 0) + index);
    }

    private List<Value> lstmGradients(List<Value> sequence) {
        List<Long> none = List.of(0L, 0L, 0L);
        Value dc = builder.add(new Pad(List.of(0L, layer.time() - 1, 0L), none, none), operandOfGradient(3), zero(layer.dtype()));
        return builder.add(new LstmSequenceGrad(false), List.of(operands.get(3), operands.get(4), operands.get(2), sequence.get(0),
                sequence.get(1), sequence.get(2), operandOfGradient(2), dc));
    }

    private List<Value> gruGradients(List<Value> sequence) {
        return builder.add(new GruSequenceGrad(false), List.of(operands.get(3), operands.get(2), sequence.get(0), sequence.get(1),
                operandOfGradient(2)));
    }

    /** All steps of a value [batch, time, n] as rows. */
    private Value rows(Value sequences) {
        return builder.add(new Reshape(Shape.of(layer.batch() * layer.time(), sequences.type().shape().dim(2))), sequences);
    }

    /** The states before each step, as rows. */
    private Value before(Value h) {
        Value first = builder.add(new Reshape(Shape.of(layer.batch(), 1, layer.units())), operands.get(3));
        return rows(builder.add(new Concat(1), first, steps(h, 0, layer.time() - 1)));
    }

    private Value sum(Value rows) {
        return builder.add(new Reduce(ReduceKind.SUM, List.of(0), false), rows);
    }
}
