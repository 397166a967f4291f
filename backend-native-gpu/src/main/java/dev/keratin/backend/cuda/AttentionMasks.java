package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what stands for masks of attention: a bias that hides what they hide.
 *
 * <p>A target that sees nothing gets the mean of all sources, and its query neither has a gradient nor gives one to the keys. So it
 * sees everything, with zeros for its query on the way there and for the gradient on the way back. Were all hidden from it, the
 * logarithm of the sum of its exponentials would be lost beside the bias.
 */
final class AttentionMasks {
    private static final int RANK = 4;

    private final Uses uses;
    private final ProgramCopy copy;
    private final Map<Value, Value> biases = new HashMap<>();
    private final Map<Value, Value> seeing = new HashMap<>();
    private final Map<Value, Value> seeingByStep = new HashMap<>();

    AttentionMasks(Uses uses, ProgramCopy copy) {
        this.uses = uses;
        this.copy = copy;
    }

    /** The bias of a mask, of a shape that the mask stretches to. */
    Value bias(Value mask, Shape shape) {
        return biases.computeIfAbsent(mask, key -> {
            Value hidden = number(AttentionBody.HIDDEN);
            Value ofHidden = isKnownToSee(key) ? hidden : copy.builder().add(new Select(), seeing(key), hidden, number(0));
            return copy.builder().add(new Select(), stretched(copy.of(key), shape), number(0), ofHidden);
        });
    }

    private Value number(double value) {
        return copy.builder().constant(Literal.scalar(DType.FLOAT32, value));
    }

    /** A value of the copy with axes of length 1 in front, the last one of full length. */
    Value stretched(Value value, Shape shape) {
        Shape short4 = shape.with(3, value.type().shape().dim(-1));
        Value four = value.type().shape().equals(short4) ? value : copy.builder().add(new Reshape(short4), value);
        return short4.equals(shape) ? four : copy.builder().add(new Broadcast(shape), four);
    }

    /** A value [batch, targets, heads, depth] of the copy with zeros for targets that see nothing. */
    Value withoutBlind(Value value, Value mask) {
        if (isKnownToSee(mask)) {
            return value;
        }
        TensorType type = value.type();
        Value zero = copy.builder().constant(Literal.splat(new TensorType(type.dtype(), Shape.scalar()), 0.0));
        return copy.builder().add(new Select(), seeingByStep.computeIfAbsent(mask, key -> swapped(seeing(key))), value, zero);
    }

    /** Whether a target sees anything: stretches to [batch, heads, targets, 1]. */
    private Value seeing(Value mask) {
        return seeing.computeIfAbsent(mask, key -> {
            Value any = copy.builder().add(new Reduce(ReduceKind.ANY, List.of(key.type().shape().rank() - 1), true), copy.of(key));
            Shape shape = any.type().shape();
            while (shape.rank() < RANK) {
                shape = shape.insert(0, 1);
            }
            return stretched(any, shape);
        });
    }

    /** A value [batch, heads, steps, n] of the copy with the steps before the heads, or the other way round. */
    Value swapped(Value value) {
        Shape shape = value.type().shape();
        boolean one = shape.dim(1) == 1 || shape.dim(2) == 1;
        return copy.builder().add(one ? new Reshape(Shape.of(shape.dim(0), shape.dim(2), shape.dim(1), shape.dim(3))) : AttentionBody.SWAP, value);
    }

    private boolean isKnownToSee(Value mask) {
        Literal literal = known(mask);
        if (literal == null) {
            return false;
        }
        long sources = mask.type().shape().dim(-1);
        boolean sees = true;
        for (long row = 0; sees && row < mask.type().shape().size(); row += sources) {
            sees = sees(literal, row, sources);
        }
        return sees;
    }

    private static boolean sees(Literal mask, long row, long sources) {
        for (long i = row; i < row + sources; i++) {
            if (mask.longAt(i) != 0) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Literal known(Value value) {
        Node node = uses.producer(value);
        return node != null && node.op() instanceof Constant constant ? constant.value() : null;
    }
}
