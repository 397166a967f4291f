package dev.keratin.models;

import dev.keratin.GraphNode;
import dev.keratin.OpNode;
import dev.keratin.Operation;
import dev.keratin.SymbolicTensor;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.Shape;
import dev.keratin.layers.InputLayer;
import dev.keratin.layers.Layer;
import dev.keratin.optimizers.Optimizer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Keras's table of a model's layers, as text. */
final class Summary {
    /** The inner widths of the columns at Keras's line length of 80: layer, shape, parameters, and connections. */
    private static final int[] PLAIN = {31, 22, 13};

    private static final int[] CONNECTED = {19, 17, 10, 17};

    private final Model model;
    private final boolean connections;
    private final int[] widths;
    private final Map<Operation, List<GraphNode>> calls = new IdentityHashMap<>();
    private final StringBuilder text = new StringBuilder();

    private Summary(Model model) {
        this.model = model;
        this.connections = model instanceof Functional && !isChain((Functional) model);
        widths = connections ? CONNECTED : PLAIN;
        collectCalls();
    }

    static String of(Model model) {
        Summary summary = new Summary(model);
        summary.write();
        return summary.text.toString();
    }

    private static boolean isChain(Functional model) {
        List<Tensor> used = model.nodes().stream().flatMap(node -> symbolic(node).stream()).toList();
        return model.inputs().size() == 1 && model.nodes().stream().allMatch(node -> symbolic(node).size() <= 1)
                && model.nodes().stream().map(GraphNode::operation).distinct().count() == model.nodes().size()
                && used.stream().distinct().count() == model.nodes().size() - 1L;
    }

    private static List<Tensor> symbolic(GraphNode node) {
        return node.inputs().stream().filter(Tensor::isSymbolic).toList();
    }

    private void collectCalls() {
        List<SymbolicTensor> outputs = model.outputs();
        if (!outputs.isEmpty()) {
            List<GraphNode> nodes = model instanceof Functional ? ((Functional) model).nodes()
                    : new Graph(model.inputs(), outputs).nodes();
            nodes.forEach(node -> calls.computeIfAbsent(node.operation(), key -> new ArrayList<>()).add(node));
        }
    }

    private void write() {
        text.append("Model: \"").append(model.name()).append("\"\n");
        rule("┏", "┳", "┓", "━");
        List<String> header = new ArrayList<>(List.of("Layer (type)", "Output Shape", "Param #"));
        if (connections) {
            header.add("Connected to");
        }
        row("┃", header.stream().map(List::of).toList());
        rule("┡", "╇", "┩", "━");
        List<? extends Operation> operations = model instanceof Functional functional ? functional.operations() : model.layers();
        for (int i = 0; i < operations.size(); i++) {
            if (i > 0) {
                rule("├", "┼", "┤", "─");
            }
            row("│", cells(operations.get(i)));
        }
        rule("└", "┴", "┘", "─");
        totals();
    }

    private List<List<String>> cells(Operation operation) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(wrap(operation.name() + " (" + className(operation) + ")", widths[0]));
        cells.add(wrap(shape(operation), widths[1]));
        cells.add(wrap(operation instanceof Layer layer ? parameters(layer) : "0", widths[2]));
        if (connections) {
            cells.add(connected(operation));
        }
        return cells;
    }

    private static String className(Operation operation) {
        return operation instanceof Layer layer ? layer.className()
                : operation instanceof OpNode op ? op.className() : operation.name();
    }

    private static String parameters(Layer layer) {
        return layer.isBuilt() || layer instanceof InputLayer ? count(layer.countParams()) : "0 (unbuilt)";
    }

    private String shape(Operation operation) {
        List<GraphNode> nodes = calls.get(operation);
        if (nodes == null) {
            return "?";
        }
        List<SymbolicTensor> outputs = nodes.get(nodes.size() - 1).outputs();
        String shapes = outputs.stream().map(output -> tuple(output.shape())).collect(Collectors.joining(", "));
        return outputs.size() == 1 ? shapes : "[" + shapes + "]";
    }

    private static String tuple(Shape shape) {
        String dims = LongStream.of(shape.dims()).mapToObj(dim -> dim == Shape.UNKNOWN ? "None" : Long.toString(dim))
                .collect(Collectors.joining(", "));
        return "(" + dims + (shape.rank() == 1 ? ",)" : ")");
    }

    private List<String> connected(Operation operation) {
        List<String> lines = new ArrayList<>();
        for (GraphNode node : calls.getOrDefault(operation, List.of())) {
            for (Tensor input : node.inputs()) {
                if (input instanceof SymbolicTensor symbolic) {
                    List<GraphNode> siblings = calls.getOrDefault(symbolic.source().operation(), List.of());
                    lines.add(symbolic.source().operation().name() + "[" + Math.max(0, siblings.indexOf(symbolic.source()))
                            + "][" + symbolic.index() + "]");
                }
            }
        }
        String joined = String.join(", ", lines);
        return lines.isEmpty() ? List.of("-") : wrap(joined, widths[3]);
    }

    private void totals() {
        long trainable = elements(model.trainableVariables());
        long frozen = elements(model.nonTrainableVariables());
        Optimizer optimizer = model.optimizerOrNull();
        long state = optimizer == null || !optimizer.isBuilt() ? 0 : elements(optimizer.variables());
        long stateBytes = state == 0 || optimizer == null ? 0 : bytes(optimizer.variables());
        long trainableBytes = bytes(model.trainableVariables());
        long frozenBytes = bytes(model.nonTrainableVariables());
        total("Total params", trainable + frozen + state, trainableBytes + frozenBytes + stateBytes);
        total("Trainable params", trainable, trainableBytes);
        total("Non-trainable params", frozen, frozenBytes);
        if (state > 0) {
            total("Optimizer params", state, stateBytes);
        }
    }

    private void total(String what, long elements, long bytes) {
        text.append(' ').append(what).append(": ").append(count(elements)).append(" (").append(size(bytes)).append(")\n");
    }

    private static long elements(List<Variable> variables) {
        return variables.stream().mapToLong(variable -> variable.shape().size()).sum();
    }

    private static long bytes(List<Variable> variables) {
        return variables.stream().mapToLong(variable -> variable.type().byteSize()).sum();
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String size(double bytes) {
        String[] units = {"B", "KB", "MB", "GB", "TB"};
        int unit = 0;
        while (bytes >= 1024 && unit < units.length - 1) {
            bytes /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.2f %s", bytes, units[unit]);
    }

    private static List<String> wrap(String words, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words.split(" ")) {
            while (word.length() > width) {
                if (line.length() > 0) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                lines.add(word.substring(0, width));
                word = word.substring(width);
            }
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private void row(String bar, List<List<String>> cells) {
        int height = cells.stream().mapToInt(List::size).max().orElse(1);
        for (int i = 0; i < height; i++) {
            for (int column = 0; column < cells.size(); column++) {
                String cell = i < cells.get(column).size() ? cells.get(column).get(i) : "";
                String format = column == 2 ? "%" + widths[column] + "s" : "%-" + widths[column] + "s";
                text.append(column == 0 ? bar + " " : " " + bar + " ").append(String.format(Locale.ROOT, format, cell));
            }
            text.append(' ').append(bar).append('\n');
        }
    }

    private void rule(String left, String cross, String right, String line) {
        text.append(left);
        for (int column = 0; column < widths.length; column++) {
            text.append(column == 0 ? "" : cross).append(line.repeat(widths[column] + 2));
        }
        text.append(right).append('\n');
    }
}
