package dev.keratin.layers;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.initializers.Initializer;
import java.util.List;

/**
 * A cell with long short-term memory: states h and c, gates i, f, c, o.
 *
 * @param <S> the cell's own class
 */
abstract class MemoryCell<S extends MemoryCell<S>> extends UnitsCell<S> implements MemoryOptions<S> {
    MemoryCell(CellSettings settings) {
        super(settings);
    }

    /** The shape of both states, without the batch. */
    abstract Shape stateShape();

    @Override
    public final List<Shape> stateShapes() {
        return List.of(stateShape(), stateShape());
    }

    @Override
    final Initializer biasStart() {
        return settings().unitForgetBias ? new ForgetBias(settings().bias.initializer) : settings().bias.initializer;
    }

    @Override
    final List<Tensor> advance(Tensor prepared, List<Tensor> states, List<Tensor> drawn) {
        List<Tensor> z = split(Ops.add(prepared, recurrentGates(states.get(0), gates(), drawn)));
        CellSettings s = settings();
        Tensor fresh = Ops.multiply(s.recurrentActivation.call(z.get(0)), s.activation.call(z.get(2)));
        Tensor c = Ops.add(Ops.multiply(s.recurrentActivation.call(z.get(1)), states.get(1)), fresh);
        Tensor h = Ops.multiply(s.recurrentActivation.call(z.get(3)), s.activation.call(c));
        return List.of(h, h, c);
    }
}
