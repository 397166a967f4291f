package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A typed straight-line program in single-assignment form: nodes in an order in which each uses only parameters and
 * results of earlier ones. Immutable; made by {@link ProgramBuilder} only, which checks every rule.
 *
 * <p>All shapes are static. An update says that when the program has run, the buffer passed for a parameter holds a
 * value; the program itself always reads what the parameter held at the start.
 *
 * <p>Programs are compared by identity; {@link #text()} compares them by structure.
 */
public final class Program {
    /**
     * Says that a parameter's buffer is overwritten at the end.
     *
     * @param parameter the index of the parameter
     * @param value what it holds afterwards, of the same type
     */
    public record Update(int parameter, Value value) {}

    private final List<Value> parameters;
    private final List<Node> nodes;
    private final List<Value> results;
    private final List<Update> updates;
    private final List<TensorType> parameterTypes;
    private final List<TensorType> resultTypes;
    private final int ids;

    Program(List<Value> parameters, List<Node> nodes, List<Value> results, List<Update> updates, int ids) {
        this.parameters = List.copyOf(parameters);
        this.nodes = List.copyOf(nodes);
        this.results = List.copyOf(results);
        this.updates = List.copyOf(updates);
        this.parameterTypes = Lists.map(parameters, Value::type);
        this.resultTypes = Lists.map(results, Value::type);
        this.ids = ids;
    }

    /** What has to be passed in. */
    public List<Value> parameters() {
        return parameters;
    }

    /** The computation, in an order that can be run. */
    public List<Node> nodes() {
        return nodes;
    }

    /** What comes out; a value may occur several times and may be a parameter. */
    public List<Value> results() {
        return results;
    }

    /** Which parameters are overwritten at the end; each at most once. */
    public List<Update> updates() {
        return updates;
    }

    /** More than the {@link Value#id} of any of its values, for arrays by these. */
    public int ids() {
        return ids;
    }

    /** The types of the parameters. */
    public List<TensorType> parameterTypes() {
        return parameterTypes;
    }

    /** The types of the results. */
    public List<TensorType> resultTypes() {
        return resultTypes;
    }

    /** For each value that a node computes, that node. */
    public Map<Value, Node> producers() {
        Map<Value, Node> producers = new HashMap<>();
        nodes.forEach(node -> node.outputs().forEach(value -> producers.put(value, node)));
        return producers;
    }

    /** The values that are results or updates. */
    public Set<Value> escaping() {
        Set<Value> escaping = new HashSet<>(results);
        updates.forEach(update -> escaping.add(update.value()));
        return escaping;
    }

    /** How often each value is read: by nodes, as a result, as an update. Unread values are absent. */
    public Map<Value, Integer> useCounts() {
        Map<Value, Integer> uses = new HashMap<>();
        nodes.forEach(node -> node.inputs().forEach(value -> uses.merge(value, 1, Integer::sum)));
        results.forEach(value -> uses.merge(value, 1, Integer::sum));
        updates.forEach(update -> uses.merge(update.value(), 1, Integer::sum));
        return uses;
    }

    /**
     * A stable text form: equal for programs of equal structure, whatever their values' ids were. Values are numbered
     * in order of definition; bodies of control flow are indented below their node.
     */
    public String text() {
        return new ProgramText(this).toString();
    }

    /** {@link #text()}. */
    @Override
    public String toString() {
        return text();
    }
}
