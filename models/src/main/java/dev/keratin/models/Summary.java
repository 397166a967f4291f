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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Keras's table of a model's layers, as text. */
final class Summary {
    private final Model model;
    private final SummarySettings settings;
    private final boolean connections;
    private final Map<Operation, List<GraphNode>> calls = new IdentityHashMap<>();
    private final StringBuilder text = new StringBuilder();

    private Summary(Model model, SummarySettings settings) {
        this.model = model;
        this.settings = settings;
        this.connections = model instanceof Functional && !isChain((Functional) model);
        collectCalls(model);
    }

    static String of(Model model, SummaryOption... options) {
        Summary summary = new Summary(model, SummarySettings.of(options));
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

    private static List<GraphNode> nodes(Model model) {
        return model instanceof Functional functional ? functional.nodes()
                : model.isGraph() ? new Graph(model.inputs(), model.outputs()).nodes() : List.of();
    }

    private void collectCalls(Model of) {
        nodes(of).forEach(node -> calls.computeIfAbsent(node.operation(), key -> new ArrayList<>()).add(node));
        if (settings.expandNested) {
            of.layers().stream().filter(Model.class::isInstance).map(Model.class::cast).forEach(this::collectCalls);
        }
    }

    private void write() {
        text.append("Model: \"").append(model.name()).append("\"\n");
        List<String> header = new ArrayList<>(List.of("Layer (type)", "Output Shape", "Param #"));
        List<TextTable.Alignment> alignments = new ArrayList<>(
                List.of(TextTable.Alignment.LEFT, TextTable.Alignment.LEFT, TextTable.Alignment.RIGHT));
        if (connections) {
            header.add("Connected to");
            alignments.add(TextTable.Alignment.LEFT);
        }
        if (settings.showTrainable) {
            header.add("Trainable");
            alignments.add(TextTable.Alignment.CENTER);
        }
        TextTable table = new TextTable(settings.lineLength, settings.widths(connections), alignments);
        table.header(header);
        List<List<String>> rows = new ArrayList<>();
        listed().forEach(operation -> addRows(operation, 0, rows));
        table.rows(rows);
        text.append(table);
        totals();
    }

    private List<? extends Operation> listed() {
        List<? extends Operation> all = model instanceof Functional functional ? functional.operations() : model.layers();
        List<Pattern> range = settings.layerRange;
        if (range == null) {
            return all;
        }
        int[] first = matches(all, range.get(0));
        int[] last = matches(all, range.get(1));
        if (first.length == 0 || last.length == 0) {
            throw new IllegalArgumentException("summary: names of layers of " + model.name() + " are required as layerRange."
                    + " Received: \"" + range.get(0) + "\" and \"" + range.get(1) + "\". The names are "
                    + all.stream().map(Operation::name).collect(Collectors.joining(", ")) + ".");
        }
        boolean turned = first[0] > last[last.length - 1];
        return turned ? all.subList(last[0], first[first.length - 1] + 1) : all.subList(first[0], last[last.length - 1] + 1);
    }

    private static int[] matches(List<? extends Operation> operations, Pattern name) {
        return IntStream.range(0, operations.size()).filter(i -> name.matcher(operations.get(i).name()).lookingAt()).toArray();
    }

    private void addRows(Operation operation, int level, List<List<String>> rows) {
        rows.add(cells(operation, level == 0 ? "" : "   ".repeat(level) + "└ "));
        if (settings.expandNested && operation instanceof Model nested) {
            nested.layers().forEach(layer -> addRows(layer, level + 1, rows));
        }
    }

    private List<String> cells(Operation operation, String prefix) {
        List<String> cells = new ArrayList<>();
        cells.add(prefix + operation.name() + " (" + className(operation) + ")");
        cells.add(shape(operation));
        cells.add(operation instanceof Layer layer ? parameters(layer) : "0");
        if (connections) {
            cells.add(connected(operation, !prefix.isEmpty()));
        }
        if (settings.showTrainable) {
            cells.add(trainable(operation));
        }
        return cells;
    }

    private static String trainable(Operation operation) {
        return !(operation instanceof Layer layer) || layer.weights().isEmpty() ? "-" : layer.isTrainable() ? "Y" : "N";
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
        return "(" + dims + ")";
    }

    private String connected(Operation operation, boolean within) {
        if (within) {
            return "-";
        }
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
        return lines.isEmpty() ? "-" : String.join(", ", lines);
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
}
