package dev.keratin.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Several cells as one: the output of each is the input of the next. The states are those of the first cell, then those of
 * the second, and so on.
 *
 * @see <a href="https://keras.io/api/layers/recurrent_layers/stacked_rnn_cell/">Keras: StackedRNNCells</a>
 */
public final class StackedRNNCells extends RecurrentCell<StackedRNNCells> {
    private final List<RecurrentCell<?>> cells;

    /** A stack of at least one cell, the first one next to the input. */
    public StackedRNNCells(List<? extends RecurrentCell<?>> cells) {
        if (cells.isEmpty()) {
            throw new IllegalArgumentException("StackedRNNCells: at least one cell is required. Received: none.");
        }
        this.cells = track("cells", List.copyOf(cells));
    }

    static StackedRNNCells from(ObjectNode config) {
        List<RecurrentCell<?>> cells = new ArrayList<>();
        for (JsonNode cell : config.path("cells")) {
            cells.add(RNN.cell("StackedRNNCells", cell));
        }
        StackedRNNCells stack = new StackedRNNCells(cells);
        stack.configure(config);
        return stack;
    }

    @Override
    public List<Shape> stateShapes() {
        return cells.stream().flatMap(cell -> cell.stateShapes().stream()).toList();
    }

    @Override
    public Shape outputShape() {
        return cells.get(cells.size() - 1).outputShape();
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        Shape shape = inputShapes.get(0);
        for (RecurrentCell<?> cell : cells) {
            cell.ensureBuilt(List.of(new TensorType(computeDType(), shape)));
            shape = Shape.of(shape.dim(0)).concat(cell.outputShape());
        }
    }

    /** What the cells draw, in their order. */
    @Override
    protected List<Tensor> draw(long batch, boolean training) {
        List<Tensor> all = new ArrayList<>();
        cells.forEach(cell -> all.addAll(cell.draw(batch, training)));
        return all;
    }

    @Override
    protected int draws() {
        return cells.stream().mapToInt(RecurrentCell::draws).sum();
    }

    @Override
    protected List<Tensor> step(Tensor input, List<Tensor> states, List<Tensor> drawn) {
        List<Tensor> next = new ArrayList<>();
        Tensor output = input;
        int state = 0;
        int draw = 0;
        for (RecurrentCell<?> cell : cells) {
            int count = cell.stateShapes().size();
            int draws = drawn.isEmpty() ? 0 : cell.draws();
            List<Tensor> result = cell.step(output, states.subList(state, state + count), drawn.subList(draw, draw + draws));
            output = result.get(0);
            next.addAll(result.subList(1, result.size()));
            state += count;
            draw += draws;
        }
        next.add(0, output);
        return next;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        ArrayNode list = config.putArray("cells");
        cells.forEach(cell -> list.add(Layers.registry().serialize(cell)));
        return config;
    }
}
